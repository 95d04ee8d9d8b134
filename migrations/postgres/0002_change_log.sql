-- The log of signed changesets, numbered densely per scope. Its columns are frozen for ever; `envelope` is the exact
-- signed text. Partitions are months of arrival, and Postgres wants a partition's column in the key: hence `at` in it.
-- (scope, seq) is unique all the same, because `seq` is given under the scope's lock.
CREATE TABLE change_log (
  scope text NOT NULL,
  seq bigint NOT NULL,
  epoch text NOT NULL,
  device text NOT NULL,
  inc integer NOT NULL,
  dseq bigint NOT NULL,
  type text NOT NULL,
  v integer NOT NULL,
  eff_hlc text NOT NULL,
  hash text NOT NULL,
  sig text NOT NULL,
  envelope text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (scope, seq, at)
) PARTITION BY RANGE (at);
--> statement-breakpoint
CREATE TABLE change_log_default PARTITION OF change_log DEFAULT;
--> statement-breakpoint
CREATE TRIGGER change_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON change_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
