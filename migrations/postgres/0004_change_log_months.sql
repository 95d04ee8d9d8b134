-- A changeset of a sale is about 3 KB: kept in the row as it is, instead of being compressed and moved out at 2 KB (a
-- sixth of intake's time). The option is a partition's own.
ALTER TABLE change_log_default SET (toast_tuple_target = 8160);
--> statement-breakpoint
-- Makes the partition of a month of arrival, if it is not there. Called ahead of time: the default partition catches
-- what comes without one, and a month that has rows there stays there.
CREATE FUNCTION open_change_log_month(month timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  first timestamptz := date_trunc('month', month AT TIME ZONE 'UTC') AT TIME ZONE 'UTC';
  following timestamptz := (date_trunc('month', month AT TIME ZONE 'UTC') + interval '1 month') AT TIME ZONE 'UTC';
  name text := 'change_log_' || to_char(first AT TIME ZONE 'UTC', 'YYYY_MM');
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('open_change_log_month', 0));
  IF to_regclass(name) IS NULL AND NOT EXISTS (SELECT 1 FROM change_log_default WHERE at >= first AND at < following) THEN
    EXECUTE format('CREATE TABLE %I PARTITION OF change_log FOR VALUES FROM (%L) TO (%L)', name, first, following);
    EXECUTE format('ALTER TABLE %I SET (toast_tuple_target = 8160)', name);
  END IF;
END $$;
