CREATE TABLE "account" (
	"id" text PRIMARY KEY NOT NULL,
	"store_id" text NOT NULL,
	"customer_id" text NOT NULL,
	"limit_minor" bigint NOT NULL,
	"price_list_id" text,
	"tax_exemption" text,
	"active" boolean NOT NULL,
	"deleted" boolean NOT NULL,
	"stamps" jsonb NOT NULL,
	CONSTRAINT "account_limit" CHECK (limit_minor >= 0)
);
--> statement-breakpoint
CREATE TABLE "account_entry" (
	"id" text PRIMARY KEY NOT NULL,
	"store_id" text NOT NULL,
	"till_id" text NOT NULL,
	"customer_id" text NOT NULL,
	"kind" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"document_id" text,
	"tender_kind" text,
	"shift_id" text,
	"reason" text,
	"at" bigint NOT NULL,
	"business_date" text NOT NULL,
	"actor_id" text NOT NULL,
	CONSTRAINT "account_entry_kind_word" CHECK (kind in ('charge', 'payment', 'refund', 'adjust'))
);
--> statement-breakpoint
CREATE TABLE "card_attempt" (
	"id" text PRIMARY KEY NOT NULL,
	"store_id" text NOT NULL,
	"till_id" text NOT NULL,
	"kind" text NOT NULL,
	"terminal" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"at" bigint NOT NULL,
	"business_date" text NOT NULL,
	"actor_id" text NOT NULL,
	CONSTRAINT "card_attempt_kind_word" CHECK (kind in ('charge', 'refund')),
	CONSTRAINT "card_attempt_amount" CHECK (amount_minor > 0)
);
--> statement-breakpoint
CREATE TABLE "card_outcome" (
	"id" text PRIMARY KEY NOT NULL,
	"store_id" text NOT NULL,
	"till_id" text NOT NULL,
	"attempt_id" text NOT NULL,
	"outcome" text NOT NULL,
	"by" text NOT NULL,
	"reference" text,
	"at" bigint NOT NULL,
	"business_date" text NOT NULL,
	"actor_id" text NOT NULL,
	CONSTRAINT "card_outcome_outcome_word" CHECK (outcome in ('approved', 'declined', 'not-charged')),
	CONSTRAINT "card_outcome_by_word" CHECK (by in ('terminal', 'person'))
);
--> statement-breakpoint
CREATE TABLE "cash_movement" (
	"id" text PRIMARY KEY NOT NULL,
	"store_id" text NOT NULL,
	"till_id" text NOT NULL,
	"shift_id" text NOT NULL,
	"kind" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"reason" text NOT NULL,
	"at" bigint NOT NULL,
	"business_date" text NOT NULL,
	"actor_id" text NOT NULL,
	CONSTRAINT "cash_movement_kind_word" CHECK (kind in ('pay-in', 'pay-out', 'no-sale')),
	CONSTRAINT "cash_movement_amount" CHECK (amount_minor >= 0)
);
--> statement-breakpoint
CREATE TABLE "discount_note" (
	"id" text PRIMARY KEY NOT NULL,
	"store_id" text NOT NULL,
	"sale_id" text NOT NULL,
	"sale_line_id" text,
	"kind" text NOT NULL,
	"offer_id" text,
	"amount_minor" bigint NOT NULL,
	"reason" text,
	"authorised_by" text,
	CONSTRAINT "discount_note_kind_word" CHECK (kind in ('line', 'cart', 'offer', 'coupon', 'loyalty', 'price'))
);
--> statement-breakpoint
CREATE TABLE "fiscal_signature" (
	"id" text PRIMARY KEY NOT NULL,
	"store_id" text NOT NULL,
	"till_id" text NOT NULL,
	"document_id" text NOT NULL,
	"provider" text NOT NULL,
	"state" text NOT NULL,
	"signature" text,
	"reason" text,
	"at" bigint NOT NULL,
	CONSTRAINT "fiscal_signature_state_word" CHECK (state in ('signed', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "foreign_cash" (
	"id" text PRIMARY KEY NOT NULL,
	"store_id" text NOT NULL,
	"sale_id" text NOT NULL,
	"tender_id" text NOT NULL,
	"tender_kind" text NOT NULL,
	"currency" text NOT NULL,
	"foreign_minor" bigint NOT NULL,
	"rate_ppm" bigint NOT NULL,
	"amount_minor" bigint NOT NULL,
	"change_minor" bigint,
	CONSTRAINT "foreign_cash_tender_kind_word" CHECK (tender_kind in ('cash', 'card', 'mobile', 'account', 'voucher', 'exchange')),
	CONSTRAINT "foreign_cash_amount" CHECK (foreign_minor > 0 and rate_ppm > 0)
);
--> statement-breakpoint
CREATE TABLE "held_end" (
	"id" text PRIMARY KEY NOT NULL,
	"store_id" text NOT NULL,
	"till_id" text NOT NULL,
	"held_id" text NOT NULL,
	"kind" text NOT NULL,
	"at" bigint NOT NULL,
	"business_date" text NOT NULL,
	"actor_id" text NOT NULL,
	CONSTRAINT "held_end_kind_word" CHECK (kind in ('recalled', 'discarded'))
);
--> statement-breakpoint
CREATE TABLE "held_sale" (
	"id" text PRIMARY KEY NOT NULL,
	"store_id" text NOT NULL,
	"till_id" text NOT NULL,
	"name" text NOT NULL,
	"content" jsonb NOT NULL,
	"line_count" bigint NOT NULL,
	"total_minor" bigint NOT NULL,
	"customer_id" text,
	"at" bigint NOT NULL,
	"business_date" text NOT NULL,
	"actor_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "list_price" (
	"id" text PRIMARY KEY NOT NULL,
	"list_id" text NOT NULL,
	"pack_id" text NOT NULL,
	"price_minor" bigint NOT NULL,
	"valid_from" text NOT NULL,
	"deleted" boolean NOT NULL,
	"stamps" jsonb NOT NULL,
	CONSTRAINT "list_price_amount" CHECK (price_minor >= 0)
);
--> statement-breakpoint
CREATE TABLE "loyalty_entry" (
	"id" text PRIMARY KEY NOT NULL,
	"store_id" text NOT NULL,
	"till_id" text NOT NULL,
	"customer_id" text NOT NULL,
	"kind" text NOT NULL,
	"points" bigint NOT NULL,
	"document_id" text,
	"at" bigint NOT NULL,
	"business_date" text NOT NULL,
	"actor_id" text NOT NULL,
	CONSTRAINT "loyalty_entry_kind_word" CHECK (kind in ('earn', 'redeem', 'reverse', 'adjust'))
);
--> statement-breakpoint
CREATE TABLE "offer" (
	"id" text PRIMARY KEY NOT NULL,
	"store_id" text,
	"name" text NOT NULL,
	"rule" jsonb NOT NULL,
	"valid_from" text NOT NULL,
	"valid_to" text NOT NULL,
	"from_minute" bigint,
	"to_minute" bigint,
	"coupon_code" text,
	"active" boolean NOT NULL,
	"deleted" boolean NOT NULL,
	"stamps" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "price_list" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"rate_pct3" bigint NOT NULL,
	"active" boolean NOT NULL,
	"deleted" boolean NOT NULL,
	"stamps" jsonb NOT NULL,
	CONSTRAINT "price_list_rate" CHECK (rate_pct3 between 0 and 100000)
);
--> statement-breakpoint
CREATE TABLE "refund_tender" (
	"id" text PRIMARY KEY NOT NULL,
	"return_id" text NOT NULL,
	"store_id" text NOT NULL,
	"line_no" bigint NOT NULL,
	"kind" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"reference" text,
	"exchange_sale_id" text,
	"authorised_at" bigint,
	CONSTRAINT "refund_tender_kind_word" CHECK (kind in ('cash', 'card', 'mobile', 'account', 'voucher', 'exchange')),
	CONSTRAINT "refund_tender_amount" CHECK (amount_minor >= 0)
);
--> statement-breakpoint
CREATE TABLE "sale_return" (
	"id" text PRIMARY KEY NOT NULL,
	"store_id" text NOT NULL,
	"till_id" text NOT NULL,
	"return_no" text NOT NULL,
	"return_series" text NOT NULL,
	"return_n" bigint NOT NULL,
	"at" bigint NOT NULL,
	"business_date" text NOT NULL,
	"cashier_id" text NOT NULL,
	"shift_id" text,
	"kind" text NOT NULL,
	"sale_id" text,
	"sale_receipt_no" text,
	"customer_id" text,
	"authorised_by" text,
	"reason" text NOT NULL,
	"currency" text NOT NULL,
	"tax_mode" text NOT NULL,
	"line_count" bigint NOT NULL,
	"tax_minor" bigint NOT NULL,
	"total_minor" bigint NOT NULL,
	"cash_rounding_minor" bigint NOT NULL,
	CONSTRAINT "sale_return_kind_word" CHECK (kind in ('return', 'void', 'blind')),
	CONSTRAINT "sale_return_tax_mode_word" CHECK (tax_mode in ('inclusive', 'exclusive')),
	CONSTRAINT "sale_return_total" CHECK (total_minor >= 0)
);
--> statement-breakpoint
CREATE TABLE "sale_return_line" (
	"id" text PRIMARY KEY NOT NULL,
	"return_id" text NOT NULL,
	"store_id" text NOT NULL,
	"line_no" bigint NOT NULL,
	"sale_line_id" text,
	"pack_id" text NOT NULL,
	"batch_id" text,
	"name" text NOT NULL,
	"qty_base" bigint NOT NULL,
	"pack_size" bigint NOT NULL,
	"base_unit" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"tax_minor" bigint NOT NULL,
	"tax_class_id" text NOT NULL,
	"tax_pct3" jsonb NOT NULL,
	"place" text NOT NULL,
	CONSTRAINT "sale_return_line_place_word" CHECK (place in ('shelf', 'quarantine', 'destruction')),
	CONSTRAINT "sale_return_line_qty" CHECK (qty_base > 0)
);
--> statement-breakpoint
CREATE TABLE "sale_return_tax" (
	"id" text PRIMARY KEY NOT NULL,
	"return_id" text NOT NULL,
	"store_id" text NOT NULL,
	"tax_pct3" jsonb NOT NULL,
	"base_minor" bigint NOT NULL,
	"tax_minor" bigint NOT NULL,
	"components_minor" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "shift" (
	"id" text PRIMARY KEY NOT NULL,
	"store_id" text NOT NULL,
	"till_id" text NOT NULL,
	"at" bigint NOT NULL,
	"business_date" text NOT NULL,
	"actor_id" text NOT NULL,
	"kind" text NOT NULL,
	"float_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	CONSTRAINT "shift_kind_word" CHECK (kind in ('counted', 'automatic')),
	CONSTRAINT "shift_float" CHECK (float_minor >= 0)
);
--> statement-breakpoint
CREATE TABLE "shift_close" (
	"id" text PRIMARY KEY NOT NULL,
	"store_id" text NOT NULL,
	"till_id" text NOT NULL,
	"shift_id" text NOT NULL,
	"z_no" text NOT NULL,
	"z_series" text NOT NULL,
	"z_n" bigint NOT NULL,
	"at" bigint NOT NULL,
	"business_date" text NOT NULL,
	"actor_id" text NOT NULL,
	"expected" jsonb NOT NULL,
	"counted" jsonb NOT NULL,
	"denominations" jsonb NOT NULL,
	"variance_minor" bigint NOT NULL,
	"reason" text,
	"left_minor" bigint NOT NULL,
	"totals" jsonb NOT NULL,
	"grand_total_minor" bigint NOT NULL,
	"chain_head" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tax_invoice" (
	"id" text PRIMARY KEY NOT NULL,
	"store_id" text NOT NULL,
	"till_id" text NOT NULL,
	"sale_id" text NOT NULL,
	"invoice_no" text NOT NULL,
	"invoice_series" text NOT NULL,
	"invoice_n" bigint NOT NULL,
	"at" bigint NOT NULL,
	"business_date" text NOT NULL,
	"actor_id" text NOT NULL,
	"customer_id" text,
	"buyer_name" text NOT NULL,
	"buyer_address" jsonb NOT NULL,
	"buyer_tax_number" text
);
--> statement-breakpoint
CREATE TABLE "voucher_entry" (
	"id" text PRIMARY KEY NOT NULL,
	"store_id" text NOT NULL,
	"till_id" text NOT NULL,
	"code" text NOT NULL,
	"kind" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"expires_on" text,
	"document_id" text,
	"at" bigint NOT NULL,
	"business_date" text NOT NULL,
	"actor_id" text NOT NULL,
	CONSTRAINT "voucher_entry_kind_word" CHECK (kind in ('issue', 'redeem', 'refund', 'expire'))
);
--> statement-breakpoint
ALTER TABLE "tender" DROP CONSTRAINT "tender_kind_word";--> statement-breakpoint
ALTER TABLE "medicine" ADD COLUMN "sold_as" text;--> statement-breakpoint
ALTER TABLE "sale" ADD COLUMN "shift_id" text;--> statement-breakpoint
ALTER TABLE "sale" ADD COLUMN "customer_id" text;--> statement-breakpoint
ALTER TABLE "sale" ADD COLUMN "note" text;--> statement-breakpoint
ALTER TABLE "sale" ADD COLUMN "tax_exemption" text;--> statement-breakpoint
ALTER TABLE "sale_line" ADD COLUMN "note" text;--> statement-breakpoint
ALTER TABLE "refund_tender" ADD CONSTRAINT "refund_tender_return_id_sale_return_id_fk" FOREIGN KEY ("return_id") REFERENCES "public"."sale_return"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sale_return_line" ADD CONSTRAINT "sale_return_line_return_id_sale_return_id_fk" FOREIGN KEY ("return_id") REFERENCES "public"."sale_return"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sale_return_tax" ADD CONSTRAINT "sale_return_tax_return_id_sale_return_id_fk" FOREIGN KEY ("return_id") REFERENCES "public"."sale_return"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_by_customer_id" ON "account" USING btree ("customer_id");--> statement-breakpoint
CREATE INDEX "account_entry_by_customer_id" ON "account_entry" USING btree ("customer_id");--> statement-breakpoint
CREATE INDEX "account_entry_by_shift_id" ON "account_entry" USING btree ("shift_id");--> statement-breakpoint
CREATE INDEX "card_attempt_by_at" ON "card_attempt" USING btree ("at");--> statement-breakpoint
CREATE INDEX "card_outcome_by_attempt_id" ON "card_outcome" USING btree ("attempt_id");--> statement-breakpoint
CREATE INDEX "cash_movement_by_shift_id" ON "cash_movement" USING btree ("shift_id");--> statement-breakpoint
CREATE INDEX "discount_note_by_sale_id" ON "discount_note" USING btree ("sale_id");--> statement-breakpoint
CREATE INDEX "fiscal_signature_by_document_id" ON "fiscal_signature" USING btree ("document_id");--> statement-breakpoint
CREATE INDEX "foreign_cash_by_sale_id" ON "foreign_cash" USING btree ("sale_id");--> statement-breakpoint
CREATE INDEX "held_end_by_held_id" ON "held_end" USING btree ("held_id");--> statement-breakpoint
CREATE INDEX "held_sale_by_at" ON "held_sale" USING btree ("at");--> statement-breakpoint
CREATE INDEX "list_price_by_list_id_pack_id" ON "list_price" USING btree ("list_id","pack_id");--> statement-breakpoint
CREATE INDEX "loyalty_entry_by_customer_id" ON "loyalty_entry" USING btree ("customer_id");--> statement-breakpoint
CREATE INDEX "refund_tender_by_return_id" ON "refund_tender" USING btree ("return_id");--> statement-breakpoint
CREATE INDEX "sale_return_by_sale_id" ON "sale_return" USING btree ("sale_id");--> statement-breakpoint
CREATE INDEX "sale_return_by_business_date" ON "sale_return" USING btree ("business_date");--> statement-breakpoint
CREATE INDEX "sale_return_by_return_series_return_n" ON "sale_return" USING btree ("return_series","return_n");--> statement-breakpoint
CREATE INDEX "sale_return_by_shift_id" ON "sale_return" USING btree ("shift_id");--> statement-breakpoint
CREATE INDEX "sale_return_line_by_return_id" ON "sale_return_line" USING btree ("return_id");--> statement-breakpoint
CREATE INDEX "sale_return_line_by_sale_line_id" ON "sale_return_line" USING btree ("sale_line_id");--> statement-breakpoint
CREATE INDEX "sale_return_tax_by_return_id" ON "sale_return_tax" USING btree ("return_id");--> statement-breakpoint
CREATE INDEX "shift_by_till_id_at" ON "shift" USING btree ("till_id","at");--> statement-breakpoint
CREATE INDEX "shift_close_by_shift_id" ON "shift_close" USING btree ("shift_id");--> statement-breakpoint
CREATE INDEX "shift_close_by_till_id_at" ON "shift_close" USING btree ("till_id","at");--> statement-breakpoint
CREATE INDEX "shift_close_by_z_series_z_n" ON "shift_close" USING btree ("z_series","z_n");--> statement-breakpoint
CREATE INDEX "tax_invoice_by_sale_id" ON "tax_invoice" USING btree ("sale_id");--> statement-breakpoint
CREATE INDEX "tax_invoice_by_invoice_series_invoice_n" ON "tax_invoice" USING btree ("invoice_series","invoice_n");--> statement-breakpoint
CREATE INDEX "voucher_entry_by_code" ON "voucher_entry" USING btree ("code");--> statement-breakpoint
ALTER TABLE "tender" ADD CONSTRAINT "tender_kind_word" CHECK (kind in ('cash', 'card', 'mobile', 'account', 'voucher', 'exchange'));