import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { ReadJournal } from './read-till.ts';

const end = z.object({ device: z.string(), inc: z.int(), dseq: z.int(), hash: z.string() });
/** First line of a journal file. Its keys prove nothing to who does not know them from elsewhere (`--key`, `--hq`). */
const head = z.object({
  journal: z.literal(1),
  ends: z.array(end),
  keys: z.record(z.string(), z.string()),
});
const row = end.extend({
  scope: z.string(),
  seq: z.null(),
  type: z.string(),
  hlc: z.string(),
  text: z.string(),
  sig: z.string(),
  state: z.string(),
  reason: z.string().nullable(),
  subjectId: z.string().nullable(),
  madeAt: z.int(),
});

/** A journal as NDJSON: its head, then a line for each changeset, as `writeJournal` writes it. */
export function readJournalFile(file: string): ReadJournal {
  const [first = '', ...lines] = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  const { ends, keys } = head.parse(JSON.parse(first));
  const rows = lines.map((line) => row.parse(JSON.parse(line)));
  return { copy: { rows, ends }, keys: new Map(Object.entries(keys)) };
}

export function writeJournalFile(file: string, { copy, keys }: ReadJournal): void {
  const first: z.infer<typeof head> = { journal: 1, ends: [...copy.ends], keys: Object.fromEntries(keys) };
  writeFileSync(file, `${[first, ...copy.rows].map((line) => JSON.stringify(line)).join('\n')}\n`);
}
