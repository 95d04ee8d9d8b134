CREATE TABLE "audit_entry" (
	"id" text PRIMARY KEY NOT NULL,
	"store_id" text NOT NULL,
	"till_id" text,
	"at" bigint NOT NULL,
	"business_date" text NOT NULL,
	"actor_id" text NOT NULL,
	"action" text NOT NULL,
	"subject_id" text,
	"reason" text,
	"details" jsonb
);
--> statement-breakpoint
CREATE TABLE "batch" (
	"id" text PRIMARY KEY NOT NULL,
	"store_id" text NOT NULL,
	"pack_id" text NOT NULL,
	"code" text NOT NULL,
	"expires_on" text NOT NULL,
	"received_at" bigint NOT NULL,
	"cost_minor" bigint NOT NULL,
	"cost_qty_base" bigint NOT NULL,
	"pack_price_minor" bigint,
	"deleted" boolean NOT NULL,
	"stamps" jsonb NOT NULL,
	CONSTRAINT "batch_cost" CHECK (cost_minor >= 0 and cost_qty_base > 0)
);
--> statement-breakpoint
CREATE TABLE "batch_decision" (
	"id" text PRIMARY KEY NOT NULL,
	"store_id" text NOT NULL,
	"batch_id" text NOT NULL,
	"kind" text NOT NULL,
	"ends_id" text,
	"reason" text NOT NULL,
	"at" bigint NOT NULL,
	"business_date" text NOT NULL,
	"actor_id" text NOT NULL,
	CONSTRAINT "batch_decision_kind_word" CHECK (kind in ('quarantine', 'release', 'recall', 'lift'))
);
--> statement-breakpoint
CREATE TABLE "device" (
	"id" text PRIMARY KEY NOT NULL,
	"till_id" text NOT NULL,
	"store_id" text NOT NULL,
	"public_key" text NOT NULL,
	"inc" bigint NOT NULL,
	"enrolled_at" bigint NOT NULL,
	"revoked" boolean NOT NULL,
	"deleted" boolean NOT NULL,
	"stamps" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "medicine" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"brand" text NOT NULL,
	"generics" jsonb NOT NULL,
	"form" text NOT NULL,
	"route" text NOT NULL,
	"holder" text NOT NULL,
	"schedule_class" text NOT NULL,
	"tall_man" text NOT NULL,
	"generic_group" text NOT NULL,
	"discount_allowed" boolean NOT NULL,
	"register_ref" text NOT NULL,
	"deleted" boolean NOT NULL,
	"stamps" jsonb NOT NULL,
	CONSTRAINT "medicine_kind_word" CHECK (kind in ('medicine', 'article')),
	CONSTRAINT "medicine_schedule_class_word" CHECK (schedule_class in ('general', 'pharmacist', 'prescription', 'controlled'))
);
--> statement-breakpoint
CREATE TABLE "org" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"signing_key" text NOT NULL,
	"recovery_key" text NOT NULL,
	"deleted" boolean NOT NULL,
	"stamps" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "pack" (
	"id" text PRIMARY KEY NOT NULL,
	"medicine_id" text NOT NULL,
	"label" text NOT NULL,
	"pack_size" bigint NOT NULL,
	"base_unit" text NOT NULL,
	"breakable" boolean NOT NULL,
	"tax_class_id" text NOT NULL,
	"status" text NOT NULL,
	"register_ref" text NOT NULL,
	"deleted" boolean NOT NULL,
	"stamps" jsonb NOT NULL,
	CONSTRAINT "pack_status_word" CHECK (status in ('active', 'withdrawn')),
	CONSTRAINT "pack_size" CHECK (pack_size > 0)
);
--> statement-breakpoint
CREATE TABLE "pack_code" (
	"id" text PRIMARY KEY NOT NULL,
	"pack_id" text NOT NULL,
	"code" text NOT NULL,
	"deleted" boolean NOT NULL,
	"stamps" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "person" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"short_name" text NOT NULL,
	"language" text,
	"active" boolean NOT NULL,
	"deleted" boolean NOT NULL,
	"stamps" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "price" (
	"id" text PRIMARY KEY NOT NULL,
	"pack_id" text NOT NULL,
	"store_id" text,
	"price_minor" bigint NOT NULL,
	"valid_from" text NOT NULL,
	"deleted" boolean NOT NULL,
	"stamps" jsonb NOT NULL,
	CONSTRAINT "price_amount" CHECK (price_minor >= 0)
);
--> statement-breakpoint
CREATE TABLE "role" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"permissions" jsonb NOT NULL,
	"deleted" boolean NOT NULL,
	"stamps" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sale" (
	"id" text PRIMARY KEY NOT NULL,
	"store_id" text NOT NULL,
	"till_id" text NOT NULL,
	"receipt_no" text NOT NULL,
	"receipt_series" text NOT NULL,
	"receipt_n" bigint NOT NULL,
	"at" bigint NOT NULL,
	"business_date" text NOT NULL,
	"cashier_id" text NOT NULL,
	"currency" text NOT NULL,
	"tax_mode" text NOT NULL,
	"line_count" bigint NOT NULL,
	"discount_minor" bigint NOT NULL,
	"tax_minor" bigint NOT NULL,
	"total_minor" bigint NOT NULL,
	"cash_rounding_minor" bigint NOT NULL,
	"change_minor" bigint NOT NULL,
	CONSTRAINT "sale_tax_mode_word" CHECK (tax_mode in ('inclusive', 'exclusive')),
	CONSTRAINT "sale_change" CHECK (change_minor >= 0)
);
--> statement-breakpoint
CREATE TABLE "sale_line" (
	"id" text PRIMARY KEY NOT NULL,
	"sale_id" text NOT NULL,
	"store_id" text NOT NULL,
	"line_no" bigint NOT NULL,
	"pack_id" text NOT NULL,
	"name" text NOT NULL,
	"schedule_class" text NOT NULL,
	"qty_base" bigint NOT NULL,
	"pack_size" bigint NOT NULL,
	"base_unit" text NOT NULL,
	"pack_price_minor" bigint NOT NULL,
	"gross_minor" bigint NOT NULL,
	"line_discount_minor" bigint NOT NULL,
	"cart_discount_minor" bigint NOT NULL,
	"amount_minor" bigint NOT NULL,
	"tax_minor" bigint NOT NULL,
	"tax_class_id" text NOT NULL,
	"tax_pct3" jsonb NOT NULL,
	"discount_reason" text,
	CONSTRAINT "sale_line_schedule_class_word" CHECK (schedule_class in ('general', 'pharmacist', 'prescription', 'controlled')),
	CONSTRAINT "sale_line_qty" CHECK (qty_base > 0)
);
--> statement-breakpoint
CREATE TABLE "sale_tax" (
	"id" text PRIMARY KEY NOT NULL,
	"sale_id" text NOT NULL,
	"store_id" text NOT NULL,
	"tax_pct3" jsonb NOT NULL,
	"base_minor" bigint NOT NULL,
	"tax_minor" bigint NOT NULL,
	"components_minor" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "setting" (
	"id" text PRIMARY KEY NOT NULL,
	"store_id" text,
	"key" text NOT NULL,
	"value" jsonb NOT NULL,
	"deleted" boolean NOT NULL,
	"stamps" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "staff" (
	"id" text PRIMARY KEY NOT NULL,
	"store_id" text NOT NULL,
	"person_id" text NOT NULL,
	"role_id" text NOT NULL,
	"pin_verifier" text,
	"active" boolean NOT NULL,
	"deleted" boolean NOT NULL,
	"stamps" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "stock_movement" (
	"id" text PRIMARY KEY NOT NULL,
	"store_id" text NOT NULL,
	"batch_id" text NOT NULL,
	"pack_id" text NOT NULL,
	"kind" text NOT NULL,
	"qty_base" bigint NOT NULL,
	"document_id" text NOT NULL,
	"document_line" bigint,
	"at" bigint NOT NULL,
	"business_date" text NOT NULL,
	"actor_id" text NOT NULL,
	"reason" text,
	CONSTRAINT "stock_movement_kind_word" CHECK (kind in ('receive', 'sell', 'customerReturn', 'supplierReturn', 'adjust', 'dispose', 'transferOut', 'transferIn', 'count')),
	CONSTRAINT "stock_movement_moves" CHECK (qty_base <> 0)
);
--> statement-breakpoint
CREATE TABLE "store" (
	"id" text PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"address_lines" jsonb NOT NULL,
	"licence" text NOT NULL,
	"tax_number" text NOT NULL,
	"receipt_footer" text NOT NULL,
	"zone" text NOT NULL,
	"day_start_hour" bigint NOT NULL,
	"currency" text NOT NULL,
	"minor_digits" bigint NOT NULL,
	"cash_step_minor" bigint NOT NULL,
	"tax_mode" text NOT NULL,
	"min_shelf_life_days" bigint NOT NULL,
	"language" text NOT NULL,
	"deleted" boolean NOT NULL,
	"stamps" jsonb NOT NULL,
	CONSTRAINT "store_tax_mode_word" CHECK (tax_mode in ('inclusive', 'exclusive')),
	CONSTRAINT "store_day_start" CHECK (day_start_hour between 0 and 23),
	CONSTRAINT "store_cash_step" CHECK (cash_step_minor > 0),
	CONSTRAINT "store_digits" CHECK (minor_digits between 0 and 4)
);
--> statement-breakpoint
CREATE TABLE "tax_class" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"deleted" boolean NOT NULL,
	"stamps" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tax_rate" (
	"id" text PRIMARY KEY NOT NULL,
	"tax_class_id" text NOT NULL,
	"pct3" jsonb NOT NULL,
	"valid_from" text NOT NULL,
	"deleted" boolean NOT NULL,
	"stamps" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tender" (
	"id" text PRIMARY KEY NOT NULL,
	"sale_id" text NOT NULL,
	"store_id" text NOT NULL,
	"line_no" bigint NOT NULL,
	"kind" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"reference" text,
	"authorised_at" bigint,
	CONSTRAINT "tender_kind_word" CHECK (kind in ('cash', 'card', 'mobile', 'account', 'voucher')),
	CONSTRAINT "tender_amount" CHECK (amount_minor >= 0)
);
--> statement-breakpoint
CREATE TABLE "till" (
	"id" text PRIMARY KEY NOT NULL,
	"store_id" text NOT NULL,
	"code" text NOT NULL,
	"name" text NOT NULL,
	"deleted" boolean NOT NULL,
	"stamps" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "chain_head" (
	"device" text NOT NULL,
	"inc" integer NOT NULL,
	"dseq" bigint NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "chain_head_device_inc_pk" PRIMARY KEY("device","inc")
);
--> statement-breakpoint
CREATE TABLE "change_seen" (
	"device" text NOT NULL,
	"inc" integer NOT NULL,
	"dseq" bigint NOT NULL,
	"hash" text NOT NULL,
	"verdict" text NOT NULL,
	"reason" text,
	CONSTRAINT "change_seen_device_inc_dseq_pk" PRIMARY KEY("device","inc","dseq")
);
--> statement-breakpoint
CREATE TABLE "device_contact" (
	"device" text PRIMARY KEY NOT NULL,
	"seen_at" bigint NOT NULL,
	"pushed_at" bigint,
	"waiting" integer,
	"oldest_at" bigint,
	"version" text
);
--> statement-breakpoint
CREATE TABLE "enrolment_code" (
	"code_hash" text PRIMARY KEY NOT NULL,
	"till_id" text NOT NULL,
	"expires_at" bigint NOT NULL,
	"used_at" bigint,
	"used_by" text
);
--> statement-breakpoint
CREATE TABLE "flag" (
	"id" text PRIMARY KEY NOT NULL,
	"device" text NOT NULL,
	"inc" integer NOT NULL,
	"dseq" bigint NOT NULL,
	"reason" text NOT NULL,
	"detail" text NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "hq_identity" (
	"one" integer PRIMARY KEY NOT NULL,
	"epoch" text NOT NULL,
	"device" text NOT NULL,
	"inc" integer NOT NULL,
	"hlc" text NOT NULL,
	"signing_key_pem" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "import_job" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"profile" jsonb NOT NULL,
	"files" jsonb NOT NULL,
	"rows_done" bigint NOT NULL,
	"rows_total" bigint,
	"summary" jsonb,
	"started_by" text NOT NULL,
	"started_at" bigint NOT NULL,
	"ended_at" bigint,
	"cancel_asked" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "import_profile" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"profile" jsonb NOT NULL,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "on_hand" (
	"batch_id" text PRIMARY KEY NOT NULL,
	"store_id" text NOT NULL,
	"pack_id" text NOT NULL,
	"qty_base" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "quarantine" (
	"id" text PRIMARY KEY NOT NULL,
	"device" text NOT NULL,
	"inc" integer NOT NULL,
	"dseq" bigint NOT NULL,
	"scope" text NOT NULL,
	"type" text NOT NULL,
	"text" text NOT NULL,
	"hash" text NOT NULL,
	"sig" text NOT NULL,
	"reason" text NOT NULL,
	"detail" text NOT NULL,
	"at" bigint NOT NULL,
	"state" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "scope_head" (
	"scope" text PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL,
	"floor" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sealed_key" (
	"device" text NOT NULL,
	"inc" integer NOT NULL,
	"sealed" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "sealed_key_device_inc_pk" PRIMARY KEY("device","inc")
);
--> statement-breakpoint
CREATE TABLE "store_pepper" (
	"store_id" text PRIMARY KEY NOT NULL,
	"pepper" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "sale_line" ADD CONSTRAINT "sale_line_sale_id_sale_id_fk" FOREIGN KEY ("sale_id") REFERENCES "public"."sale"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sale_tax" ADD CONSTRAINT "sale_tax_sale_id_sale_id_fk" FOREIGN KEY ("sale_id") REFERENCES "public"."sale"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tender" ADD CONSTRAINT "tender_sale_id_sale_id_fk" FOREIGN KEY ("sale_id") REFERENCES "public"."sale"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_entry_by_at" ON "audit_entry" USING btree ("at");--> statement-breakpoint
CREATE INDEX "batch_by_pack_id" ON "batch" USING btree ("pack_id");--> statement-breakpoint
CREATE INDEX "batch_decision_by_batch_id" ON "batch_decision" USING btree ("batch_id");--> statement-breakpoint
CREATE INDEX "device_by_till_id" ON "device" USING btree ("till_id");--> statement-breakpoint
CREATE INDEX "medicine_by_register_ref" ON "medicine" USING btree ("register_ref");--> statement-breakpoint
CREATE INDEX "medicine_by_generic_group" ON "medicine" USING btree ("generic_group");--> statement-breakpoint
CREATE INDEX "pack_by_medicine_id" ON "pack" USING btree ("medicine_id");--> statement-breakpoint
CREATE INDEX "pack_by_register_ref" ON "pack" USING btree ("register_ref");--> statement-breakpoint
CREATE INDEX "pack_code_by_code" ON "pack_code" USING btree ("code");--> statement-breakpoint
CREATE INDEX "pack_code_by_pack_id" ON "pack_code" USING btree ("pack_id");--> statement-breakpoint
CREATE INDEX "price_by_pack_id" ON "price" USING btree ("pack_id");--> statement-breakpoint
CREATE INDEX "sale_by_business_date" ON "sale" USING btree ("business_date");--> statement-breakpoint
CREATE INDEX "sale_by_receipt_series_receipt_n" ON "sale" USING btree ("receipt_series","receipt_n");--> statement-breakpoint
CREATE INDEX "sale_by_at" ON "sale" USING btree ("at");--> statement-breakpoint
CREATE INDEX "sale_line_by_sale_id" ON "sale_line" USING btree ("sale_id");--> statement-breakpoint
CREATE INDEX "sale_line_by_pack_id" ON "sale_line" USING btree ("pack_id");--> statement-breakpoint
CREATE INDEX "sale_tax_by_sale_id" ON "sale_tax" USING btree ("sale_id");--> statement-breakpoint
CREATE INDEX "setting_by_key" ON "setting" USING btree ("key");--> statement-breakpoint
CREATE INDEX "staff_by_person_id" ON "staff" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "stock_movement_by_batch_id" ON "stock_movement" USING btree ("batch_id");--> statement-breakpoint
CREATE INDEX "stock_movement_by_document_id" ON "stock_movement" USING btree ("document_id");--> statement-breakpoint
CREATE INDEX "tax_rate_by_tax_class_id" ON "tax_rate" USING btree ("tax_class_id");--> statement-breakpoint
CREATE INDEX "tender_by_sale_id" ON "tender" USING btree ("sale_id");--> statement-breakpoint
CREATE INDEX "till_by_store_id" ON "till" USING btree ("store_id");--> statement-breakpoint
CREATE INDEX "flag_by_at" ON "flag" USING btree ("at");--> statement-breakpoint
CREATE INDEX "on_hand_by_store" ON "on_hand" USING btree ("store_id","pack_id");--> statement-breakpoint
CREATE INDEX "quarantine_by_state" ON "quarantine" USING btree ("state","at");