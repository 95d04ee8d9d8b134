import type { Verdict } from '#shared/replica/wire.ts';
import type { Store } from '../store/store.ts';
import type { createJournal } from './journal.ts';

/**
 * What HQ said of a pushed batch, in one transaction: each changeset's state, and what it refused leaves the overlay,
 * also where the refusal is heard only the second time, as a duplicate's first verdict.
 */
export function takeAnswers(
  store: Store,
  journal: ReturnType<typeof createJournal>,
  verdicts: readonly Verdict[],
  inc = store.identity.read().inc,
): void {
  const device = store.identity.deviceOf(inc);
  store.transact('push answered', () => {
    for (const verdict of verdicts) {
      journal.settle(inc, verdict);
      if (verdict.verdict === 'refused' || verdict.first === 'refused')
        store.replica.dropPending({ device, inc, dseq: verdict.dseq });
    }
  });
}
