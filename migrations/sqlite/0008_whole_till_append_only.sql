-- Facts are written once; tender was made anew for a word of its kind, so its triggers are too.
CREATE TRIGGER tender_no_update BEFORE UPDATE ON tender BEGIN SELECT RAISE(ABORT, 'facts are append-only: tender'); END;
--> statement-breakpoint
CREATE TRIGGER tender_no_delete BEFORE DELETE ON tender BEGIN SELECT RAISE(ABORT, 'facts are append-only: tender'); END;
--> statement-breakpoint
CREATE TRIGGER cash_movement_no_update BEFORE UPDATE ON cash_movement BEGIN SELECT RAISE(ABORT, 'facts are append-only: cash_movement'); END;
--> statement-breakpoint
CREATE TRIGGER cash_movement_no_delete BEFORE DELETE ON cash_movement BEGIN SELECT RAISE(ABORT, 'facts are append-only: cash_movement'); END;
--> statement-breakpoint
CREATE TRIGGER shift_no_update BEFORE UPDATE ON shift BEGIN SELECT RAISE(ABORT, 'facts are append-only: shift'); END;
--> statement-breakpoint
CREATE TRIGGER shift_no_delete BEFORE DELETE ON shift BEGIN SELECT RAISE(ABORT, 'facts are append-only: shift'); END;
--> statement-breakpoint
CREATE TRIGGER shift_close_no_update BEFORE UPDATE ON shift_close BEGIN SELECT RAISE(ABORT, 'facts are append-only: shift_close'); END;
--> statement-breakpoint
CREATE TRIGGER shift_close_no_delete BEFORE DELETE ON shift_close BEGIN SELECT RAISE(ABORT, 'facts are append-only: shift_close'); END;
--> statement-breakpoint
CREATE TRIGGER sale_return_no_update BEFORE UPDATE ON sale_return BEGIN SELECT RAISE(ABORT, 'facts are append-only: sale_return'); END;
--> statement-breakpoint
CREATE TRIGGER sale_return_no_delete BEFORE DELETE ON sale_return BEGIN SELECT RAISE(ABORT, 'facts are append-only: sale_return'); END;
--> statement-breakpoint
CREATE TRIGGER sale_return_line_no_update BEFORE UPDATE ON sale_return_line BEGIN SELECT RAISE(ABORT, 'facts are append-only: sale_return_line'); END;
--> statement-breakpoint
CREATE TRIGGER sale_return_line_no_delete BEFORE DELETE ON sale_return_line BEGIN SELECT RAISE(ABORT, 'facts are append-only: sale_return_line'); END;
--> statement-breakpoint
CREATE TRIGGER sale_return_tax_no_update BEFORE UPDATE ON sale_return_tax BEGIN SELECT RAISE(ABORT, 'facts are append-only: sale_return_tax'); END;
--> statement-breakpoint
CREATE TRIGGER sale_return_tax_no_delete BEFORE DELETE ON sale_return_tax BEGIN SELECT RAISE(ABORT, 'facts are append-only: sale_return_tax'); END;
--> statement-breakpoint
CREATE TRIGGER refund_tender_no_update BEFORE UPDATE ON refund_tender BEGIN SELECT RAISE(ABORT, 'facts are append-only: refund_tender'); END;
--> statement-breakpoint
CREATE TRIGGER refund_tender_no_delete BEFORE DELETE ON refund_tender BEGIN SELECT RAISE(ABORT, 'facts are append-only: refund_tender'); END;
--> statement-breakpoint
CREATE TRIGGER held_sale_no_update BEFORE UPDATE ON held_sale BEGIN SELECT RAISE(ABORT, 'facts are append-only: held_sale'); END;
--> statement-breakpoint
CREATE TRIGGER held_sale_no_delete BEFORE DELETE ON held_sale BEGIN SELECT RAISE(ABORT, 'facts are append-only: held_sale'); END;
--> statement-breakpoint
CREATE TRIGGER held_end_no_update BEFORE UPDATE ON held_end BEGIN SELECT RAISE(ABORT, 'facts are append-only: held_end'); END;
--> statement-breakpoint
CREATE TRIGGER held_end_no_delete BEFORE DELETE ON held_end BEGIN SELECT RAISE(ABORT, 'facts are append-only: held_end'); END;
--> statement-breakpoint
CREATE TRIGGER card_attempt_no_update BEFORE UPDATE ON card_attempt BEGIN SELECT RAISE(ABORT, 'facts are append-only: card_attempt'); END;
--> statement-breakpoint
CREATE TRIGGER card_attempt_no_delete BEFORE DELETE ON card_attempt BEGIN SELECT RAISE(ABORT, 'facts are append-only: card_attempt'); END;
--> statement-breakpoint
CREATE TRIGGER card_outcome_no_update BEFORE UPDATE ON card_outcome BEGIN SELECT RAISE(ABORT, 'facts are append-only: card_outcome'); END;
--> statement-breakpoint
CREATE TRIGGER card_outcome_no_delete BEFORE DELETE ON card_outcome BEGIN SELECT RAISE(ABORT, 'facts are append-only: card_outcome'); END;
--> statement-breakpoint
CREATE TRIGGER account_entry_no_update BEFORE UPDATE ON account_entry BEGIN SELECT RAISE(ABORT, 'facts are append-only: account_entry'); END;
--> statement-breakpoint
CREATE TRIGGER account_entry_no_delete BEFORE DELETE ON account_entry BEGIN SELECT RAISE(ABORT, 'facts are append-only: account_entry'); END;
--> statement-breakpoint
CREATE TRIGGER voucher_entry_no_update BEFORE UPDATE ON voucher_entry BEGIN SELECT RAISE(ABORT, 'facts are append-only: voucher_entry'); END;
--> statement-breakpoint
CREATE TRIGGER voucher_entry_no_delete BEFORE DELETE ON voucher_entry BEGIN SELECT RAISE(ABORT, 'facts are append-only: voucher_entry'); END;
--> statement-breakpoint
CREATE TRIGGER foreign_cash_no_update BEFORE UPDATE ON foreign_cash BEGIN SELECT RAISE(ABORT, 'facts are append-only: foreign_cash'); END;
--> statement-breakpoint
CREATE TRIGGER foreign_cash_no_delete BEFORE DELETE ON foreign_cash BEGIN SELECT RAISE(ABORT, 'facts are append-only: foreign_cash'); END;
--> statement-breakpoint
CREATE TRIGGER loyalty_entry_no_update BEFORE UPDATE ON loyalty_entry BEGIN SELECT RAISE(ABORT, 'facts are append-only: loyalty_entry'); END;
--> statement-breakpoint
CREATE TRIGGER loyalty_entry_no_delete BEFORE DELETE ON loyalty_entry BEGIN SELECT RAISE(ABORT, 'facts are append-only: loyalty_entry'); END;
--> statement-breakpoint
CREATE TRIGGER discount_note_no_update BEFORE UPDATE ON discount_note BEGIN SELECT RAISE(ABORT, 'facts are append-only: discount_note'); END;
--> statement-breakpoint
CREATE TRIGGER discount_note_no_delete BEFORE DELETE ON discount_note BEGIN SELECT RAISE(ABORT, 'facts are append-only: discount_note'); END;
--> statement-breakpoint
CREATE TRIGGER tax_invoice_no_update BEFORE UPDATE ON tax_invoice BEGIN SELECT RAISE(ABORT, 'facts are append-only: tax_invoice'); END;
--> statement-breakpoint
CREATE TRIGGER tax_invoice_no_delete BEFORE DELETE ON tax_invoice BEGIN SELECT RAISE(ABORT, 'facts are append-only: tax_invoice'); END;
--> statement-breakpoint
CREATE TRIGGER fiscal_signature_no_update BEFORE UPDATE ON fiscal_signature BEGIN SELECT RAISE(ABORT, 'facts are append-only: fiscal_signature'); END;
--> statement-breakpoint
CREATE TRIGGER fiscal_signature_no_delete BEFORE DELETE ON fiscal_signature BEGIN SELECT RAISE(ABORT, 'facts are append-only: fiscal_signature'); END;
--> statement-breakpoint
CREATE INDEX sale_of_customer ON sale (customer_id) WHERE customer_id IS NOT NULL;
