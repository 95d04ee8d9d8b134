import type { FieldMap } from './import-profile.ts';

/** What a field map makes of a text, and whether only its `unknown` had an answer. */
export type Mapped<W extends string> = { readonly word: W; readonly unknown: boolean };

/** A reader of one field map that remembers texts it has met: a register says the same few things many times. */
export function mapReader<W extends string>(map: FieldMap<W>): (text: string) => Mapped<W> {
  const met = new Map<string, Mapped<W>>();
  const rules = map.rules.map((rule) => ({ ...rule, text: rule.text.toLowerCase() }));
  return (text) => {
    const known = met.get(text);
    if (known !== undefined) return known;
    const lower = text.trim().toLowerCase();
    const rule = rules.find((r) => matches(r, lower));
    const mapped =
      lower === '' ? { word: map.empty, unknown: false } : { word: rule?.as ?? map.unknown, unknown: !rule };
    if (met.size < MAX_MET) met.set(text, mapped);
    return mapped;
  };
}

const MAX_MET = 10_000;

function matches(
  rule: { readonly match: 'equals' | 'starts' | 'contains'; readonly text: string },
  lower: string,
): boolean {
  if (rule.match === 'equals') return lower === rule.text;
  return rule.match === 'starts' ? lower.startsWith(rule.text) : lower.includes(rule.text);
}
