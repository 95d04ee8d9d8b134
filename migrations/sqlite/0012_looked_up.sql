CREATE INDEX `voucher_entry_by_document_id` ON `voucher_entry` (`document_id`);--> statement-breakpoint
CREATE INDEX `done_command_by_at` ON `done_command` (`at`);--> statement-breakpoint
CREATE INDEX `print_job_by_time` ON `print_job` (`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `print_job_by_sale` ON `print_job` (`sale_id`,`created_at`);