import { setImmediate as nextTurn } from 'node:timers/promises';
import { openEnvelope } from '#shared/replica/changeset.ts';
import type { FeedRow } from '#shared/replica/wire.ts';
import { tableFacts } from '#shared/schema.ts';
import { sha256Hex } from '../store/crypto.ts';
import type { Store } from '../store/store.ts';

/** Longest that taking in may hold the one writer before the cashier gets a turn. */
const SLICE_MS = 8;

export type TakeIn = ReturnType<typeof createTakeIn>;

/** What came over the feed is not what its author hashed, or leaves a hole: the scope wants a snapshot. */
export class FeedError extends Error {}

/** Applies numbered changesets in slices; the cursor moves in the transaction of the rows it stands for. */
export function createTakeIn(store: Store) {
  const { db, replica, clock } = store;
  const select = db.prepare<[string], { seq: number; epoch: string }>(
    `SELECT seq, epoch FROM cursor WHERE scope = ?`,
  );
  const upsert = db.prepare(
    `INSERT INTO cursor (scope, seq, epoch, at) VALUES (?, ?, ?, ?)
     ON CONFLICT (scope) DO UPDATE SET seq = excluded.seq, epoch = excluded.epoch, at = excluded.at`,
  );
  const defer = db.prepare(
    `INSERT INTO deferred_change (scope, seq, type, text) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );

  const cursor = (scope: string): { seq: number; epoch: string } | null => select.get(scope) ?? null;

  function applyRow(row: FeedRow): void {
    const seq = Number(row.seq);
    if (sha256Hex(row.envelope) !== row.hash)
      throw new FeedError(`${row.scope} ${row.seq} is not what its author signed`);
    const opened = openEnvelope(row.envelope);
    const known = opened.ok && opened.value.body.changes.every((change) => tableFacts.has(change.t));
    if (opened.ok && known)
      replica.applyNumbered({ seq, effHlc: row.eff_hlc, hash: row.hash, envelope: opened.value });
    else defer.run(row.scope, seq, row.type, row.envelope);
  }

  return {
    cursor,
    setCursor(scope: string, { seq, epoch }: { seq: number; epoch: string }): void {
      upsert.run(scope, seq, epoch, clock.nowMs());
    },
    /** Rows of one scope in order. Those already taken in are passed over; a hole is an error. */
    async rows(scope: string, rows: readonly FeedRow[]): Promise<void> {
      let next = 0;
      while (next < rows.length) {
        next = store.transact('feed slice', () => applySlice(scope, rows, next));
        if (next < rows.length) await nextTurn();
      }
    },
  };

  function applySlice(scope: string, rows: readonly FeedRow[], from: number): number {
    const started = performance.now();
    let { seq, epoch } = cursor(scope) ?? { seq: 0, epoch: '' };
    let at = from;
    for (; at < rows.length && (at === from || performance.now() - started < SLICE_MS); at++) {
      const row = rows[at];
      if (!row || Number(row.seq) <= seq) continue;
      if (Number(row.seq) !== seq + 1) throw new FeedError(`${scope}: ${row.seq} follows ${seq}`);
      applyRow(row);
      seq += 1;
      epoch = row.epoch;
    }
    upsert.run(scope, seq, epoch, clock.nowMs());
    return at;
  }
}
