import type { ReaderScan } from '#shared/auth/calls-scanners.ts';

/** For how long a code waits for a screen, in ms: as long as a screen asks again for a command that is not answered. */
const waitsMs = 5000;

type Kept = ReaderScan & { readonly atMs: number };

/**
 * Hands codes to the screen that asked last, each once and in order: of two windows at one till, both would sell it.
 * `monoMs` is a clock that only goes on; numbers go up from `firstSeq`, which should be above those of an earlier run.
 */
export function createScanFeed({ monoMs, firstSeq }: { monoMs: () => number; firstSeq: number }) {
  let seq = firstSeq;
  let kept: readonly Kept[] = [];
  let delivered = firstSeq;
  /** The one at the end is served. */
  let followers: readonly object[] = [];
  const wakes = new Set<() => void>();
  const wake = () => {
    for (const one of [...wakes]) one();
  };
  return {
    push(scan: NonNullable<ReaderScan['scan']>): void {
      seq += 1;
      const atMs = monoMs();
      kept = [...kept, { seq, scan, atMs }].filter((one) => atMs - one.atMs <= waitsMs);
      wake();
    },
    /** First where it goes on from, then the codes. Ends with the signal. */
    async *follow(after: number | null, signal: AbortSignal | undefined): AsyncGenerator<ReaderScan> {
      const self = {};
      let at = after !== null && after <= seq ? after : seq;
      let first = true;
      followers = [...followers, self];
      signal?.addEventListener('abort', wake);
      try {
        yield { seq: at, scan: null };
        while (!signal?.aborted) {
          const isServed = followers.at(-1) === self;
          // What another one was given in between is not given again; what was lost on the way here is.
          if (!isServed) first = false;
          else if (!first) at = Math.max(at, delivered);
          const next = isServed
            ? kept.find((one) => one.seq > at && monoMs() - one.atMs <= waitsMs)
            : undefined;
          if (!next) await new Promise<void>((resolve) => wakes.add(once(resolve)));
          else {
            at = next.seq;
            delivered = Math.max(delivered, at);
            yield { seq: next.seq, scan: next.scan };
          }
        }
      } finally {
        followers = followers.filter((one) => one !== self);
        signal?.removeEventListener('abort', wake);
        wake();
      }
    },
  };

  function once(resolve: () => void): () => void {
    const call = () => {
      wakes.delete(call);
      resolve();
    };
    return call;
  }
}
