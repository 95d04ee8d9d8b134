CREATE TABLE "customer" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"phone" text,
	"email" text,
	"address" text,
	"note" text,
	"consent" boolean NOT NULL,
	"merged_into" text,
	"created_at" bigint NOT NULL,
	"deleted" boolean NOT NULL,
	"stamps" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "erasure" (
	"id" text PRIMARY KEY NOT NULL,
	"subject_id" text NOT NULL,
	"at" bigint NOT NULL,
	"actor_id" text NOT NULL,
	"reason" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "quarantine_decision" (
	"id" text PRIMARY KEY NOT NULL,
	"store_id" text NOT NULL,
	"device" text NOT NULL,
	"inc" bigint NOT NULL,
	"dseq" bigint NOT NULL,
	"decision" text NOT NULL,
	"reason" text NOT NULL,
	"at" bigint NOT NULL,
	"actor_id" text NOT NULL,
	CONSTRAINT "quarantine_decision_decision_word" CHECK (decision in ('retried', 'dismissed'))
);
--> statement-breakpoint
CREATE TABLE "device_scope" (
	"device" text NOT NULL,
	"scope" text NOT NULL,
	"seq" bigint NOT NULL,
	"equal" boolean NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "device_scope_device_scope_pk" PRIMARY KEY("device","scope")
);
--> statement-breakpoint
CREATE TABLE "hq_epoch" (
	"epoch" text PRIMARY KEY NOT NULL,
	"since" bigint NOT NULL,
	"why" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "outage_bundle" (
	"id" text PRIMARY KEY NOT NULL,
	"device" text NOT NULL,
	"inc" integer NOT NULL,
	"changesets" integer NOT NULL,
	"accepted" integer NOT NULL,
	"duplicates" integer NOT NULL,
	"refused" integer NOT NULL,
	"at" bigint NOT NULL,
	"actor" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "role_period" (
	"role_id" text NOT NULL,
	"permissions" jsonb NOT NULL,
	"since" bigint NOT NULL,
	CONSTRAINT "role_period_role_id_since_pk" PRIMARY KEY("role_id","since")
);
--> statement-breakpoint
CREATE TABLE "scope_digest" (
	"scope" text NOT NULL,
	"seq" bigint NOT NULL,
	"digest" text NOT NULL,
	CONSTRAINT "scope_digest_scope_seq_pk" PRIMARY KEY("scope","seq")
);
--> statement-breakpoint
CREATE TABLE "staff_period" (
	"staff_id" text NOT NULL,
	"store_id" text NOT NULL,
	"person_id" text NOT NULL,
	"role_id" text NOT NULL,
	"active" boolean NOT NULL,
	"since" bigint NOT NULL,
	CONSTRAINT "staff_period_staff_id_since_pk" PRIMARY KEY("staff_id","since")
);
--> statement-breakpoint
CREATE TABLE "subject_key" (
	"subject_id" text PRIMARY KEY NOT NULL,
	"key" text,
	"made_at" bigint NOT NULL,
	"destroyed_at" bigint
);
--> statement-breakpoint
ALTER TABLE "device_contact" ADD COLUMN "skew_ms" bigint;--> statement-breakpoint
ALTER TABLE "quarantine" ADD COLUMN "decided_at" bigint;--> statement-breakpoint
ALTER TABLE "quarantine" ADD COLUMN "decided_by" text;--> statement-breakpoint
ALTER TABLE "quarantine" ADD COLUMN "decided_why" text;--> statement-breakpoint
CREATE INDEX "erasure_by_subject_id" ON "erasure" USING btree ("subject_id");--> statement-breakpoint
CREATE INDEX "staff_period_by_person" ON "staff_period" USING btree ("person_id");