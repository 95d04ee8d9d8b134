CREATE TRIGGER quarantine_decision_no_update BEFORE UPDATE ON quarantine_decision BEGIN SELECT RAISE(ABORT, 'facts are append-only: quarantine_decision'); END;
--> statement-breakpoint
CREATE TRIGGER quarantine_decision_no_delete BEFORE DELETE ON quarantine_decision BEGIN SELECT RAISE(ABORT, 'facts are append-only: quarantine_decision'); END;
--> statement-breakpoint
CREATE TRIGGER erasure_no_update BEFORE UPDATE ON erasure BEGIN SELECT RAISE(ABORT, 'facts are append-only: erasure'); END;
--> statement-breakpoint
CREATE TRIGGER erasure_no_delete BEFORE DELETE ON erasure BEGIN SELECT RAISE(ABORT, 'facts are append-only: erasure'); END;
