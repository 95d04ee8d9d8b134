import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import { batchStatus } from '#shared/inventory/batch-state.ts';
import { openEnvelope, type Row } from '#shared/replica/changeset.ts';
import { type SnapshotReply, snapshotHead, snapshotReply, snapshotTail } from '#shared/replica/wire.ts';
import { tableFacts } from '#shared/schema.ts';
import { storeScope } from '#shared/tables/scope.ts';
import { tuneFor } from '../store/open.ts';
import type { Store } from '../store/store.ts';
import type { Hq } from './hq.ts';
import type { TakeIn } from './take-in.ts';

type Deps = {
  readonly store: Store;
  readonly takeIn: TakeIn;
  readonly hq: Hq;
  /** Rows taken in so far and rows there are. */
  readonly onProgress?: (done: number, total: number) => void;
};

type Taking = {
  readonly signal: AbortSignal;
  /** The first number under which HQ has another changeset of our key, as it said when we pushed; null where none. */
  readonly forkedAt: () => number | null;
};
type Taken = { readonly seq: number; readonly epoch: string };
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
  const ownStore = storeScope(store.identity.read().storeId);
  const announced = new Map<string, Promise<SnapshotReply>>();
  // The store's base comes after the org's: a till that has had one can be sold at.
  let selling = takeIn.cursor(ownStore) !== null;
  const pendingAny = db.prepare(`SELECT 1 FROM pending_write LIMIT 1`).pluck();
  const forgetCursor = db.prepare(`DELETE FROM cursor WHERE scope = ?`);

  /** Writes rows one by one as it is driven. Facts of a snapshot never touch sums: those come as checkpoints. */
  function* writing(parts: readonly Rows[]): Generator<void, void, void> {
    for (const { t, rows: some } of parts) {
      const facts = tableFacts.get(t);
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

  async function write(parts: readonly Rows[], { ms }: Pace): Promise<void> {
    const work = writing(parts);
    for (let done = false; !done; ) {
      store.transact('snapshot slice', () => {
        const until = performance.now() + ms;
        do done = work.next().done === true;
        while (!done && performance.now() < until);
      });
      await nextTurn();
    }
  }

  async function read(
    stream: NodeJS.ReadableStream,
    scope: string,
    { signal, forkedAt }: Taking,
  ): Promise<Taken> {
    const sums: OnHand[] = [];
    let head: z.infer<typeof snapshotHead> | null = null;
    let done = 0;
    let ended = false;
    let held: Rows[] = [];
    let heldRows = 0;
    const pace = selling ? SELLING : FIRST;
    if (!selling) tuneFor(db, 'first-base');
    const flush = async () => {
      await write(held, pace);
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
        if (part.t === 'on_hand') for (const row of part.rows) sums.push(onHandSchema.parse(row));
        else {
          held.push(part);
          heldRows += part.rows.length;
        }
        if (heldRows >= pace.rows) await flush();
      }
    }
    if (!head || !ended) throw new Error('the snapshot is cut short');
    await flush();
    finish(scope, head, { sums, forkedAt: forkedAt() });
    if (scope === ownStore && !selling) {
      selling = true;
      tuneFor(db, 'counter');
      // Not left to the cashier's first sale.
      db.pragma('wal_checkpoint(TRUNCATE)');
      db.pragma('shrink_memory');
    }
    return { seq: head.seq, epoch: head.epoch };
  }

  /** Sums, states and the cursor: from here on the snapshot is the base. */
  function finish(
    scope: string,
    head: z.infer<typeof snapshotHead>,
    { sums, forkedAt }: { readonly sums: readonly OnHand[]; readonly forkedAt: number | null },
  ): void {
    store.transact('snapshot base', () => {
      if (scope !== 'org') {
        db.prepare(`DELETE FROM on_hand`).run();
        const insert = db.prepare(`INSERT INTO on_hand (batch_id, pack_id, qty_base) VALUES (?, ?, ?)`);
        for (const { batchId, packId, qtyBase } of sums) insert.run(batchId, packId, qtyBase);
        foldDecisions(db);
        const answered = answeredOf(head, forkedAt);
        settlePending(answered);
        addUncounted(answered);
      }
      takeIn.setCursor(scope, head);
    });
  }

  /** How far the chain HQ had when it made the snapshot is ours. */
  function answeredOf({ heads }: z.infer<typeof snapshotHead>, forkedAt: number | null): number {
    const me = store.identity.read();
    const known = heads[me.device];
    const head = known?.inc === me.inc ? known.dseq : 0;
    return forkedAt === null ? head : Math.min(head, forkedAt - 1);
  }

  /**
   * Edits HQ had answered are in the base or in quarantine. The journal is left alone: only a verdict says which, and
   * whether it is ours that HQ has under that number; what waits is pushed again and answered as a duplicate.
   */
  function settlePending(answered: number): void {
    const me = store.identity.read();
    const stale = db.prepare<[string, number, number], { dseq: number }>(
      `SELECT DISTINCT dseq FROM pending_write WHERE device = ? AND inc = ? AND dseq <= ?`,
    );
    for (const { dseq } of stale.all(me.device, me.inc, answered))
      replica.dropPending({ device: me.device, inc: me.inc, dseq });
  }

  /**
   * Adds our movements that HQ's sums have not: those it had not answered when it made the snapshot, pushed since or
   * not, and those it refused, because the goods left the shelf all the same.
   */
  function addUncounted(answered: number): void {
    const add = db.prepare(
      `INSERT INTO on_hand (batch_id, pack_id, qty_base) VALUES (?, ?, ?) ON CONFLICT (batch_id) DO UPDATE SET qty_base = qty_base + excluded.qty_base`,
    );
    const uncounted = db.prepare<[number, number], { text: string }>(
      `SELECT text FROM journal WHERE state = 'refused' OR (inc = ? AND dseq > ?)`,
    );
    for (const { text } of uncounted.all(store.identity.read().inc, answered)) {
      const opened = openEnvelope(text);
      for (const change of opened.ok ? opened.value.body.changes : []) {
        if (change.t === 'stock_movement' && change.op === 'insert')
          add.run(change.row.batchId, change.row.packId, change.row.qtyBase);
      }
    }
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
      const bytes = Readable.fromWeb(response.body as ReadableStream);
      return read(
        response.headers.get('content-encoding') === 'gzip' ? bytes : bytes.pipe(createGunzip()),
        scope,
        taking,
      );
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
