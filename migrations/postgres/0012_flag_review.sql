DROP INDEX "flag_by_at";--> statement-breakpoint
ALTER TABLE "flag" ADD COLUMN "reviewed_at" bigint;--> statement-breakpoint
ALTER TABLE "flag" ADD COLUMN "reviewed_by" text;--> statement-breakpoint
CREATE INDEX "flag_to_review" ON "flag" USING btree ("at","id") WHERE "flag"."reviewed_at" is null;