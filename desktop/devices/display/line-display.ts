import type { Line } from '../line.ts';
import type { NotReady } from '../printer.ts';
import { type PoleTongue, poleBytes } from './pole.ts';

export type LineDisplayOptions = PoleTongue & {
  readonly open: () => Promise<Line | NotReady>;
  /** No byte taken for this long: nobody is there. */
  readonly stallMs?: number;
};

type Rows = readonly string[];

/**
 * A pole display at the end of a line. Rows that were overtaken while it was written to are never shown; one that is
 * unplugged shows the next rows once it is back. Nobody waits for it.
 */
export function createLineDisplay({ open, stallMs = 1000, ...tongue }: LineDisplayOptions) {
  let next: Rows | null = null;
  let working: Promise<void> | null = null;
  async function work(): Promise<void> {
    for (let rows = taken(); rows; rows = taken()) {
      const line = await open();
      if ('code' in line) continue;
      await line.send(poleBytes(rows, tongue), stallMs);
      await line.hangUp(stallMs);
    }
    working = null;
  }
  function taken(): Rows | null {
    const rows = next;
    next = null;
    return rows;
  }
  return {
    show(rows: Rows): void {
      next = rows;
      working ??= work();
    },
    /** When all that was asked for has been written, or could not be. */
    settled: async (): Promise<void> => {
      await working;
    },
  };
}
