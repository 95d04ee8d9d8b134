ALTER TABLE "on_hand" DROP CONSTRAINT "on_hand_pkey";--> statement-breakpoint
ALTER TABLE "on_hand" ADD CONSTRAINT "on_hand_store_id_batch_id_pk" PRIMARY KEY("store_id","batch_id");
