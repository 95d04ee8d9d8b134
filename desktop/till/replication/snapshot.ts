import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { batchStatus } from '#shared/inventory/batch-state.ts';
import type { Row } from '#shared/replica/changeset.ts';
import type { Origin } from '#shared/replica/merge.ts';
import { type SnapshotReply, snapshotHead, snapshotReply, snapshotTail } from '#shared/replica/wire.ts';
import { tableFacts } from '#shared/schema.ts';
import { scopeOfRow, storeScope } from '#shared/tables/scope.ts';
import { tuneFor } from '../store/open.ts';
import { createPreferences } from '../store/preferences.ts';
import type { Answered } from '../store/settle-snapshot.ts';
import type { Store } from '../store/store.ts';
import type { Hq } from './hq.ts';
import { createSnapshotReader } from './snapshot-reader.ts';
import type { Cursor, LeftOut, TakeIn } from './take-in.ts';

type Deps = {
  readonly store: Store;
  readonly takeIn: TakeIn;
  readonly hq: Hq;
  /** Rows taken in so far and rows there are. */
  readonly onProgress?: (done: number, total: number) => void;
};

type Taking = { readonly signal: AbortSignal };
type Taken = Cursor;
type Head = z.infer<typeof snapshotHead>;
type Rows = { readonly t: string; readonly rows: readonly Row[] };
/** How rows are cut into transactions: written when so many have come, in slices of at most so long. */
type Pace = { readonly rows: number; readonly ms: number };
/** Nobody can sell yet: few large transactions, because each pays the disk's sync. */
const FIRST: Pace = { rows: 50_000, ms: Number.POSITIVE_INFINITY };
/** A cashier is at the till and goes first between any two slices. */
const SELLING: Pace = { rows: 1, ms: 8 };
/** HQ makes a snapshot when it is asked for one: of a large org that takes a while. */
const MAKING_MS = 10 * 60_000;

/**
 * Takes a scope's base from a snapshot. It replaces what HQ had numbered before; the outbox and what is pending over
 * the base survive. Rows are written as they come, sums and cursor at the end in one transaction, so a till that dies
 * on the way has no cursor and begins again.
 */
