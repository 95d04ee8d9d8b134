-- A shift sums its sales at every X.
CREATE INDEX sale_of_shift ON sale (shift_id);
