-- An erasure destroys its subject's key in the transaction that takes the fact in, whoever writes it. A key that never
-- came leaves its place marked, so that it is not accepted when it comes late.
CREATE FUNCTION destroy_subject_key() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE now_ms bigint := (extract(epoch FROM clock_timestamp()) * 1000)::bigint;
BEGIN
  INSERT INTO subject_key AS kept (subject_id, key, made_at, destroyed_at)
  VALUES (NEW.subject_id, NULL, now_ms, now_ms)
  ON CONFLICT (subject_id) DO UPDATE SET key = NULL, destroyed_at = coalesce(kept.destroyed_at, excluded.destroyed_at);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER erasure_destroys_key AFTER INSERT ON erasure FOR EACH ROW EXECUTE FUNCTION destroy_subject_key();
--> statement-breakpoint
-- Destroyed once is destroyed for ever: also where somebody puts an old backup of the keys back.
CREATE FUNCTION keep_key_destroyed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.key IS NOT NULL AND EXISTS (SELECT 1 FROM erasure WHERE subject_id = NEW.subject_id) THEN
    NEW.key := NULL;
    NEW.destroyed_at := coalesce(NEW.destroyed_at, (extract(epoch FROM clock_timestamp()) * 1000)::bigint);
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER subject_key_stays_destroyed BEFORE INSERT OR UPDATE ON subject_key FOR EACH ROW EXECUTE FUNCTION keep_key_destroyed();
--> statement-breakpoint
ALTER TABLE subject_key ADD CONSTRAINT subject_key_or_destroyed CHECK ((key IS NULL) = (destroyed_at IS NOT NULL));
--> statement-breakpoint
INSERT INTO subject_key (subject_id, key, made_at, destroyed_at)
SELECT subject_id, NULL, min(at), min(at) FROM erasure GROUP BY subject_id
ON CONFLICT (subject_id) DO UPDATE SET key = NULL, destroyed_at = coalesce(subject_key.destroyed_at, excluded.destroyed_at);