export function createSnapshots({ store, takeIn, hq, onProgress }: Deps) {
  const { db, rows, replica } = store;
  const preferences = createPreferences(db);
  const epochKey = (scope: string): string => `base-epoch ${scope}`;
  /** The epoch of the last whole base of a scope; null where there has been none. */
  const baseEpoch = (scope: string): string | null => preferences.read(epochKey(scope), z.string());
  const ownStore = storeScope(store.identity.read().storeId);
  const announced = new Map<string, Promise<SnapshotReply>>();
  // The store's base comes after the org's: a till that has had one can be sold at, also where its process died while
  // another was coming in and the cursor is gone.
  let selling = takeIn.cursor(ownStore) !== null || baseEpoch(ownStore) !== null;
  const pendingAny = db.prepare(`SELECT 1 FROM pending_write LIMIT 1`).pluck();
  const incarnations = db.prepare<[], number>(`SELECT DISTINCT inc FROM journal`).pluck();
  const anyMade = db.prepare(`SELECT 1 FROM journal LIMIT 1`).pluck();
  const forgetCursor = db.prepare(`DELETE FROM cursor WHERE scope = ?`);
  const ownEntry = db.prepare<[number, number], { hash: string; state: string }>(
    `SELECT hash, state FROM journal WHERE inc = ? AND dseq = ?`,
  );

  /** Writes rows one by one as it is driven. Facts of a snapshot never touch sums: those come as checkpoints. */
  function* writing(parts: readonly Rows[]): Generator<void, void, void> {
    for (const { t, rows: some } of parts) {
      const facts = takeIn.tables.get(t);
      if (!facts) continue;
      for (const row of some) {
        if (facts.policy === 'append' || pendingAny.get() === undefined) rows.writeWhole(t, row);
        else {
          const { deleted, stamps, ...values } = row;
          replica.replaceBase(t, { values, deleted: deleted === true, stamps: stampsSchema.parse(stamps) });
        }
        yield;
      }
    }
  }

  async function write(parts: readonly Rows[], { ms }: Pace, { signal }: Taking): Promise<void> {
    const work = writing(parts);
    for (let done = false; !done; ) {
      if (signal.aborted) throw new Error('aborted');
      store.transact('snapshot slice', () => {
        const until = performance.now() + ms;
        do done = work.next().done === true;
        while (!done && performance.now() < until);
      });
      await nextTurn();
    }
  }

  async function read(stream: NodeJS.ReadableStream, scope: string, { signal }: Taking): Promise<Taken> {
    const sums: OnHand[] = [];
    // Who has made nothing yet has nothing in the first base. A till that was moved, or joined again, may have.
    const seen = selling || anyMade.get() !== undefined ? createSeen() : null;
    const reader = createSnapshotReader(takeIn.tables);
    let head: Head | null = null;
    let done = 0;
    let ended = false;
    let held: Rows[] = [];
    let heldRows = 0;
    const pace = selling ? SELLING : FIRST;
    if (!selling) tuneFor(db, 'first-base');
    const flush = async () => {
      await write(held, pace, { signal });
      held = [];
      heldRows = 0;
      onProgress?.(done, head?.rows ?? done);
    };
    for await (const line of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) {
      if (signal.aborted) throw new Error('aborted');
      const json: unknown = JSON.parse(line);
      if (head === null) head = snapshotHead.parse(json);
      else if (snapshotTail.safeParse(json).success) ended = true;
      else {
        const part = rowsSchema.parse(json);
        done += part.rows.length;
        seen?.add(part);
        if (part.t === 'on_hand') for (const row of part.rows) sums.push(onHandSchema.parse(row));
        else {
          held.push({ t: part.t, rows: reader.readable(part) });
          heldRows += part.rows.length;
        }
        if (heldRows >= pace.rows) await flush();
      }
    }
    if (!head || !ended) throw new Error('the snapshot is cut short');
    await flush();
    if (signal.aborted) throw new Error('aborted');
    finish(head, { sums, seen, leftOut: reader.leftOut() });
    if (scope === ownStore && !selling) {
      selling = true;
      tuneFor(db, 'counter');
      // Not left to the cashier's first sale.
      db.pragma('wal_checkpoint(TRUNCATE)');
      db.pragma('shrink_memory');
    }
    return head;
  }

  /** Sums, states and the cursor: from here on the snapshot is the base. */
  function finish(head: Head, { sums, seen, leftOut }: Brought): void {
    const { scope } = head;
    const before = baseEpoch(scope);
    store.transact('snapshot base', () => {
      const said = answeredBy(head, seen);
      replica.hearDecisions();
      replica.bySnapshot.settle(said);
      // HQ was restored: what it has lost is no base any more, and counts when it comes again.
      const restored = seen !== null && before !== null && before !== head.epoch;
      if (restored) for (const { t, id } of ghosts(scope, seen)) replica.removeBase(t, id);
      for (const id of seen?.movements ?? []) replica.countAgain(id);
      if (scope.startsWith('store:')) {
        if (restored) replica.bySnapshot.leaveOutMissing(said);
        db.prepare(`DELETE FROM on_hand`).run();
        const insert = db.prepare(`INSERT INTO on_hand (batch_id, pack_id, qty_base) VALUES (?, ?, ?)`);
        for (const { batchId, packId, qtyBase } of sums) insert.run(batchId, packId, qtyBase);
        foldDecisions(db);
        replica.bySnapshot.addUncounted(said);
      }
      for (const end of head.heads) replica.reach({ ...end, scope });
      preferences.keep(epochKey(scope), head.epoch);
      takeIn.coveredBySnapshot(scope, head.seq, leftOut);
      takeIn.setCursor(scope, head);
    });
  }

  /** What HQ had answered when it made the snapshot. Our own chain is its chain where the hash at its head is ours. */
  function answeredBy({ scope, heads, beyond, quarantined, since }: Head, seen: Seen | null): Answered {
    const { identity } = store;
    const keyOf = ({ device, inc, dseq }: Origin) => `${device}/${inc}/${dseq}`;
    const ends = new Map(heads.map((head) => [`${head.device}/${head.inc}`, head]));
    const apart = new Map(beyond.map((place) => [keyOf(place), place.hash]));
    const apartFromSums = new Set(quarantined.map(keyOf));
    const isOurs = ({ inc, dseq, hash }: Head['heads'][number]) => ownEntry.get(inc, dseq)?.hash === hash;
    return {
      scope,
      since,
      // What waited of an ended chain, too, is handed up while snapshots are made.
      chains: incarnations.all().map((inc) => {
        const own = ends.get(`${identity.deviceOf(inc)}/${inc}`);
        return { inc, above: own && isOurs(own) ? own.dseq : 0 };
      }),
      refused: (origin) => apartFromSums.has(keyOf(origin)),
      holds: (id) => seen?.movements.has(id) ?? false,
      answered(origin, entry) {
        const lone = apart.get(keyOf(origin));
        if (lone !== undefined) return entry ? lone === entry.hash : true;
        const end = ends.get(`${origin.device}/${origin.inc}`);
        if (!end || origin.dseq > end.dseq) return false;
        return !identity.isOwn(origin) || isOurs(end) || entry?.state !== 'waiting';
      },
    };
  }

  /** Register rows of a scope that are here and not in its snapshot. */
  function ghosts(scope: string, seen: Seen): { t: string; id: string }[] {
    const found: { t: string; id: string }[] = [];
    for (const facts of tableFacts.values()) {
      if (facts.policy !== 'lww') continue;
      for (const row of db.prepare<[], Row>(`SELECT * FROM ${facts.name}`).iterate()) {
        const mine = scopeOfRow(facts, { storeId: row.store_id }) === scope;
        if (mine && !seen.registers.has(`${facts.name}/${String(row.id)}`))
          found.push({ t: facts.name, id: String(row.id) });
      }
    }
    return found;
  }

  function announce(scope: string, bearer: string): Promise<SnapshotReply> {
    const asked = announced.get(scope);
    if (asked) return asked;
    const answer = hq
      .get(`/sync/snapshot?scope=${encodeURIComponent(scope)}`, {
        ...{ schema: snapshotReply, bearer },
        timeoutMs: MAKING_MS,
      })
      .finally(() => announced.delete(scope));
    announced.set(scope, answer);
    return answer;
  }

  return {
    /** Whether a cashier may be at this till: everything else is then done in slices she does not notice. */
    selling: (): boolean => selling,
    /** `next`: scopes whose snapshots HQ may make while this one is taken in here. */
    async take(
      scope: string,
      {
        token,
        next = [],
        ...taking
      }: Taking & { readonly token: () => Promise<string>; readonly next?: readonly string[] },
    ): Promise<Taken> {
      const bearer = await token();
      const { id } = await announce(scope, bearer);
      // What cannot be had now is asked for again when it is taken.
      for (const other of next) announce(other, bearer).catch(() => {});
      const response = await hq.open(`/sync/snapshots/${id}`, bearer, taking.signal);
      store.transact('snapshot begins', () => forgetCursor.run(scope));
      if (!response.body) throw new Error('an empty snapshot');
      return read(Readable.fromWeb(response.body as ReadableStream), scope, taking);
    },
  };
}

