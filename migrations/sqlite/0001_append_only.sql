-- Facts are written once: a correction is a new fact.
CREATE TRIGGER stock_movement_no_update BEFORE UPDATE ON stock_movement BEGIN SELECT RAISE(ABORT, 'facts are append-only: stock_movement'); END;
--> statement-breakpoint
CREATE TRIGGER stock_movement_no_delete BEFORE DELETE ON stock_movement BEGIN SELECT RAISE(ABORT, 'facts are append-only: stock_movement'); END;
--> statement-breakpoint
CREATE TRIGGER batch_decision_no_update BEFORE UPDATE ON batch_decision BEGIN SELECT RAISE(ABORT, 'facts are append-only: batch_decision'); END;
--> statement-breakpoint
CREATE TRIGGER batch_decision_no_delete BEFORE DELETE ON batch_decision BEGIN SELECT RAISE(ABORT, 'facts are append-only: batch_decision'); END;
--> statement-breakpoint
CREATE TRIGGER sale_no_update BEFORE UPDATE ON sale BEGIN SELECT RAISE(ABORT, 'facts are append-only: sale'); END;
--> statement-breakpoint
CREATE TRIGGER sale_no_delete BEFORE DELETE ON sale BEGIN SELECT RAISE(ABORT, 'facts are append-only: sale'); END;
--> statement-breakpoint
CREATE TRIGGER sale_line_no_update BEFORE UPDATE ON sale_line BEGIN SELECT RAISE(ABORT, 'facts are append-only: sale_line'); END;
--> statement-breakpoint
CREATE TRIGGER sale_line_no_delete BEFORE DELETE ON sale_line BEGIN SELECT RAISE(ABORT, 'facts are append-only: sale_line'); END;
--> statement-breakpoint
CREATE TRIGGER sale_tax_no_update BEFORE UPDATE ON sale_tax BEGIN SELECT RAISE(ABORT, 'facts are append-only: sale_tax'); END;
--> statement-breakpoint
CREATE TRIGGER sale_tax_no_delete BEFORE DELETE ON sale_tax BEGIN SELECT RAISE(ABORT, 'facts are append-only: sale_tax'); END;
--> statement-breakpoint
CREATE TRIGGER tender_no_update BEFORE UPDATE ON tender BEGIN SELECT RAISE(ABORT, 'facts are append-only: tender'); END;
--> statement-breakpoint
CREATE TRIGGER tender_no_delete BEFORE DELETE ON tender BEGIN SELECT RAISE(ABORT, 'facts are append-only: tender'); END;
--> statement-breakpoint
CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry BEGIN SELECT RAISE(ABORT, 'facts are append-only: audit_entry'); END;
--> statement-breakpoint
CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry BEGIN SELECT RAISE(ABORT, 'facts are append-only: audit_entry'); END;
--> statement-breakpoint
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is kept for ever'); END;
--> statement-breakpoint
CREATE TRIGGER journal_text_fixed BEFORE UPDATE OF inc, dseq, scope, type, hlc, text, hash, sig ON journal BEGIN SELECT RAISE(ABORT, 'a signed changeset is never rewritten'); END;
