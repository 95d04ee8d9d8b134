-- The stores a device has stood in: what it made before it was moved, and had not sent, is still taken.
CREATE TABLE device_store (device text NOT NULL, store_id text NOT NULL, since bigint NOT NULL, PRIMARY KEY (device, store_id));
--> statement-breakpoint
CREATE FUNCTION keep_device_store() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO device_store (device, store_id, since)
  VALUES (NEW.id, NEW.store_id, (extract(epoch FROM clock_timestamp()) * 1000)::bigint) ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER device_store AFTER INSERT OR UPDATE OF store_id ON device FOR EACH ROW EXECUTE FUNCTION keep_device_store();
--> statement-breakpoint
INSERT INTO device_store (device, store_id, since) SELECT id, store_id, 0 FROM device;
