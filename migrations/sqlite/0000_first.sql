CREATE TABLE `audit_entry` (
	`id` text PRIMARY KEY NOT NULL,
	`store_id` text NOT NULL,
	`till_id` text,
	`at` integer NOT NULL,
	`business_date` text NOT NULL,
	`actor_id` text NOT NULL,
	`action` text NOT NULL,
	`subject_id` text,
	`reason` text,
	`details` text
) STRICT;
--> statement-breakpoint
CREATE INDEX `audit_entry_by_at` ON `audit_entry` (`at`);--> statement-breakpoint
CREATE TABLE `batch` (
	`id` text PRIMARY KEY NOT NULL,
	`store_id` text NOT NULL,
	`pack_id` text NOT NULL,
	`code` text NOT NULL,
	`expires_on` text NOT NULL,
	`received_at` integer NOT NULL,
	`cost_minor` integer NOT NULL,
	`cost_qty_base` integer NOT NULL,
	`pack_price_minor` integer,
	`deleted` integer NOT NULL,
	`stamps` text NOT NULL,
	CONSTRAINT "batch_cost" CHECK(cost_minor >= 0 and cost_qty_base > 0)
) STRICT;
--> statement-breakpoint
CREATE INDEX `batch_by_pack_id` ON `batch` (`pack_id`);--> statement-breakpoint
CREATE TABLE `batch_decision` (
	`id` text PRIMARY KEY NOT NULL,
	`store_id` text NOT NULL,
	`batch_id` text NOT NULL,
	`kind` text NOT NULL,
	`ends_id` text,
	`reason` text NOT NULL,
	`at` integer NOT NULL,
	`business_date` text NOT NULL,
	`actor_id` text NOT NULL,
	CONSTRAINT "batch_decision_kind_word" CHECK(kind in ('quarantine', 'release', 'recall', 'lift'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `batch_decision_by_batch_id` ON `batch_decision` (`batch_id`);--> statement-breakpoint
CREATE TABLE `device` (
	`id` text PRIMARY KEY NOT NULL,
	`till_id` text NOT NULL,
	`store_id` text NOT NULL,
	`public_key` text NOT NULL,
	`inc` integer NOT NULL,
	`enrolled_at` integer NOT NULL,
	`revoked` integer NOT NULL,
	`deleted` integer NOT NULL,
	`stamps` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `device_by_till_id` ON `device` (`till_id`);--> statement-breakpoint
CREATE TABLE `medicine` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`brand` text NOT NULL,
	`generics` text NOT NULL,
	`form` text NOT NULL,
	`route` text NOT NULL,
	`holder` text NOT NULL,
	`schedule_class` text NOT NULL,
	`tall_man` text NOT NULL,
	`generic_group` text NOT NULL,
	`discount_allowed` integer NOT NULL,
	`register_ref` text NOT NULL,
	`deleted` integer NOT NULL,
	`stamps` text NOT NULL,
	CONSTRAINT "medicine_kind_word" CHECK(kind in ('medicine', 'article')),
	CONSTRAINT "medicine_schedule_class_word" CHECK(schedule_class in ('general', 'pharmacist', 'prescription', 'controlled'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `medicine_by_register_ref` ON `medicine` (`register_ref`);--> statement-breakpoint
CREATE INDEX `medicine_by_generic_group` ON `medicine` (`generic_group`);--> statement-breakpoint
CREATE TABLE `org` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`signing_key` text NOT NULL,
	`recovery_key` text NOT NULL,
	`deleted` integer NOT NULL,
	`stamps` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `pack` (
	`id` text PRIMARY KEY NOT NULL,
	`medicine_id` text NOT NULL,
	`label` text NOT NULL,
	`pack_size` integer NOT NULL,
	`base_unit` text NOT NULL,
	`breakable` integer NOT NULL,
	`tax_class_id` text NOT NULL,
	`status` text NOT NULL,
	`register_ref` text NOT NULL,
	`deleted` integer NOT NULL,
	`stamps` text NOT NULL,
	CONSTRAINT "pack_status_word" CHECK(status in ('active', 'withdrawn')),
	CONSTRAINT "pack_size" CHECK(pack_size > 0)
) STRICT;
--> statement-breakpoint
CREATE INDEX `pack_by_medicine_id` ON `pack` (`medicine_id`);--> statement-breakpoint
CREATE INDEX `pack_by_register_ref` ON `pack` (`register_ref`);--> statement-breakpoint
CREATE TABLE `pack_code` (
	`id` text PRIMARY KEY NOT NULL,
	`pack_id` text NOT NULL,
	`code` text NOT NULL,
	`deleted` integer NOT NULL,
	`stamps` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `pack_code_by_code` ON `pack_code` (`code`);--> statement-breakpoint
CREATE INDEX `pack_code_by_pack_id` ON `pack_code` (`pack_id`);--> statement-breakpoint
CREATE TABLE `person` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`short_name` text NOT NULL,
	`language` text,
	`active` integer NOT NULL,
	`deleted` integer NOT NULL,
	`stamps` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `price` (
	`id` text PRIMARY KEY NOT NULL,
	`pack_id` text NOT NULL,
	`store_id` text,
	`price_minor` integer NOT NULL,
	`valid_from` text NOT NULL,
	`deleted` integer NOT NULL,
	`stamps` text NOT NULL,
	CONSTRAINT "price_amount" CHECK(price_minor >= 0)
) STRICT;
--> statement-breakpoint
CREATE INDEX `price_by_pack_id` ON `price` (`pack_id`);--> statement-breakpoint
CREATE TABLE `role` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`permissions` text NOT NULL,
	`deleted` integer NOT NULL,
	`stamps` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `sale` (
	`id` text PRIMARY KEY NOT NULL,
	`store_id` text NOT NULL,
	`till_id` text NOT NULL,
	`receipt_no` text NOT NULL,
	`receipt_series` text NOT NULL,
	`receipt_n` integer NOT NULL,
	`at` integer NOT NULL,
	`business_date` text NOT NULL,
	`cashier_id` text NOT NULL,
	`currency` text NOT NULL,
	`tax_mode` text NOT NULL,
	`line_count` integer NOT NULL,
	`discount_minor` integer NOT NULL,
	`tax_minor` integer NOT NULL,
	`total_minor` integer NOT NULL,
	`cash_rounding_minor` integer NOT NULL,
	`change_minor` integer NOT NULL,
	CONSTRAINT "sale_tax_mode_word" CHECK(tax_mode in ('inclusive', 'exclusive')),
	CONSTRAINT "sale_change" CHECK(change_minor >= 0)
) STRICT;
--> statement-breakpoint
CREATE INDEX `sale_by_business_date` ON `sale` (`business_date`);--> statement-breakpoint
CREATE INDEX `sale_by_receipt_series_receipt_n` ON `sale` (`receipt_series`,`receipt_n`);--> statement-breakpoint
CREATE INDEX `sale_by_at` ON `sale` (`at`);--> statement-breakpoint
CREATE TABLE `sale_line` (
	`id` text PRIMARY KEY NOT NULL,
	`sale_id` text NOT NULL,
	`store_id` text NOT NULL,
	`line_no` integer NOT NULL,
	`pack_id` text NOT NULL,
	`name` text NOT NULL,
	`schedule_class` text NOT NULL,
	`qty_base` integer NOT NULL,
	`pack_size` integer NOT NULL,
	`base_unit` text NOT NULL,
	`pack_price_minor` integer NOT NULL,
	`gross_minor` integer NOT NULL,
	`line_discount_minor` integer NOT NULL,
	`cart_discount_minor` integer NOT NULL,
	`amount_minor` integer NOT NULL,
	`tax_minor` integer NOT NULL,
	`tax_class_id` text NOT NULL,
	`tax_pct3` text NOT NULL,
	`discount_reason` text,
	FOREIGN KEY (`sale_id`) REFERENCES `sale`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "sale_line_schedule_class_word" CHECK(schedule_class in ('general', 'pharmacist', 'prescription', 'controlled')),
	CONSTRAINT "sale_line_qty" CHECK(qty_base > 0)
) STRICT;
--> statement-breakpoint
CREATE INDEX `sale_line_by_sale_id` ON `sale_line` (`sale_id`);--> statement-breakpoint
CREATE INDEX `sale_line_by_pack_id` ON `sale_line` (`pack_id`);--> statement-breakpoint
CREATE TABLE `sale_tax` (
	`id` text PRIMARY KEY NOT NULL,
	`sale_id` text NOT NULL,
	`store_id` text NOT NULL,
	`tax_pct3` text NOT NULL,
	`base_minor` integer NOT NULL,
	`tax_minor` integer NOT NULL,
	`components_minor` text NOT NULL,
	FOREIGN KEY (`sale_id`) REFERENCES `sale`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `sale_tax_by_sale_id` ON `sale_tax` (`sale_id`);--> statement-breakpoint
CREATE TABLE `setting` (
	`id` text PRIMARY KEY NOT NULL,
	`store_id` text,
	`key` text NOT NULL,
	`value` text NOT NULL,
	`deleted` integer NOT NULL,
	`stamps` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `setting_by_key` ON `setting` (`key`);--> statement-breakpoint
CREATE TABLE `staff` (
	`id` text PRIMARY KEY NOT NULL,
	`store_id` text NOT NULL,
	`person_id` text NOT NULL,
	`role_id` text NOT NULL,
	`pin_verifier` text,
	`active` integer NOT NULL,
	`deleted` integer NOT NULL,
	`stamps` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `staff_by_person_id` ON `staff` (`person_id`);--> statement-breakpoint
CREATE TABLE `stock_movement` (
	`id` text PRIMARY KEY NOT NULL,
	`store_id` text NOT NULL,
	`batch_id` text NOT NULL,
	`pack_id` text NOT NULL,
	`kind` text NOT NULL,
	`qty_base` integer NOT NULL,
	`document_id` text NOT NULL,
	`document_line` integer,
	`at` integer NOT NULL,
	`business_date` text NOT NULL,
	`actor_id` text NOT NULL,
	`reason` text,
	CONSTRAINT "stock_movement_kind_word" CHECK(kind in ('receive', 'sell', 'customerReturn', 'supplierReturn', 'adjust', 'dispose', 'transferOut', 'transferIn', 'count')),
	CONSTRAINT "stock_movement_moves" CHECK(qty_base <> 0)
) STRICT;
--> statement-breakpoint
CREATE INDEX `stock_movement_by_batch_id` ON `stock_movement` (`batch_id`);--> statement-breakpoint
CREATE INDEX `stock_movement_by_document_id` ON `stock_movement` (`document_id`);--> statement-breakpoint
CREATE TABLE `store` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`name` text NOT NULL,
	`address_lines` text NOT NULL,
	`licence` text NOT NULL,
	`tax_number` text NOT NULL,
	`receipt_footer` text NOT NULL,
	`zone` text NOT NULL,
	`day_start_hour` integer NOT NULL,
	`currency` text NOT NULL,
	`minor_digits` integer NOT NULL,
	`cash_step_minor` integer NOT NULL,
	`tax_mode` text NOT NULL,
	`min_shelf_life_days` integer NOT NULL,
	`language` text NOT NULL,
	`deleted` integer NOT NULL,
	`stamps` text NOT NULL,
	CONSTRAINT "store_tax_mode_word" CHECK(tax_mode in ('inclusive', 'exclusive')),
	CONSTRAINT "store_day_start" CHECK(day_start_hour between 0 and 23),
	CONSTRAINT "store_cash_step" CHECK(cash_step_minor > 0),
	CONSTRAINT "store_digits" CHECK(minor_digits between 0 and 4)
) STRICT;
--> statement-breakpoint
CREATE TABLE `tax_class` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`deleted` integer NOT NULL,
	`stamps` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `tax_rate` (
	`id` text PRIMARY KEY NOT NULL,
	`tax_class_id` text NOT NULL,
	`pct3` text NOT NULL,
	`valid_from` text NOT NULL,
	`deleted` integer NOT NULL,
	`stamps` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `tax_rate_by_tax_class_id` ON `tax_rate` (`tax_class_id`);--> statement-breakpoint
CREATE TABLE `tender` (
	`id` text PRIMARY KEY NOT NULL,
	`sale_id` text NOT NULL,
	`store_id` text NOT NULL,
	`line_no` integer NOT NULL,
	`kind` text NOT NULL,
	`amount_minor` integer NOT NULL,
	`reference` text,
	`authorised_at` integer,
	FOREIGN KEY (`sale_id`) REFERENCES `sale`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "tender_kind_word" CHECK(kind in ('cash', 'card', 'mobile', 'account', 'voucher')),
	CONSTRAINT "tender_amount" CHECK(amount_minor >= 0)
) STRICT;
--> statement-breakpoint
CREATE INDEX `tender_by_sale_id` ON `tender` (`sale_id`);--> statement-breakpoint
CREATE TABLE `till` (
	`id` text PRIMARY KEY NOT NULL,
	`store_id` text NOT NULL,
	`code` text NOT NULL,
	`name` text NOT NULL,
	`deleted` integer NOT NULL,
	`stamps` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `till_by_store_id` ON `till` (`store_id`);--> statement-breakpoint
CREATE TABLE `batch_state` (
	`batch_id` text PRIMARY KEY NOT NULL,
	`state` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `cart` (
	`id` text PRIMARY KEY NOT NULL,
	`content` text NOT NULL,
	`updated_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `counter` (
	`series` text PRIMARY KEY NOT NULL,
	`n` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `cursor` (
	`scope` text PRIMARY KEY NOT NULL,
	`seq` integer NOT NULL,
	`epoch` text NOT NULL,
	`at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `deferred_change` (
	`scope` text NOT NULL,
	`seq` integer NOT NULL,
	`type` text NOT NULL,
	`text` text NOT NULL,
	PRIMARY KEY(`scope`, `seq`)
) STRICT;
--> statement-breakpoint
CREATE TABLE `done_command` (
	`id` text PRIMARY KEY NOT NULL,
	`answer` text NOT NULL,
	`at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `identity` (
	`one` integer PRIMARY KEY NOT NULL,
	`device` text NOT NULL,
	`inc` integer NOT NULL,
	`dseq` integer NOT NULL,
	`head_hash` text NOT NULL,
	`hlc` text NOT NULL,
	`store_id` text NOT NULL,
	`till_id` text NOT NULL,
	`hq_url` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `journal` (
	`inc` integer NOT NULL,
	`dseq` integer NOT NULL,
	`scope` text NOT NULL,
	`type` text NOT NULL,
	`hlc` text NOT NULL,
	`text` text NOT NULL,
	`hash` text NOT NULL,
	`sig` text NOT NULL,
	`state` text NOT NULL,
	`reason` text,
	`made_at` integer NOT NULL,
	PRIMARY KEY(`inc`, `dseq`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `journal_by_state` ON `journal` (`state`,`inc`,`dseq`);--> statement-breakpoint
CREATE TABLE `on_hand` (
	`batch_id` text PRIMARY KEY NOT NULL,
	`pack_id` text NOT NULL,
	`qty_base` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `on_hand_by_pack` ON `on_hand` (`pack_id`);--> statement-breakpoint
CREATE TABLE `overlay_base` (
	`tbl` text NOT NULL,
	`row_id` text NOT NULL,
	`base` text NOT NULL,
	PRIMARY KEY(`tbl`, `row_id`)
) STRICT;
--> statement-breakpoint
CREATE TABLE `pending_write` (
	`tbl` text NOT NULL,
	`row_id` text NOT NULL,
	`device` text NOT NULL,
	`inc` integer NOT NULL,
	`dseq` integer NOT NULL,
	`hlc` text NOT NULL,
	`values` text NOT NULL,
	PRIMARY KEY(`tbl`, `row_id`, `device`, `inc`, `dseq`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `pending_by_origin` ON `pending_write` (`device`,`inc`,`dseq`);--> statement-breakpoint
CREATE TABLE `pin_throttle` (
	`person_id` text PRIMARY KEY NOT NULL,
	`failures` integer NOT NULL,
	`locked_until` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `preference` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `print_job` (
	`id` text PRIMARY KEY NOT NULL,
	`sale_id` text NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`doc` text NOT NULL,
	`attempts` integer NOT NULL,
	`error` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `print_job_by_state` ON `print_job` (`state`,`created_at`);