CREATE TABLE "stock_elsewhere" (
	"id" text PRIMARY KEY NOT NULL,
	"held" jsonb NOT NULL,
	"deleted" boolean NOT NULL,
	"stamps" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "stock_elsewhere_store" (
	"id" text PRIMARY KEY NOT NULL,
	"as_of" bigint NOT NULL,
	"deleted" boolean NOT NULL,
	"stamps" jsonb NOT NULL
);
