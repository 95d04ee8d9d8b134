-- What was sold twice is looked for often and is seldom there.
CREATE INDEX on_hand_below_zero ON on_hand (batch_id) WHERE qty_base < 0;
--> statement-breakpoint
CREATE INDEX stock_movement_swaps ON stock_movement (batch_id) WHERE reason = 'batch-swap';
