import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Verdict } from '#shared/replica/wire.ts';
import type { Store } from '../store/store.ts';
import type { createJournal } from './journal.ts';

/** A changeset's row is written anew with its text: so many go to the disk in the time a scan can wait. */
const AT_ONCE = 40;

/**
 * What HQ said of a pushed batch, a part at a time: a cashier's next key stands before the next part. What has no answer
 * yet when the till dies goes up again, and HQ says the same of it.
 */
export async function takeAnswersInTurn(
  store: Store,
  journal: ReturnType<typeof createJournal>,
  verdicts: readonly Verdict[],
  inc: number,
): Promise<void> {
  for (let from = 0; from < verdicts.length; from += AT_ONCE) {
    takeAnswers(store, journal, verdicts.slice(from, from + AT_ONCE), inc);
    await nextTurn();
  }
}

/**
 * What HQ said of changesets, in one transaction: each changeset's state, and what it refused leaves the overlay,
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
