ALTER TABLE `journal` ADD `subject_id` text;--> statement-breakpoint
CREATE INDEX `journal_by_subject` ON `journal` (`subject_id`);