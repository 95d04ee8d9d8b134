-- Medicine search. Everything here is derived from medicine, pack and pack_code, kept by desktop/till/catalog/search-index.ts
-- in the transaction of the catalogue change, and can be rebuilt at any time.
CREATE TABLE `search_pack` (
	`id` integer PRIMARY KEY NOT NULL,
	`pack_id` text NOT NULL,
	`medicine_id` text NOT NULL,
	`brand_key` text NOT NULL,
	`pack_size` integer NOT NULL,
	`withdrawn` integer NOT NULL,
	`words` text NOT NULL,
	`codes` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `search_pack_by_pack_id` ON `search_pack` (`pack_id`);
--> statement-breakpoint
CREATE INDEX `search_pack_by_brand_key` ON `search_pack` (`brand_key`, `pack_size`);
--> statement-breakpoint
-- Names alone: strengths and forms are so common that they would make every prefix list long.
CREATE VIRTUAL TABLE `search_name` USING fts5(brand, generic, content='', contentless_delete=1, detail='column', prefix='2 3', tokenize="unicode61 remove_diacritics 2 categories 'L* M* N* Co'");
--> statement-breakpoint
CREATE VIRTUAL TABLE `search_code` USING fts5(codes, content='', contentless_delete=1, tokenize='trigram');
--> statement-breakpoint
-- Words met in forms and labels: a query word that begins one of them asks for a form, not for a name.
CREATE TABLE `search_form` (`word` text PRIMARY KEY NOT NULL) STRICT, WITHOUT ROWID;
--> statement-breakpoint
-- The corrector's vocabulary, and for each pair of letters the terms that have it (32-bit little-endian ids).
CREATE TABLE `search_term` (
	`id` integer PRIMARY KEY NOT NULL,
	`term` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `search_term_by_term` ON `search_term` (`term`);
--> statement-breakpoint
CREATE TABLE `search_gram` (
	`gram` text PRIMARY KEY NOT NULL,
	`terms` blob NOT NULL
) STRICT;
--> statement-breakpoint
-- A rebuild under way: one row, so that a till stopped in the middle goes on where it was.
CREATE TABLE `search_rebuild` (
	`one` integer PRIMARY KEY NOT NULL CHECK (`one` = 1),
	`stage` text NOT NULL CHECK (`stage` in ('packs', 'terms')),
	`after_id` text NOT NULL,
	`done` integer NOT NULL,
	`total` integer NOT NULL
) STRICT;
