import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SyncReport } from '#shared/auth/calls.ts';
import type { Counter } from '../counter.ts';
import { createRefusedReader } from './refused-changes.ts';
import { createWaitingTally } from './waiting-tally.ts';

const SHOWN = { refused: 100, settled: 20 } as const;

/** What the sync status shows beside the chip's own figures: what waits by kind, how far HQ has got, what it refused. */
export function createSyncReport({ db, identity, clock, shop, till }: Counter) {
  const tally = createWaitingTally(db);
  const refused = createRefusedReader(db, () => ({
    ...{ device: identity.read().device, storeCode: shop().code, tillCode: till().code },
  }));
  const firstWaiting = db
    .prepare<[number], number | null>(`SELECT min(dseq) FROM journal WHERE state = 'waiting' AND inc = ?`)
    .pluck();
  const receivedAt = db.prepare<[], number | null>(`SELECT max(at) FROM cursor`).pluck();
  const lastSale = db
    .prepare<[number, number], string>(
      `SELECT s.receipt_no FROM journal j JOIN sale s ON s.id = j.subject_id
       WHERE (j.inc, j.dseq) <= (?, ?) AND j.type = 'sale' AND j.state <> 'superseded' ORDER BY j.inc DESC, j.dseq DESC LIMIT 1`,
    )
    .pluck();

  const upTo = (inc: number, dseq: number) => ({ dseq, receiptNo: lastSale.get(inc, dseq) ?? null });

  return async (): Promise<SyncReport> => {
    const kinds = await tally(nextTurn);
    const { inc, dseq } = identity.read();
    const first = firstWaiting.get(inc) ?? null;
    return {
      at: clock.nowMs(),
      made: upTo(inc, dseq),
      atHq: upTo(inc, first === null ? dseq : first - 1),
      receivedAt: receivedAt.get() ?? null,
      kinds,
      refused: refused.list('refused', SHOWN.refused),
      refusedCount: refused.count(),
      settled: refused.list('dismissed', SHOWN.settled),
    };
  };
}
