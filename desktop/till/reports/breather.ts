import { setImmediate as nextTurn } from 'node:timers/promises';

/** Longest stretch of a report before whoever sells gets the thread, in milliseconds (SYNC.md: slices of 8 ms). */
const SLICE_MS = 8;

/** Called between steps of long work: lets everybody else go first once a slice is used up. Throws when `signal` ended. */
export function createBreather(signal?: AbortSignal): () => Promise<void> {
  let since = performance.now();
  return async () => {
    signal?.throwIfAborted();
    if (performance.now() - since < SLICE_MS) return;
    await nextTurn();
    since = performance.now();
  };
}
