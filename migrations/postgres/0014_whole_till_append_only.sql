-- Facts are written once.
CREATE TRIGGER cash_movement_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON cash_movement FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER shift_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON shift FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER shift_close_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON shift_close FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER sale_return_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON sale_return FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER sale_return_line_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON sale_return_line FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER sale_return_tax_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON sale_return_tax FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER refund_tender_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON refund_tender FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER held_sale_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON held_sale FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER held_end_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON held_end FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER card_attempt_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON card_attempt FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER card_outcome_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON card_outcome FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER account_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON account_entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER voucher_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON voucher_entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER foreign_cash_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON foreign_cash FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER loyalty_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON loyalty_entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER discount_note_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON discount_note FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER tax_invoice_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON tax_invoice FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER fiscal_signature_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON fiscal_signature FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE INDEX sale_of_customer ON sale (customer_id) WHERE customer_id IS NOT NULL;
