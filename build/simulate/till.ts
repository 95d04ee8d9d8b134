import { gunzipSync } from 'node:zlib';
import type { Statement } from 'better-sqlite3';
import { createIds } from '#shared/kernel/ids.ts';
import type { Envelope, Sealed } from '#shared/replica/changeset.ts';
import type { IntakeProblem } from '#shared/replica/plan.ts';
import { type FeedRow, type HeadsReply, type PushReply, relayRequest } from '#shared/replica/wire.ts';
import type { TableFacts } from '#shared/tables/define-table.ts';
import { storeScope } from '#shared/tables/scope.ts';
import { stockProjections } from '../../desktop/till/inventory/projections.ts';
import { createLive } from '../../desktop/till/live.ts';
import { takeAnswers } from '../../desktop/till/replication/answers.ts';
import { createGiveBack } from '../../desktop/till/replication/give-back.ts';
import { createHq } from '../../desktop/till/replication/hq.ts';
import { createJournal } from '../../desktop/till/replication/journal.ts';
import { createSnapshots } from '../../desktop/till/replication/snapshot.ts';
import { createTakeIn, FeedError } from '../../desktop/till/replication/take-in.ts';
import { moveTo } from '../../desktop/till/store/move.ts';
import { createStore } from '../../desktop/till/store/store.ts';
import type { Dice } from './dice.ts';
import { openDisk } from './disk.ts';
import type { Snapshot } from './hq-snapshot.ts';
import { keysOf } from './keys.ts';
import { deviceId } from './shop.ts';

/** Bytes of one push in a history: small, so that a till's outbox goes up in several pieces. */
const BATCH_BYTES = 12_000;

export type TillSetup = {
  readonly index: number;
  readonly image: Buffer;
  readonly nowMs: () => number;
  readonly dice: Dice;
  /** What its version can read. */
  readonly tables: ReadonlyMap<string, TableFacts>;
};

export type Till = ReturnType<typeof createTill>;

/**
 * A till's process: the real store, journal, take-in and snapshot on a database in memory, with what link.ts does
 * around them turned by hand: each of its waits is a place where the history may go on elsewhere.
 */
