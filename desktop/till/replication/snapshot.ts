import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import { batchStatus } from '#shared/inventory/batch-state.ts';
import { openEnvelope } from '#shared/replica/changeset.ts';
import { snapshotHead, snapshotReply, snapshotRows, snapshotTail } from '#shared/replica/wire.ts';
import { tableFacts } from '#shared/schema.ts';
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

type Taken = { readonly seq: number; readonly epoch: string };
type Rows = z.infer<typeof snapshotRows>;
/** Rows of one transaction: large enough that the disk's sync is paid seldom. */
const SLICE_ROWS = 4_000;

/**
 * Takes a scope's base from a snapshot. It replaces what HQ had numbered before; the outbox and what is pending over
 * the base survive. Rows are written as they come, sums and cursor at the end in one transaction, so a till that dies
 * on the way has no cursor and begins again.
 */
export function createSnapshots({ store, takeIn, hq, onProgress }: Deps) {
  const { db, rows, replica } = store;
  const pendingAny = db.prepare(`SELECT 1 FROM pending_write LIMIT 1`).pluck();
  const forgetCursor = db.prepare(`DELETE FROM cursor WHERE scope = ?`);

  /** Facts of a snapshot never touch sums: those come as checkpoints. */
  function writeRow(table: string, row: Readonly<Record<string, unknown>>): void {
    const facts = tableFacts.get(table);
    if (!facts) return;
    if (facts.policy === 'append') {
      rows.insertFact(table, row);
      return;
    }
    const { deleted, stamps, ...values } = row;
    const register = { values, deleted: deleted === true, stamps: stampsSchema.parse(stamps) };
    if (pendingAny.get() === undefined) rows.writeRegister(table, register);
    else replica.replaceBase(table, register);
  }

  async function read(stream: NodeJS.ReadableStream, scope: string, signal: AbortSignal): Promise<Taken> {
    const sums: OnHand[] = [];
    let head: z.infer<typeof snapshotHead> | null = null;
    let done = 0;
    let ended = false;
    let held: Rows[] = [];
    const flush = async () => {
      store.transact('snapshot slice', () => {
        for (const { t, rows: some } of held) for (const row of some) writeRow(t, row);
      });
      held = [];
      onProgress?.(done, head?.rows ?? done);
      await nextTurn();
    };
    for await (const line of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) {
      if (signal.aborted) throw new Error('aborted');
      const json: unknown = JSON.parse(line);
      if (head === null) head = snapshotHead.parse(json);
      else if (snapshotTail.safeParse(json).success) ended = true;
      else {
        const part = snapshotRows.parse(json);
        done += part.rows.length;
        if (part.t === 'on_hand') sums.push(...part.rows.map((row) => onHandSchema.parse(row)));
        else held.push(part);
        if (held.reduce((n, h) => n + h.rows.length, 0) >= SLICE_ROWS) await flush();
      }
    }
    if (!head || !ended) throw new Error('the snapshot is cut short');
    await flush();
    finish(scope, head, sums);
    return { seq: head.seq, epoch: head.epoch };
  }

  /** Sums, states and the cursor: from here on the snapshot is the base. */
  function finish(scope: string, head: z.infer<typeof snapshotHead>, sums: readonly OnHand[]): void {
    store.transact('snapshot base', () => {
      if (scope !== 'org') {
        db.prepare(`DELETE FROM on_hand`).run();
        const insert = db.prepare(`INSERT INTO on_hand (batch_id, pack_id, qty_base) VALUES (?, ?, ?)`);
        for (const { batchId, packId, qtyBase } of sums) insert.run(batchId, packId, qtyBase);
        foldDecisions(db);
        const answered = answeredOf(head);
        settlePending(answered);
        addUncounted(answered);
      }
      takeIn.setCursor(scope, head);
    });
  }

  /** How far HQ had answered our chain when it made the snapshot. */
  function answeredOf({ heads }: z.infer<typeof snapshotHead>): number {
    const me = store.identity.read();
    const known = heads[me.device];
    return known?.inc === me.inc ? known.dseq : 0;
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

  return {
    async take(
      scope: string,
      { token, signal }: { token: () => Promise<string>; signal: AbortSignal },
    ): Promise<Taken> {
      const bearer = await token();
      const { id } = await hq.get(`/sync/snapshot?scope=${encodeURIComponent(scope)}`, {
        schema: snapshotReply,
        bearer,
      });
      const response = await hq.open(`/sync/snapshots/${id}`, bearer, signal);
      store.transact('snapshot begins', () => forgetCursor.run(scope));
      if (!response.body) throw new Error('an empty snapshot');
      const bytes = Readable.fromWeb(response.body as ReadableStream);
      return read(
        response.headers.get('content-encoding') === 'gzip' ? bytes : bytes.pipe(createGunzip()),
        scope,
        signal,
      );
    },
  };
}

type OnHand = z.infer<typeof onHandSchema>;
const onHandSchema = z.object({ batchId: z.string(), packId: z.string(), qtyBase: z.int() });
const stampsSchema = z.record(z.string(), z.string());

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
