CREATE TABLE `stock_elsewhere` (
	`id` text PRIMARY KEY NOT NULL,
	`held` text NOT NULL,
	`deleted` integer NOT NULL,
	`stamps` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `stock_elsewhere_store` (
	`id` text PRIMARY KEY NOT NULL,
	`as_of` integer NOT NULL,
	`deleted` integer NOT NULL,
	`stamps` text NOT NULL
) STRICT;
