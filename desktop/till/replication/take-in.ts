import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { type Change, openEnvelope } from '#shared/replica/changeset.ts';
import { addToDigest, emptyDigest, type LogDigest } from '#shared/replica/log-digest.ts';
import { readable, upcast } from '#shared/replica/upcast.ts';
import { type FeedRow, feedRow } from '#shared/replica/wire.ts';
import { tableFacts } from '#shared/schema.ts';
import type { TableFacts } from '#shared/tables/define-table.ts';
import { sha256Hex } from '../store/crypto.ts';
import type { Store } from '../store/store.ts';

/** Longest that taking in may hold the one writer before the cashier gets a turn. */
const SLICE_MS = 8;

export type TakeIn = ReturnType<typeof createTakeIn>;

/** Where a scope stands here: the last number taken in, of which epoch, and the digest of all up to it. */
export type Cursor = { readonly seq: number; readonly epoch: string; readonly digest: LogDigest };

/** What came over the feed is not what its author hashed, or leaves a hole: the scope wants a snapshot. */
export class FeedError extends Error {}

/** What a snapshot held that this version has no table, no column or no word for. */
export type LeftOut = { readonly t: string; readonly column?: string; readonly word?: string };

/** The kind of `deferred_change` that stands for what a snapshot held beyond this version. */
const OF_SNAPSHOT = '(snapshot)';

/**
 * Applies numbered changesets in slices; the cursor moves in the transaction of the rows it stands for. `tables` is
 * what this version can read: of a newer Pestle's changes it applies what it knows, and keeps the row for later.
 */
