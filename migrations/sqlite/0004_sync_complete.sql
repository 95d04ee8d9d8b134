CREATE TABLE `customer` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`phone` text,
	`email` text,
	`address` text,
	`note` text,
	`consent` integer NOT NULL,
	`merged_into` text,
	`created_at` integer NOT NULL,
	`deleted` integer NOT NULL,
	`stamps` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `erasure` (
	`id` text PRIMARY KEY NOT NULL,
	`subject_id` text NOT NULL,
	`at` integer NOT NULL,
	`actor_id` text NOT NULL,
	`reason` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `erasure_by_subject_id` ON `erasure` (`subject_id`);--> statement-breakpoint
CREATE TABLE `quarantine_decision` (
	`id` text PRIMARY KEY NOT NULL,
	`store_id` text NOT NULL,
	`device` text NOT NULL,
	`inc` integer NOT NULL,
	`dseq` integer NOT NULL,
	`decision` text NOT NULL,
	`reason` text NOT NULL,
	`at` integer NOT NULL,
	`actor_id` text NOT NULL,
	CONSTRAINT "quarantine_decision_decision_word" CHECK(decision in ('retried', 'dismissed'))
) STRICT;
--> statement-breakpoint
CREATE TABLE `chain_at` (
	`scope` text NOT NULL,
	`device` text NOT NULL,
	`inc` integer NOT NULL,
	`dseq` integer NOT NULL,
	PRIMARY KEY(`scope`, `device`, `inc`)
) STRICT;
--> statement-breakpoint
CREATE TABLE `held_change` (
	`scope` text NOT NULL,
	`device` text NOT NULL,
	`inc` integer NOT NULL,
	`dseq` integer NOT NULL,
	`seq` integer NOT NULL,
	`text` text NOT NULL,
	`hash` text NOT NULL,
	`sig` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`device`, `inc`, `dseq`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `held_by_time` ON `held_change` (`at`);--> statement-breakpoint
CREATE TABLE `pending_change` (
	`device` text NOT NULL,
	`inc` integer NOT NULL,
	`dseq` integer NOT NULL,
	`scope` text NOT NULL,
	`text` text NOT NULL,
	`hash` text NOT NULL,
	`sig` text NOT NULL,
	PRIMARY KEY(`device`, `inc`, `dseq`)
) STRICT;
--> statement-breakpoint
CREATE TABLE `uncounted` (
	`movement_id` text PRIMARY KEY NOT NULL
) STRICT;
--> statement-breakpoint
ALTER TABLE `cursor` ADD `digest` text DEFAULT '0000000000000000' NOT NULL;--> statement-breakpoint
ALTER TABLE `journal` ADD `detail` text;