/** What a snapshot brought beside its rows. */
type Brought = {
  readonly sums: readonly OnHand[];
  readonly seen: Seen | null;
  readonly leftOut: readonly LeftOut[];
};

/** What a snapshot held, as far as something of ours may be in it. */
type Seen = ReturnType<typeof createSeen>;
function createSeen() {
  const movements = new Set<string>();
  const registers = new Set<string>();
  return {
    movements,
    registers,
    add({ t, rows }: Rows): void {
      if (t === 'stock_movement') for (const row of rows) movements.add(String(row.id));
      else if (tableFacts.get(t)?.policy === 'lww') for (const row of rows) registers.add(`${t}/${row.id}`);
    },
  };
}

type OnHand = z.infer<typeof onHandSchema>;
const onHandSchema = z.object({ batchId: z.string(), packId: z.string(), qtyBase: z.int() });
const stampsSchema = z.record(z.string(), z.string());
/** As `snapshotRows` of the wire has it, without a copy of every row: their tables hold them to their columns. */
const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null;
const rowsSchema = z.object({ t: z.string(), rows: z.array(z.custom<Row>(isRow)) });

function foldDecisions(db: Store['db']): void {
  const decisions = db.prepare<
    [string],
    { id: string; kind: 'quarantine' | 'release' | 'recall' | 'lift'; endsId: string | null }
  >(`SELECT id, kind, ends_id AS endsId FROM batch_decision WHERE batch_id = ?`);
  const set = db.prepare(
    `INSERT INTO batch_state (batch_id, state) VALUES (?, ?) ON CONFLICT (batch_id) DO UPDATE SET state = excluded.state`,
  );
  for (const batchId of db
    .prepare<[], string>(`SELECT DISTINCT batch_id FROM batch_decision`)
    .pluck()
    .all()) {
    set.run(batchId, batchStatus(decisions.all(batchId)));
  }
}