export function createTakeIn(store: Store, tables: ReadonlyMap<string, TableFacts> = tableFacts) {
  const { db, replica, clock } = store;
  const select = db.prepare<[string], Cursor>(`SELECT seq, epoch, digest FROM cursor WHERE scope = ?`);
  const upsert = db.prepare(
    `INSERT INTO cursor (scope, seq, epoch, at, digest) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (scope) DO UPDATE SET seq = excluded.seq, epoch = excluded.epoch, at = excluded.at, digest = excluded.digest`,
  );
  const defer = db.prepare(
    `INSERT INTO deferred_change (scope, seq, type, text) VALUES (?, ?, ?, ?)
     ON CONFLICT (scope, seq) DO UPDATE SET type = excluded.type, text = excluded.text`,
  );
  const nextDeferred = db.prepare<[string, number, string], { scope: string; seq: number; text: string }>(
    `SELECT scope, seq, text FROM deferred_change WHERE (scope, seq) > (?, ?) AND type <> ? ORDER BY scope, seq LIMIT 1`,
  );
  const undefer = db.prepare(`DELETE FROM deferred_change WHERE scope = ? AND seq = ?`);
  const undeferAll = db.prepare(`DELETE FROM deferred_change WHERE scope = ?`);
  const leftOutOf = db
    .prepare<[string, string], string>(`SELECT text FROM deferred_change WHERE scope = ? AND type = ?`)
    .pluck();
  const anyDeferred = db.prepare(`SELECT 1 FROM deferred_change LIMIT 1`).pluck();

  const cursor = (scope: string): Cursor | null => select.get(scope) ?? null;
  const defers = (): boolean => anyDeferred.get() !== undefined;

  /** Applies what this version knows of a row; false where something of it must wait for the upgrade. */
  function apply(row: FeedRow, at: number, { again = false } = {}): boolean {
    const opened = openEnvelope(row.envelope);
    const envelope = opened.ok ? upcast(opened.value) : null;
    if (!envelope) return false;
    const { known, left } = readable(envelope.body.changes, tables);
    const ready = left || defers() ? withRows(known) : known;
    replica.applyNumbered({
      seq: Number(row.seq),
      effHlc: row.eff_hlc,
      sealed: { text: row.envelope, hash: row.hash, sig: row.sig },
      envelope: { ...envelope, body: { changes: ready } },
      at,
      ...(row.counted !== undefined && !again && { counted: countedIn(row.counted) }),
    });
    return !left && ready.length === known.length;
  }

  /** Without the edits of rows that are not here because what makes them whole waits itself. */
  function withRows(changes: readonly Change[]): readonly Change[] {
    const made = new Set<string>();
    return changes.filter((change) => {
      if (change.op === 'insert') return true;
      const key = `${change.t}/${change.id}`;
      const whole = change.op === 'set' && store.rows.isComplete(change.t, { ...change.cols, id: change.id });
      if (whole) made.add(key);
      return whole || made.has(key) || store.rows.readRegister(change.t, change.id) !== null;
    });
  }

  function applyRow(row: FeedRow, at: number): void {
    if (sha256Hex(row.envelope) !== row.hash)
      throw new FeedError(`${row.scope} ${row.seq} is not what its author signed`);
    if (!apply(row, at)) defer.run(row.scope, Number(row.seq), row.type, JSON.stringify(row));
  }

  /** Takes in deferred rows behind a place for a while. */
  const replayFrom = (behind: Place) => (): Replayed => {
    const started = performance.now();
    const nowMs = clock.nowMs();
    let at = behind;
    let done = 0;
    while (performance.now() - started < SLICE_MS) {
      const found = nextDeferred.get(at.scope, at.seq, OF_SNAPSHOT);
      if (!found) return { at: null, done };
      at = found;
      if (!apply(feedRow.parse(JSON.parse(found.text)), nowMs, { again: true })) continue;
      undefer.run(found.scope, found.seq);
      done += 1;
    }
    return { at, done };
  };

  return {
    tables,
    cursor,
    setCursor(scope: string, { seq, epoch, digest }: Cursor): void {
      upsert.run(scope, seq, epoch, clock.nowMs(), digest);
    },
    /** Whether something waits for an upgrade: digests are then not compared. */
    defers,
    /**
     * After an upgrade: takes in what an earlier version could not read, in slices. Facts and edits that were applied
     * are so once more, which changes nothing. Gives the number of changesets that wait no longer.
     */
    async replayDeferred(): Promise<number> {
      let done = 0;
      let at: Place | null = { scope: '', seq: -1 };
      while (at) {
        const slice: Replayed = store.transact('replay deferred', replayFrom(at));
        done += slice.done;
        at = slice.at;
        if (at) await nextTurn();
      }
      return done;
    },
    /**
     * A snapshot up to `seq` is the base: what waited is in it, but for what it held that cannot be read. What waited
     * above is of a numbering that a restored HQ has lost, or comes again with the feed.
     */
    coveredBySnapshot(scope: string, seq: number, leftOut: readonly LeftOut[]): void {
      undeferAll.run(scope);
      if (leftOut.length > 0) defer.run(scope, seq, OF_SNAPSHOT, JSON.stringify(leftOut));
    },
    /** Whether the scope's base lacks what this version could read by now: no feed brings it again, a snapshot does. */
    wantsBase: (scope: string): boolean =>
      leftOutOf.all(scope, OF_SNAPSHOT).some((text) => leftOutSchema.parse(JSON.parse(text)).some(isRead)),
    /** Rows of one scope in order. Those already taken in are passed over; a hole is an error. */
    async rows(scope: string, rows: readonly FeedRow[]): Promise<void> {
      let next = 0;
      while (next < rows.length) {
        next = store.transact('feed slice', () => applySlice(scope, rows, next));
        // Behind the last one too: what is read ahead of the next answer would follow without a turn for anyone.
        if (rows.length > 1) await nextTurn();
      }
    },
  };

  function isRead({ t, column, word }: LeftOut): boolean {
    const columns = tables.get(t)?.columns;
    if (!columns || column === undefined) return columns !== undefined;
    const found = columns.find(({ property }) => property === column);
    return found !== undefined && (word === undefined || !found.words || found.words.includes(word));
  }

  function applySlice(scope: string, rows: readonly FeedRow[], from: number): number {
    const started = performance.now();
    const nowMs = clock.nowMs();
    let { seq, epoch, digest } = cursor(scope) ?? { seq: 0, epoch: '', digest: emptyDigest };
    let at = from;
    for (; at < rows.length && (at === from || performance.now() - started < SLICE_MS); at++) {
      const row = rows[at];
      if (!row || Number(row.seq) <= seq) continue;
      if (Number(row.seq) !== seq + 1) throw new FeedError(`${scope}: ${row.seq} follows ${seq}`);
      applyRow(row, nowMs);
      seq += 1;
      epoch = row.epoch;
      digest = addToDigest(digest, { seq, hash: row.hash }, sha256Hex);
    }
    upsert.run(scope, seq, epoch, nowMs, digest);
    return at;
  }
}

const ids = z.array(z.string());
const none: ReadonlySet<string> = new Set();
const countedIn = (text: string): ReadonlySet<string> =>
  text === '' ? none : new Set(ids.parse(JSON.parse(text)));

type Place = { readonly scope: string; readonly seq: number };
/** How far a slice came, null when nothing is left behind it, and how many changesets wait no longer. */
type Replayed = { readonly at: Place | null; readonly done: number };

const leftOutSchema = z.array(
  z.object({ t: z.string(), column: z.string().exactOptional(), word: z.string().exactOptional() }),
);
