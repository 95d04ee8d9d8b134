-- What the back office searches a medicine by, folded once when it is written (lower case, without accents) and not at
-- every keystroke. The letters are those of the languages of the registers HQ reads; `fold` of shared/catalog does the
-- same to what is typed.
ALTER TABLE medicine ADD COLUMN search text GENERATED ALWAYS AS (
  replace(replace(translate(
    lower(brand || ' ' || generics::text || ' ' || form || ' ' || holder),
    'àáâãäåāăąçćčďèéêëēėęěìíîïīįłñńňòóôõöøōőřśšșťțùúûüūůűýÿžźż',
    'aaaaaaaaacccdeeeeeeeeiiiiiilnnnoooooooorsssttuuuuuuuyyzzz'
  ), 'œ', 'oe'), 'æ', 'ae')
) STORED;
--> statement-breakpoint
-- Codes are found by how they begin, whatever the database's collation.
CREATE INDEX pack_code_by_prefix ON pack_code (code text_pattern_ops);
