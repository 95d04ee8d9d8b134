import type { Database } from 'better-sqlite3';
import type { SyncReport } from '#shared/auth/calls.ts';
import { kindsOfChangeset, type WaitingKind, waitingKinds } from '#shared/auth/waiting-kinds.ts';
import { tablesOf } from './own-body.ts';

/** Changesets whose bodies are read in one go: a few milliseconds of the till's one thread. */
const BLOCK = 100;

type Kinds = SyncReport['kinds'];
type Count = { readonly changes: number; readonly oldestAt: number };
type BlockRow = { readonly inc: number; readonly block: number; readonly n: number; readonly sum: number };
type BodyRow = { readonly madeAt: number; readonly text: string };

/**
 * Counts what waits by kind. Bodies are read by blocks of numbers, and a block only again when it has changed: while
 * 45,000 wait or drain, that is the first block and the last. `pause` gives the cashier a turn between two blocks.
 */
export function createWaitingTally(db: Database) {
  // From journal_by_state alone: no row is read. Numbers only leave, but for new ones and for all above one that come
  // back (journal.reopenBehind): count and sum together tell that a block is another.
  const blocks = db.prepare<[], BlockRow>(
    `SELECT inc, dseq / ${BLOCK} AS block, count(*) AS n, sum(dseq) AS sum FROM journal
     WHERE state = 'waiting' GROUP BY inc, block ORDER BY inc, block`,
  );
  const bodies = db.prepare<[number, number, number], BodyRow>(
    `SELECT made_at AS madeAt, text FROM journal WHERE state = 'waiting' AND inc = ? AND dseq BETWEEN ? AND ?`,
  );
  let known = new Map<string, ReadonlyMap<WaitingKind, Count>>();

  const countBlock = ({ inc, block }: BlockRow): ReadonlyMap<WaitingKind, Count> => {
    const counts = new Map<WaitingKind, Count>();
    for (const { madeAt, text } of bodies.all(inc, block * BLOCK, (block + 1) * BLOCK - 1))
      for (const [kind, changes] of kindsOfChangeset(tablesOf(text)))
        add(counts, kind, { changes, oldestAt: madeAt });
    return counts;
  };

  return async (pause: () => Promise<void>): Promise<Kinds> => {
    const present = new Map<string, ReadonlyMap<WaitingKind, Count>>();
    const total = new Map<WaitingKind, Count>();
    for (const row of blocks.all()) {
      const key = `${row.inc}/${row.block}/${row.n}/${row.sum}`;
      const before = known.get(key);
      const counts = before ?? countBlock(row);
      present.set(key, counts);
      for (const [kind, count] of counts) add(total, kind, count);
      if (!before) await pause();
    }
    known = present;
    return waitingKinds.flatMap((kind) => {
      const count = total.get(kind);
      return count ? [{ kind, ...count }] : [];
    });
  };
}

function add(counts: Map<WaitingKind, Count>, kind: WaitingKind, { changes, oldestAt }: Count): void {
  const before = counts.get(kind);
  counts.set(kind, {
    changes: (before?.changes ?? 0) + changes,
    oldestAt: Math.min(before?.oldestAt ?? oldestAt, oldestAt),
  });
}
