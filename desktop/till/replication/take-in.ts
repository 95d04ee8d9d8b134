import { setImmediate as nextTurn } from 'node:timers/promises';
import { openEnvelope } from '#shared/replica/changeset.ts';
import { addToDigest, emptyDigest, type LogDigest } from '#shared/replica/log-digest.ts';
import { readable, upcast } from '#shared/replica/upcast.ts';
import { type FeedRow, feedRow } from '#shared/replica/wire.ts';
import { tableFacts } from '#shared/schema.ts';
import { sha256Hex } from '../store/crypto.ts';
import type { Store } from '../store/store.ts';

/** Longest that taking in may hold the one writer before the cashier gets a turn. */
const SLICE_MS = 8;

export type TakeIn = ReturnType<typeof createTakeIn>;

/** Where a scope stands here: the last number taken in, of which epoch, and the digest of all up to it. */
export type Cursor = { readonly seq: number; readonly epoch: string; readonly digest: LogDigest };

/** What came over the feed is not what its author hashed, or leaves a hole: the scope wants a snapshot. */
export class FeedError extends Error {}

/** Applies numbered changesets in slices; the cursor moves in the transaction of the rows it stands for. */
export function createTakeIn(store: Store) {
  const { db, replica, clock } = store;
  const select = db.prepare<[string], Cursor>(`SELECT seq, epoch, digest FROM cursor WHERE scope = ?`);
  const upsert = db.prepare(
    `INSERT INTO cursor (scope, seq, epoch, at, digest) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (scope) DO UPDATE SET seq = excluded.seq, epoch = excluded.epoch, at = excluded.at, digest = excluded.digest`,
  );
  const defer = db.prepare(
    `INSERT INTO deferred_change (scope, seq, type, text) VALUES (?, ?, ?, ?)
     ON CONFLICT (scope, seq) DO UPDATE SET text = excluded.text`,
  );
  const deferred = db.prepare<[], { scope: string; seq: number; text: string }>(
    `SELECT scope, seq, text FROM deferred_change ORDER BY scope, seq`,
  );
  const undefer = db.prepare(`DELETE FROM deferred_change WHERE scope = ? AND seq = ?`);
  const anyDeferred = db.prepare(`SELECT 1 FROM deferred_change LIMIT 1`).pluck();

  const cursor = (scope: string): Cursor | null => select.get(scope) ?? null;

  /** Applies what this version knows of a row; false where something of it must wait for the upgrade. */
  function apply(row: FeedRow): boolean {
    const opened = openEnvelope(row.envelope);
    const envelope = opened.ok ? upcast(opened.value) : null;
    if (!envelope) return false;
    const { known, left } = readable(envelope.body.changes, tableFacts);
    replica.applyNumbered({
      seq: Number(row.seq),
      effHlc: row.eff_hlc,
      sealed: { text: row.envelope, hash: row.hash, sig: row.sig },
      envelope: left ? { ...envelope, body: { changes: known } } : envelope,
    });
    return !left;
  }

  function applyRow(row: FeedRow): void {
    if (sha256Hex(row.envelope) !== row.hash)
      throw new FeedError(`${row.scope} ${row.seq} is not what its author signed`);
    if (!apply(row)) defer.run(row.scope, Number(row.seq), row.type, JSON.stringify(row));
  }

  return {
    cursor,
    setCursor(scope: string, { seq, epoch, digest }: Cursor): void {
      upsert.run(scope, seq, epoch, clock.nowMs(), digest);
    },
    /** Whether something waits for an upgrade: digests are then not compared. */
    defers: (): boolean => anyDeferred.get() !== undefined,
    /** After an upgrade: what an earlier version could not read. Facts and edits that were applied are so once more. */
    replayDeferred(): void {
      for (const { scope, seq, text } of deferred.all())
        store.transact('replay deferred', () => {
          if (apply(feedRow.parse(JSON.parse(text)))) undefer.run(scope, seq);
        });
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
    let { seq, epoch, digest } = cursor(scope) ?? { seq: 0, epoch: '', digest: emptyDigest };
    let at = from;
    for (; at < rows.length && (at === from || performance.now() - started < SLICE_MS); at++) {
      const row = rows[at];
      if (!row || Number(row.seq) <= seq) continue;
      if (Number(row.seq) !== seq + 1) throw new FeedError(`${scope}: ${row.seq} follows ${seq}`);
      applyRow(row);
      seq += 1;
      epoch = row.epoch;
      digest = addToDigest(digest, { seq, hash: row.hash }, sha256Hex);
    }
    upsert.run(scope, seq, epoch, clock.nowMs(), digest);
    return at;
  }
}
