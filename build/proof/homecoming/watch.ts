/** Answers of one kind of request: how many by status (0: none came), and what the good ones took, in milliseconds. */
export type Seen = { readonly statuses: ReadonlyMap<number, number>; readonly took: readonly number[] };

export type Watch = {
  /** A fetch whose answers are counted under the request's path. */
  readonly fetch: typeof globalThis.fetch;
  /** Counts what went by another way: its status, and how long it took. */
  readonly note: (what: string, status: number, ms: number) => void;
  readonly seen: () => ReadonlyMap<string, Seen>;
};

/** Counts every answer of HQ as it comes, with how long it took. */
export function createWatch(): Watch {
  const kinds = new Map<string, { statuses: Map<number, number>; took: number[] }>();
  const note = (what: string, status: number, ms: number): void => {
    const kind = kinds.get(what) ?? { statuses: new Map<number, number>(), took: [] };
    kinds.set(what, kind);
    kind.statuses.set(status, (kind.statuses.get(status) ?? 0) + 1);
    if (status >= 200 && status < 300) kind.took.push(ms);
  };
  return {
    note,
    seen: () => kinds,
    async fetch(input, init) {
      const what = new URL(input instanceof Request ? input.url : input).pathname;
      const from = performance.now();
      try {
        const answer = await fetch(input, init);
        note(what, answer.status, performance.now() - from);
        return answer;
      } catch (problem) {
        note(what, 0, performance.now() - from);
        throw problem;
      }
    },
  };
}

/** Every answer that is neither the thing asked for nor "come again later". */
export function errorsIn(seen: ReadonlyMap<string, Seen>): string[] {
  return [...seen].flatMap(([what, { statuses }]) =>
    [...statuses].flatMap(([status, n]) =>
      (status >= 200 && status < 300) || status === BUSY ? [] : [`${n} × ${what}: ${status || 'no answer'}`],
    ),
  );
}

export const BUSY = 429;

export const countOf = (seen: Seen | undefined, status: number): number => seen?.statuses.get(status) ?? 0;

/** The median, the 99th of a hundred and the slowest, in milliseconds. */
export function spreadOf(took: readonly number[]): {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
} {
  const sorted = took.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}
