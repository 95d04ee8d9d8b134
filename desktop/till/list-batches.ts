import type { BatchView } from '#shared/inventory/calls.ts';
import { daysLeft } from '#shared/inventory/expiry.ts';
import { fefoOrder, skipReason } from '#shared/inventory/fefo.ts';
import type { Counter } from './counter.ts';
import { refuse } from './refuse.ts';

/** A pack's batches in FEFO order, each with its place in it or the reason why it may not be sold. */
export function listBatches(counter: Counter, packId: string): BatchView[] {
  const today = counter.today();
  if (!counter.packs.find(packId, today.business)) refuse({ code: 'NOT_FOUND' });
  const day = { on: today.date, minShelfLifeDays: counter.shop().minShelfLifeDays };
  let place = 0;
  return counter.batches
    .ofPack(packId)
    .toSorted(fefoOrder)
    .map((batch) => {
      const stopped = skipReason(batch, day);
      const { batchId, code, expiresOn, onHandBase } = batch;
      place += stopped === null ? 1 : 0;
      return {
        batchId,
        code,
        expiresOn,
        onHandBase,
        daysLeft: daysLeft(expiresOn, today.date),
        stopped,
        fefo: stopped === null ? place : null,
      };
    });
}
