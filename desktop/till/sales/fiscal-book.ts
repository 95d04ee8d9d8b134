import { z } from 'zod';
import { type FiscalStanding, fiscalStanding } from '#shared/sales/fiscal.ts';
import type { RowOf } from '#shared/schema.ts';
import { storeScope } from '#shared/tables/scope.ts';
import type { Counter } from '../counter.ts';
import type { FiscalDocument } from '../ports.ts';
import { createPreferences } from '../store/preferences.ts';

/** A place in this till's chain. */
export type ChainPlace = { readonly inc: number; readonly dseq: number };
export type FiscalEntry = FiscalDocument & ChainPlace & { readonly actorId: string };

/** This till's documents as its chain has them, in that order, and what a fiscal device said of each. */
export function createFiscalBook(counter: Counter) {
  const { db } = counter;
  const preferences = createPreferences(db);
  const entries = db.prepare<
    [ChainPlace & { readonly scope: string }],
    Omit<FiscalEntry, 'totalMinor'> & { totalMinor: number }
  >(ENTRIES);
  const ownPlace = db.prepare<[string, string], ChainPlace & { hash: string }>(
    `SELECT inc, dseq, hash FROM journal
     WHERE subject_id = ? AND scope = ? AND type IN ('sale', 'sale-return', 'sale-void', 'shift-close')
     ORDER BY inc, dseq LIMIT 1`,
  );
  const said = db.prepare<[string], RowOf<'fiscal_signature'>>(
    `SELECT id, state, signature, reason, at FROM fiscal_signature WHERE document_id = ?`,
  );
  const scope = storeScope(counter.storeId);
  return {
    head(): ChainPlace {
      const { inc, dseq } = counter.identity.read();
      return { inc, dseq };
    },
    after: ({ inc, dseq }: ChainPlace): readonly FiscalEntry[] => entries.all({ scope, inc, dseq }),
    /** Where this till's chain has a document; null for another till's. */
    place: (documentId: string) => ownPlace.get(documentId, scope) ?? null,
    standing: (documentId: string): FiscalStanding => fiscalStanding(said.all(documentId)),
    /** A fact of its own, in the caller's transaction. */
    write(
      entry: FiscalEntry,
      answer: Pick<RowOf<'fiscal_signature'>, 'provider' | 'state' | 'signature' | 'reason'>,
    ) {
      const row: RowOf<'fiscal_signature'> = {
        ...{ id: counter.ids.next(), storeId: counter.storeId, tillId: counter.tillId },
        ...{ documentId: entry.documentId, ...answer, at: counter.clock.nowMs() },
      };
      counter.replica.record({
        ...{ type: 'fiscal', actor: entry.actorId, subjectId: null },
        changes: [{ t: 'fiscal_signature', op: 'insert', row }],
      });
    },
    /** `since`: from where on a device signs. `through`: all up to there are signed. Null where the chain alone signs. */
    marks: () => preferences.read(MARKS, marks),
    keepMarks: (kept: FiscalMarks) => preferences.keep(MARKS, kept),
    forgetMarks: () => preferences.forget(MARKS),
  };
}

export type FiscalMarks = z.infer<typeof marks>;

const MARKS = 'fiscal';
const place = z.object({ inc: z.int(), dseq: z.int() });
const marks = z.object({ since: place, through: place });

export const isAfter = (a: ChainPlace, b: ChainPlace): boolean =>
  a.inc > b.inc || (a.inc === b.inc && a.dseq > b.dseq);

/** By the journal, which is read from a place on: the documents are all there ever were. */
const entriesOf = (kind: FiscalEntry['kind'], columns: string, table: string): string =>
  `SELECT j.inc, j.dseq, j.hash, d.id AS documentId, '${kind}' AS kind, ${columns}
   FROM journal j CROSS JOIN ${table} d ON d.id = j.subject_id
   WHERE j.scope = @scope AND j.type IN ('sale', 'sale-return', 'sale-void', 'shift-close') AND (j.inc, j.dseq) > (@inc, @dseq)`;
const ENTRIES = `SELECT * FROM (
  ${entriesOf('sale', 'receipt_no AS number, total_minor AS totalMinor, at, cashier_id AS actorId', 'sale')}
  UNION ALL ${entriesOf('return', 'return_no, total_minor, at, cashier_id', 'sale_return')}
  UNION ALL ${entriesOf('z', `z_no, (totals ->> '$.salesMinor') - (totals ->> '$.returnsMinor'), at, actor_id`, 'shift_close')}
) ORDER BY inc, dseq`;
