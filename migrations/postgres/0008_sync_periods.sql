CREATE TRIGGER quarantine_decision_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON quarantine_decision FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER erasure_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON erasure FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- Authority is judged as of the act, not as of arrival: who held which role since when is kept as it changes.
CREATE FUNCTION keep_staff_period() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO staff_period (staff_id, store_id, person_id, role_id, active, since)
  VALUES (NEW.id, NEW.store_id, NEW.person_id, NEW.role_id, NEW.active AND NOT NEW.deleted,
          (extract(epoch FROM clock_timestamp()) * 1000)::bigint)
  ON CONFLICT (staff_id, since) DO UPDATE SET role_id = excluded.role_id, active = excluded.active;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER staff_period AFTER INSERT OR UPDATE OF role_id, active, deleted ON staff FOR EACH ROW EXECUTE FUNCTION keep_staff_period();
--> statement-breakpoint
CREATE FUNCTION keep_role_period() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO role_period (role_id, permissions, since)
  VALUES (NEW.id, NEW.permissions, (extract(epoch FROM clock_timestamp()) * 1000)::bigint)
  ON CONFLICT (role_id, since) DO UPDATE SET permissions = excluded.permissions;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER role_period AFTER INSERT OR UPDATE OF permissions ON role FOR EACH ROW EXECUTE FUNCTION keep_role_period();
--> statement-breakpoint
INSERT INTO staff_period (staff_id, store_id, person_id, role_id, active, since)
SELECT id, store_id, person_id, role_id, active AND NOT deleted, 0 FROM staff;
--> statement-breakpoint
INSERT INTO role_period (role_id, permissions, since) SELECT id, permissions, 0 FROM role;
--> statement-breakpoint
INSERT INTO hq_epoch (epoch, since, why)
SELECT epoch, (extract(epoch FROM clock_timestamp()) * 1000)::bigint, 'migrated' FROM hq_identity;
