import { z } from 'zod';
import { returnPlaces } from '#shared/sales/tables-returns.ts';
import { tenderKinds } from '#shared/sales/tender-kinds.ts';
import type { Counter } from '../counter.ts';

/** What waits for a card terminal to say whether it gave money back. */
export type RefundDraft = z.infer<typeof draft>;

/**
 * Returns that are written when the terminal has given their money back, on the till's disk from before it is asked. They
 * are kept as they were worked out: what another counter takes back meanwhile does not undo what the customer got.
 */
export function createRefundDrafts({ db, clock }: Pick<Counter, 'db' | 'clock'>) {
  const upsert = db.prepare(`INSERT INTO cart (id, content, updated_at) VALUES (?, ?, ?)`);
  const select = db.prepare<[string], string>(`SELECT content FROM cart WHERE id = ?`).pluck();
  const remove = db.prepare(`DELETE FROM cart WHERE id = ?`);
  const ids = db.prepare<[], string>(`SELECT id FROM cart WHERE id >= 'refund:' AND id < 'refund;'`).pluck();
  const find = (attemptId: string): RefundDraft | null => {
    const content = select.get(keyOf(attemptId));
    return content === undefined ? null : draft.parse(JSON.parse(content));
  };
  return {
    find,
    put: (attemptId: string, kept: RefundDraft): void =>
      void upsert.run(keyOf(attemptId), JSON.stringify(kept), clock.nowMs()),
    drop: (attemptId: string): void => void remove.run(keyOf(attemptId)),
    attemptIds: (): readonly string[] => ids.all().map((id) => id.slice(PREFIX.length)),
  };
}

const PREFIX = 'refund:';
const keyOf = (attemptId: string): string => `${PREFIX}${attemptId}`;

const line = z.object({
  ...{ saleLineId: z.string().nullable(), batchId: z.string().nullable(), place: z.enum(returnPlaces) },
  ...{ qtyBase: z.int(), amountMinor: z.int(), taxMinor: z.int() },
});
const tax = z.object({
  ...{ taxPct3: z.array(z.int()).readonly(), baseMinor: z.int(), taxMinor: z.int() },
  componentsMinor: z.array(z.int()).readonly(),
});
const plan = z.object({
  ...{
    lines: z.array(line).readonly(),
    taxes: z.array(tax).readonly(),
    taxMinor: z.int(),
    totalMinor: z.int(),
  },
  tenders: z.array(z.object({ kind: z.enum(tenderKinds), amountMinor: z.int() })).readonly(),
  cashRoundingMinor: z.int(),
});
const ofSale = { saleId: z.string(), receiptNo: z.string() };

const draft = z.discriminatedUnion('kind', [
  z.object({
    ...ofSale,
    kind: z.enum(['return', 'void']),
    /** Of the command that asked for it: repeated, it is answered with the return. */
    commandId: z.string(),
    plan,
    cancelled: z.array(z.object({ code: z.string(), amountMinor: z.int() })).readonly(),
    ...{ reason: z.string(), note: z.string(), actorId: z.string(), authorisedBy: z.string().nullable() },
  }),
  /** What a sale did not take of an exchange: written with that sale. */
  z.object({ ...ofSale, kind: z.literal('exchange') }),
]);