export function createTill({ index, image, nowMs, dice, tables }: TillSetup) {
  const disk = openDisk(image);
  const { db } = disk;
  const clock = { nowMs };
  const { sealer } = keysOf(deviceId(index));
  const ids = createIds({ clock, random: { bytes: dice.bytes } });
  const projections = stockProjections(db);
  const store = createStore({ db, sealer, clock, ids, live: createLive(), projections, onSlow: () => {} });
  const journal = createJournal(db);
  const takeIn = createTakeIn(store, tables);
  const me = store.identity.read();
  const { storeId } = me;
  /** Ends with the link. */
  const session = new AbortController();
  const statements = new Map<string, Statement>();
  /** Prepared once for each process: a history asks the same again and again. */
  const sql = (text: string): Statement => {
    const known = statements.get(text) ?? db.prepare(text);
    statements.set(text, known);
    return known;
  };

  const journalOf = (where: string, ...values: readonly number[]) =>
    sql(`SELECT inc, dseq, text, hash, sig, state, reason FROM journal ${where} ORDER BY inc, dseq`).all(
      ...values,
    ) as JournalRow[];

  return {
    index,
    device: me.device,
    /** Its incarnation: another after a fork. */
    inc: (): number => store.identity.read().inc,
    storeId,
    scopes: ['org', storeScope(storeId)] as const,
    /** Rows of a query; the caller knows their columns. */
    all: <Row>(text: string, ...values: readonly unknown[]): Row[] => sql(text).all(...values) as Row[],
    one: (text: string, ...values: readonly unknown[]): unknown =>
      sql(text)
        .pluck()
        .get(...values),
    store,
    clock,
    dice,
    takeIn,
    /** The next piece of the outbox. */
    outbox: (): readonly Sealed[] =>
      journal
        .batch(store.identity.read().inc, { most: 20, bytes: BATCH_BYTES })
        .map(({ text, hash, sig }) => ({ text, hash, sig })),
    waiting: (): number => journal.waiting().n,
    answered: ({ verdicts }: PushReply): void => takeAnswers(store, journal, verdicts),
    reopenBehind: (end: { dseq: number; hash: string }): void => {
      journal.reopenBehind(store.identity.read().inc, end);
    },
    /** All of its chain waits again: HQ was restored, and tells a revoked till nothing. */
    reopenAll: (): void => {
      journal.reopenBehind(store.identity.read().inc, undefined);
    },
    handUp: (relay: Relay): Promise<void> =>
      createGiveBack({ store, journal, hq: hqOver(relay) }).handUp('token'),
    settleShared: (below: number, relay: Relay): Promise<void> =>
      createGiveBack({ store, journal, hq: hqOver(relay) }).settleShared(below, 'token'),
    /** Whether another till's changeset lies here that HQ has not numbered. */
    hasEarly: (): boolean => sql('SELECT EXISTS (SELECT 1 FROM pending_change)').pluck().get() === 1,
    /** Goes on under another incarnation; what was not sent is made again. */
    reincarnate: (inc: number): void => store.transact('reincarnate', () => store.replica.reincarnate(inc)),
    /** Hands up what a restored HQ has lost, and what waits of chains that are ended. */
    giveBack: (reply: HeadsReply, relay: Relay): Promise<void> =>
      createGiveBack({ store, journal, hq: hqOver(relay) }).giveBack(reply, 'token'),
    sendEnded: (relay: Relay): Promise<void> =>
      createGiveBack({ store, journal, hq: hqOver(relay) }).sendEnded('token'),
    cursor: takeIn.cursor,
    /** How far it has read, as it says with each push. */
    read: () =>
      ['org', storeScope(storeId)].flatMap((scope) => {
        const at = takeIn.cursor(scope);
        return at ? [{ scope, ...at }] : [];
      }),
    /** Others' changesets that lie here for a restored HQ. An early copy alone promises nothing: its number may be used again. */
    held: () => sql('SELECT device, hash FROM held_change').all() as { device: string; hash: string }[],
    /** Rows from the feed; false where they leave a hole, upon which link.ts asks again from the cursor. */
    async take(scope: string, rows: readonly FeedRow[]): Promise<boolean> {
      try {
        await takeIn.rows(scope, rows);
        return true;
      } catch (problem) {
        if (problem instanceof FeedError) return false;
        throw problem;
      }
    },
    /** Takes a snapshot whose download may stop after some lines, with business going on meanwhile; true when it is in. */
    async base(snapshot: Snapshot, download: Download): Promise<boolean> {
      const hq = createHq({ url: 'http://hq.invalid', fetch: serve(snapshot, download), nowMs });
      const snapshots = createSnapshots({ store, takeIn, hq });
      const { signal } = session;
      try {
        await snapshots.take(snapshot.scope, {
          token: async () => 'token',
          signal,
        });
        return true;
      } catch (problem) {
        if (signal.aborted || (problem instanceof Error && problem.message === BROKEN)) return false;
        throw problem;
      }
    },
    /** Another till's changeset that HQ has not numbered yet. */
    early: (sealed: Sealed, envelope: Envelope): boolean =>
      store.transact('early delivery', () => store.replica.applyPending(sealed, envelope)),
    /** All changesets of this database, as they stand in its journal. */
    journal: (): readonly JournalRow[] => journalOf(''),
    /** The same without their texts. */
    journalStates: () =>
      sql(`SELECT inc, dseq, scope, hash, state FROM journal`).all() as (Omit<
        JournalRow,
        'text' | 'sig' | 'reason'
      > & { readonly scope: string })[],
    textOf: ({ inc, dseq }: Pick<JournalRow, 'inc' | 'dseq'>): string =>
      String(sql(`SELECT text FROM journal WHERE inc = ? AND dseq = ?`).pluck().get(inc, dseq)),
    /** Those made since. */
    madeSince: (dseq: number): readonly JournalRow[] =>
      journalOf('WHERE inc = ? AND dseq > ?', store.identity.read().inc, dseq),
    /** Whether anything was written since the process started, as a number that grows. */
    writes: (): number => Number(sql('SELECT total_changes()').pluck().get()),
    /** Whether a cashier can work: the base is in. */
    isOpen: (): boolean =>
      sql(`SELECT (SELECT count(*) FROM setting WHERE store_id = ?) >= 3 AND (SELECT count(*) FROM price) >= 6
         AND EXISTS (SELECT 1 FROM setting WHERE store_id IS NULL)`)
        .pluck()
        .get(storeId) === 1,
    dseq: (): number => store.identity.read().dseq,
    /** Its link stops, and everything of its store leaves it; the process that goes on is another. */
    moveTo: (to: string): void => {
      session.abort();
      moveTo(db, to);
    },
    /** What is on disk after a power cut. */
    diskImage: (): Buffer => db.serialize(),
    close: disk.close,
  };
}

export type JournalRow = Sealed & {
  readonly inc: number;
  readonly dseq: number;
  readonly state: 'waiting' | 'at-hq' | 'refused' | 'superseded' | 'dismissed';
  readonly reason: string | null;
};
export type PushAnswer = { ok: true; reply: PushReply } | { ok: false; problem: IntakeProblem };

/** How a snapshot arrives: `meanwhile` is called before each line; the line at which the connection breaks, if any. */
export type Download = {
  readonly breaksAt: number | null;
  readonly meanwhile: () => void;
};
/** Takes one request of another's changesets to HQ. */
export type Relay = (device: string, inc: number, batch: readonly Sealed[]) => PushReply;

const hqOver = (relay: Relay) =>
  createHq({
    url: 'http://hq.invalid',
    nowMs: () => 0,
    fetch: async (_input, init) => {
      const body = init?.body instanceof Uint8Array ? gunzipSync(init.body) : init?.body;
      const { device, inc, changesets } = relayRequest.parse(JSON.parse(String(body)));
      return Response.json(relay(device, inc, changesets));
    },
  });

const BROKEN = 'the connection broke';

function serve(snapshot: Snapshot, { breaksAt, meanwhile }: Download): typeof globalThis.fetch {
  const { scope, seq, epoch, lines } = snapshot;
  const announced = { id: 'snapshot', scope, seq, epoch, bytes: 1, rows: lines.length };
  return async (input) => {
    if (String(input).includes('?')) return Response.json(announced);
    let at = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        meanwhile();
        const line = lines[at];
        if (at === breaksAt) controller.error(new Error(BROKEN));
        else if (line === undefined) controller.close();
        else controller.enqueue(Buffer.from(`${line}\n`));
        at += 1;
      },
    });
    return new Response(body);
  };
}
