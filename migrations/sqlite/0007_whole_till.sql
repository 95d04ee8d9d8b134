CREATE TABLE `account` (
	`id` text PRIMARY KEY NOT NULL,
	`store_id` text NOT NULL,
	`customer_id` text NOT NULL,
	`limit_minor` integer NOT NULL,
	`price_list_id` text,
	`tax_exemption` text,
	`active` integer NOT NULL,
	`deleted` integer NOT NULL,
	`stamps` text NOT NULL,
	CONSTRAINT "account_limit" CHECK(limit_minor >= 0)
) STRICT;
--> statement-breakpoint
CREATE INDEX `account_by_customer_id` ON `account` (`customer_id`);--> statement-breakpoint
CREATE TABLE `account_entry` (
	`id` text PRIMARY KEY NOT NULL,
	`store_id` text NOT NULL,
	`till_id` text NOT NULL,
	`customer_id` text NOT NULL,
	`kind` text NOT NULL,
	`amount_minor` integer NOT NULL,
	`document_id` text,
	`tender_kind` text,
	`shift_id` text,
	`reason` text,
	`at` integer NOT NULL,
	`business_date` text NOT NULL,
	`actor_id` text NOT NULL,
	CONSTRAINT "account_entry_kind_word" CHECK(kind in ('charge', 'payment', 'refund', 'adjust'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `account_entry_by_customer_id` ON `account_entry` (`customer_id`);--> statement-breakpoint
CREATE INDEX `account_entry_by_shift_id` ON `account_entry` (`shift_id`);--> statement-breakpoint
CREATE TABLE `card_attempt` (
	`id` text PRIMARY KEY NOT NULL,
	`store_id` text NOT NULL,
	`till_id` text NOT NULL,
	`kind` text NOT NULL,
	`terminal` text NOT NULL,
	`amount_minor` integer NOT NULL,
	`currency` text NOT NULL,
	`at` integer NOT NULL,
	`business_date` text NOT NULL,
	`actor_id` text NOT NULL,
	CONSTRAINT "card_attempt_kind_word" CHECK(kind in ('charge', 'refund')),
	CONSTRAINT "card_attempt_amount" CHECK(amount_minor > 0)
) STRICT;
--> statement-breakpoint
CREATE INDEX `card_attempt_by_at` ON `card_attempt` (`at`);--> statement-breakpoint
CREATE TABLE `card_outcome` (
	`id` text PRIMARY KEY NOT NULL,
	`store_id` text NOT NULL,
	`till_id` text NOT NULL,
	`attempt_id` text NOT NULL,
	`outcome` text NOT NULL,
	`by` text NOT NULL,
	`reference` text,
	`at` integer NOT NULL,
	`business_date` text NOT NULL,
	`actor_id` text NOT NULL,
	CONSTRAINT "card_outcome_outcome_word" CHECK(outcome in ('approved', 'declined', 'not-charged')),
	CONSTRAINT "card_outcome_by_word" CHECK(by in ('terminal', 'person'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `card_outcome_by_attempt_id` ON `card_outcome` (`attempt_id`);--> statement-breakpoint
CREATE TABLE `cash_movement` (
	`id` text PRIMARY KEY NOT NULL,
	`store_id` text NOT NULL,
	`till_id` text NOT NULL,
	`shift_id` text NOT NULL,
	`kind` text NOT NULL,
	`amount_minor` integer NOT NULL,
	`reason` text NOT NULL,
	`at` integer NOT NULL,
	`business_date` text NOT NULL,
	`actor_id` text NOT NULL,
	CONSTRAINT "cash_movement_kind_word" CHECK(kind in ('pay-in', 'pay-out', 'no-sale')),
	CONSTRAINT "cash_movement_amount" CHECK(amount_minor >= 0)
) STRICT;
--> statement-breakpoint
CREATE INDEX `cash_movement_by_shift_id` ON `cash_movement` (`shift_id`);--> statement-breakpoint
CREATE TABLE `discount_note` (
	`id` text PRIMARY KEY NOT NULL,
	`store_id` text NOT NULL,
	`sale_id` text NOT NULL,
	`sale_line_id` text,
	`kind` text NOT NULL,
	`offer_id` text,
	`amount_minor` integer NOT NULL,
	`reason` text,
	`authorised_by` text,
	CONSTRAINT "discount_note_kind_word" CHECK(kind in ('line', 'cart', 'offer', 'coupon', 'loyalty', 'price'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `discount_note_by_sale_id` ON `discount_note` (`sale_id`);--> statement-breakpoint
CREATE TABLE `fiscal_signature` (
	`id` text PRIMARY KEY NOT NULL,
	`store_id` text NOT NULL,
	`till_id` text NOT NULL,
	`document_id` text NOT NULL,
	`provider` text NOT NULL,
	`state` text NOT NULL,
	`signature` text,
	`reason` text,
	`at` integer NOT NULL,
	CONSTRAINT "fiscal_signature_state_word" CHECK(state in ('signed', 'failed'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `fiscal_signature_by_document_id` ON `fiscal_signature` (`document_id`);--> statement-breakpoint
CREATE TABLE `foreign_cash` (
	`id` text PRIMARY KEY NOT NULL,
	`store_id` text NOT NULL,
	`sale_id` text NOT NULL,
	`tender_id` text NOT NULL,
	`tender_kind` text NOT NULL,
	`currency` text NOT NULL,
	`foreign_minor` integer NOT NULL,
	`rate_ppm` integer NOT NULL,
	`amount_minor` integer NOT NULL,
	`change_minor` integer,
	CONSTRAINT "foreign_cash_tender_kind_word" CHECK(tender_kind in ('cash', 'card', 'mobile', 'account', 'voucher', 'exchange')),
	CONSTRAINT "foreign_cash_amount" CHECK(foreign_minor > 0 and rate_ppm > 0)
) STRICT;
--> statement-breakpoint
CREATE INDEX `foreign_cash_by_sale_id` ON `foreign_cash` (`sale_id`);--> statement-breakpoint
CREATE TABLE `held_end` (
	`id` text PRIMARY KEY NOT NULL,
	`store_id` text NOT NULL,
	`till_id` text NOT NULL,
	`held_id` text NOT NULL,
	`kind` text NOT NULL,
	`at` integer NOT NULL,
	`business_date` text NOT NULL,
	`actor_id` text NOT NULL,
	CONSTRAINT "held_end_kind_word" CHECK(kind in ('recalled', 'discarded'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `held_end_by_held_id` ON `held_end` (`held_id`);--> statement-breakpoint
CREATE TABLE `held_sale` (
	`id` text PRIMARY KEY NOT NULL,
	`store_id` text NOT NULL,
	`till_id` text NOT NULL,
	`name` text NOT NULL,
	`content` text NOT NULL,
	`line_count` integer NOT NULL,
	`total_minor` integer NOT NULL,
	`customer_id` text,
	`at` integer NOT NULL,
	`business_date` text NOT NULL,
	`actor_id` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `held_sale_by_at` ON `held_sale` (`at`);--> statement-breakpoint
CREATE TABLE `list_price` (
	`id` text PRIMARY KEY NOT NULL,
	`list_id` text NOT NULL,
	`pack_id` text NOT NULL,
	`price_minor` integer NOT NULL,
	`valid_from` text NOT NULL,
	`deleted` integer NOT NULL,
	`stamps` text NOT NULL,
	CONSTRAINT "list_price_amount" CHECK(price_minor >= 0)
) STRICT;
--> statement-breakpoint
CREATE INDEX `list_price_by_list_id_pack_id` ON `list_price` (`list_id`,`pack_id`);--> statement-breakpoint
CREATE TABLE `loyalty_entry` (
	`id` text PRIMARY KEY NOT NULL,
	`store_id` text NOT NULL,
	`till_id` text NOT NULL,
	`customer_id` text NOT NULL,
	`kind` text NOT NULL,
	`points` integer NOT NULL,
	`document_id` text,
	`at` integer NOT NULL,
	`business_date` text NOT NULL,
	`actor_id` text NOT NULL,
	CONSTRAINT "loyalty_entry_kind_word" CHECK(kind in ('earn', 'redeem', 'reverse', 'adjust'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `loyalty_entry_by_customer_id` ON `loyalty_entry` (`customer_id`);--> statement-breakpoint
CREATE TABLE `offer` (
	`id` text PRIMARY KEY NOT NULL,
	`store_id` text,
	`name` text NOT NULL,
	`rule` text NOT NULL,
	`valid_from` text NOT NULL,
	`valid_to` text NOT NULL,
	`from_minute` integer,
	`to_minute` integer,
	`coupon_code` text,
	`active` integer NOT NULL,
	`deleted` integer NOT NULL,
	`stamps` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `price_list` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`rate_pct3` integer NOT NULL,
	`active` integer NOT NULL,
	`deleted` integer NOT NULL,
	`stamps` text NOT NULL,
	CONSTRAINT "price_list_rate" CHECK(rate_pct3 between 0 and 100000)
) STRICT;
--> statement-breakpoint
CREATE TABLE `refund_tender` (
	`id` text PRIMARY KEY NOT NULL,
	`return_id` text NOT NULL,
	`store_id` text NOT NULL,
	`line_no` integer NOT NULL,
	`kind` text NOT NULL,
	`amount_minor` integer NOT NULL,
	`reference` text,
	`exchange_sale_id` text,
	`authorised_at` integer,
	FOREIGN KEY (`return_id`) REFERENCES `sale_return`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "refund_tender_kind_word" CHECK(kind in ('cash', 'card', 'mobile', 'account', 'voucher', 'exchange')),
	CONSTRAINT "refund_tender_amount" CHECK(amount_minor >= 0)
) STRICT;
--> statement-breakpoint
CREATE INDEX `refund_tender_by_return_id` ON `refund_tender` (`return_id`);--> statement-breakpoint
CREATE TABLE `sale_return` (
	`id` text PRIMARY KEY NOT NULL,
	`store_id` text NOT NULL,
	`till_id` text NOT NULL,
	`return_no` text NOT NULL,
	`return_series` text NOT NULL,
	`return_n` integer NOT NULL,
	`at` integer NOT NULL,
	`business_date` text NOT NULL,
	`cashier_id` text NOT NULL,
	`shift_id` text,
	`kind` text NOT NULL,
	`sale_id` text,
	`sale_receipt_no` text,
	`customer_id` text,
	`authorised_by` text,
	`reason` text NOT NULL,
	`currency` text NOT NULL,
	`tax_mode` text NOT NULL,
	`line_count` integer NOT NULL,
	`tax_minor` integer NOT NULL,
	`total_minor` integer NOT NULL,
	`cash_rounding_minor` integer NOT NULL,
	CONSTRAINT "sale_return_kind_word" CHECK(kind in ('return', 'void', 'blind')),
	CONSTRAINT "sale_return_tax_mode_word" CHECK(tax_mode in ('inclusive', 'exclusive')),
	CONSTRAINT "sale_return_total" CHECK(total_minor >= 0)
) STRICT;
--> statement-breakpoint
CREATE INDEX `sale_return_by_sale_id` ON `sale_return` (`sale_id`);--> statement-breakpoint
CREATE INDEX `sale_return_by_business_date` ON `sale_return` (`business_date`);--> statement-breakpoint
CREATE INDEX `sale_return_by_return_series_return_n` ON `sale_return` (`return_series`,`return_n`);--> statement-breakpoint
CREATE INDEX `sale_return_by_shift_id` ON `sale_return` (`shift_id`);--> statement-breakpoint
CREATE TABLE `sale_return_line` (
	`id` text PRIMARY KEY NOT NULL,
	`return_id` text NOT NULL,
	`store_id` text NOT NULL,
	`line_no` integer NOT NULL,
	`sale_line_id` text,
	`pack_id` text NOT NULL,
	`batch_id` text,
	`name` text NOT NULL,
	`qty_base` integer NOT NULL,
	`pack_size` integer NOT NULL,
	`base_unit` text NOT NULL,
	`amount_minor` integer NOT NULL,
	`tax_minor` integer NOT NULL,
	`tax_class_id` text NOT NULL,
	`tax_pct3` text NOT NULL,
	`place` text NOT NULL,
	FOREIGN KEY (`return_id`) REFERENCES `sale_return`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "sale_return_line_place_word" CHECK(place in ('shelf', 'quarantine', 'destruction')),
	CONSTRAINT "sale_return_line_qty" CHECK(qty_base > 0)
) STRICT;
--> statement-breakpoint
CREATE INDEX `sale_return_line_by_return_id` ON `sale_return_line` (`return_id`);--> statement-breakpoint
CREATE INDEX `sale_return_line_by_sale_line_id` ON `sale_return_line` (`sale_line_id`);--> statement-breakpoint
CREATE TABLE `sale_return_tax` (
	`id` text PRIMARY KEY NOT NULL,
	`return_id` text NOT NULL,
	`store_id` text NOT NULL,
	`tax_pct3` text NOT NULL,
	`base_minor` integer NOT NULL,
	`tax_minor` integer NOT NULL,
	`components_minor` text NOT NULL,
	FOREIGN KEY (`return_id`) REFERENCES `sale_return`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `sale_return_tax_by_return_id` ON `sale_return_tax` (`return_id`);--> statement-breakpoint
CREATE TABLE `shift` (
	`id` text PRIMARY KEY NOT NULL,
	`store_id` text NOT NULL,
	`till_id` text NOT NULL,
	`at` integer NOT NULL,
	`business_date` text NOT NULL,
	`actor_id` text NOT NULL,
	`kind` text NOT NULL,
	`float_minor` integer NOT NULL,
	`currency` text NOT NULL,
	CONSTRAINT "shift_kind_word" CHECK(kind in ('counted', 'automatic')),
	CONSTRAINT "shift_float" CHECK(float_minor >= 0)
) STRICT;
--> statement-breakpoint
CREATE INDEX `shift_by_till_id_at` ON `shift` (`till_id`,`at`);--> statement-breakpoint
CREATE TABLE `shift_close` (
	`id` text PRIMARY KEY NOT NULL,
	`store_id` text NOT NULL,
	`till_id` text NOT NULL,
	`shift_id` text NOT NULL,
	`z_no` text NOT NULL,
	`z_series` text NOT NULL,
	`z_n` integer NOT NULL,
	`at` integer NOT NULL,
	`business_date` text NOT NULL,
	`actor_id` text NOT NULL,
	`expected` text NOT NULL,
	`counted` text NOT NULL,
	`denominations` text NOT NULL,
	`variance_minor` integer NOT NULL,
	`reason` text,
	`left_minor` integer NOT NULL,
	`totals` text NOT NULL,
	`grand_total_minor` integer NOT NULL,
	`chain_head` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `shift_close_by_shift_id` ON `shift_close` (`shift_id`);--> statement-breakpoint
CREATE INDEX `shift_close_by_till_id_at` ON `shift_close` (`till_id`,`at`);--> statement-breakpoint
CREATE INDEX `shift_close_by_z_series_z_n` ON `shift_close` (`z_series`,`z_n`);--> statement-breakpoint
CREATE TABLE `tax_invoice` (
	`id` text PRIMARY KEY NOT NULL,
	`store_id` text NOT NULL,
	`till_id` text NOT NULL,
	`sale_id` text NOT NULL,
	`invoice_no` text NOT NULL,
	`invoice_series` text NOT NULL,
	`invoice_n` integer NOT NULL,
	`at` integer NOT NULL,
	`business_date` text NOT NULL,
	`actor_id` text NOT NULL,
	`customer_id` text,
	`buyer_name` text NOT NULL,
	`buyer_address` text NOT NULL,
	`buyer_tax_number` text
) STRICT;
--> statement-breakpoint
CREATE INDEX `tax_invoice_by_sale_id` ON `tax_invoice` (`sale_id`);--> statement-breakpoint
CREATE INDEX `tax_invoice_by_invoice_series_invoice_n` ON `tax_invoice` (`invoice_series`,`invoice_n`);--> statement-breakpoint
CREATE TABLE `voucher_entry` (
	`id` text PRIMARY KEY NOT NULL,
	`store_id` text NOT NULL,
	`till_id` text NOT NULL,
	`code` text NOT NULL,
	`kind` text NOT NULL,
	`amount_minor` integer NOT NULL,
	`expires_on` text,
	`document_id` text,
	`at` integer NOT NULL,
	`business_date` text NOT NULL,
	`actor_id` text NOT NULL,
	CONSTRAINT "voucher_entry_kind_word" CHECK(kind in ('issue', 'redeem', 'refund', 'expire'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `voucher_entry_by_code` ON `voucher_entry` (`code`);--> statement-breakpoint
CREATE TABLE `__new_tender` (
	`id` text PRIMARY KEY NOT NULL,
	`sale_id` text NOT NULL,
	`store_id` text NOT NULL,
	`line_no` integer NOT NULL,
	`kind` text NOT NULL,
	`amount_minor` integer NOT NULL,
	`reference` text,
	`authorised_at` integer,
	FOREIGN KEY (`sale_id`) REFERENCES `sale`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "tender_kind_word" CHECK(kind in ('cash', 'card', 'mobile', 'account', 'voucher', 'exchange')),
	CONSTRAINT "tender_amount" CHECK(amount_minor >= 0)
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_tender`("id", "sale_id", "store_id", "line_no", "kind", "amount_minor", "reference", "authorised_at") SELECT "id", "sale_id", "store_id", "line_no", "kind", "amount_minor", "reference", "authorised_at" FROM `tender`;--> statement-breakpoint
DROP TABLE `tender`;--> statement-breakpoint
ALTER TABLE `__new_tender` RENAME TO `tender`;--> statement-breakpoint
CREATE INDEX `tender_by_sale_id` ON `tender` (`sale_id`);--> statement-breakpoint
ALTER TABLE `medicine` ADD `sold_as` text;--> statement-breakpoint
ALTER TABLE `sale` ADD `shift_id` text;--> statement-breakpoint
ALTER TABLE `sale` ADD `customer_id` text;--> statement-breakpoint
ALTER TABLE `sale` ADD `note` text;--> statement-breakpoint
ALTER TABLE `sale` ADD `tax_exemption` text;--> statement-breakpoint
ALTER TABLE `sale_line` ADD `note` text;