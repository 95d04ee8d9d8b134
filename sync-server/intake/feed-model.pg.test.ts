import { connect, createServer, type Server, type Socket } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SnapshotReply, snapshotReply } from '#shared/replica/wire.ts';
import { storeScope } from '#shared/tables/scope.ts';
import { electricFeed } from '../../desktop/till/replication/feed.ts';
import { inTransaction } from '../store/pool.ts';
import { createIntake } from './push.ts';
import { saleRows, type TestDevice, testId } from './test-device.ts';
import { get, signIn, startTestHq, type TestHq } from './test-hq.ts';

/**
 * Electric's own client, as a till uses it, against the real server through everything that happens to a feed. The
 * oracle is the log: whoever follows the till's rule (the cursor of record is the number applied last; must-refetch
 * means a new base) has its rows in the end, none left out and none twice. FEED_MODEL_RUNS and FEED_MODEL_SEED for more.
 */
const RUNS = Number(process.env.FEED_MODEL_RUNS ?? 14);
const SEED = Number(process.env.FEED_MODEL_SEED ?? 20261122);
const PATIENCE = { timeout: 20_000, interval: 20 };

let hq: TestHq;
let way: Awaited<ReturnType<typeof openWay>>;
beforeAll(async () => {
  hq = await startTestHq({ times: { holdMs: 300, keepAliveMs: 100, streamMs: 1_200 } });
  way = await openWay(() => Number(new URL(hq.url).port));
});
afterAll(async () => {
  await way.close();
  await hq.stop();
});

test(`whatever happens to a feed, its follower has the log in the end (${RUNS} runs)`, async () => {
  const seen = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(fc.commands(allCommands, { maxCommands: 14 }), async (commands) => {
      const real = await startRun(seen);
      try {
        await fc.asyncModelRun(() => ({ model: { head: 0, floor: 0, following: true }, real }), commands);
        real.follower.resume();
        await real.sell(1);
        await real.caughtUp();
        expect(real.follower.faults).toEqual([]);
      } finally {
        real.follower.pause();
      }
    }),
    { numRuns: RUNS, seed: SEED, endOnFailure: true },
  );
  // A run that never met any of it would prove nothing.
  for (const what of ['restart', 'cut', 'compact', 'restore', 'pause', 'crash', 'must-refetch'])
    expect([what, seen.get(what) ?? 0]).not.toEqual([what, 0]);
}, 300_000);

type Model = { head: number; floor: number; following: boolean };
type Real = Awaited<ReturnType<typeof startRun>>;
type Command = fc.AsyncCommand<Model, Real>;

const command = (name: string, check: (model: Readonly<Model>) => boolean, run: Command['run']): Command => ({
  check,
  run: async (model, real) => {
    real.note(name);
    await run(model, real);
  },
  toString: () => name,
});
const always = () => true;

const allCommands = [
  fc.integer({ min: 1, max: 6 }).map((n) =>
    command(`sell ${n}`, always, async (model, real) => {
      await real.sell(n);
      model.head += n;
    }),
  ),
  fc.constant(command('restart', always, () => hq.restart())),
  fc.constant(command('cut', always, async () => way.cut())),
  fc.double({ min: 0.1, max: 1, noNaN: true }).map((share) =>
    command(
      'compact',
      ({ head, floor }) => head > floor,
      async (model, real) => {
        model.floor += Math.ceil((model.head - model.floor) * share);
        await real.raiseFloor(model.floor);
      },
    ),
  ),
  fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 6 })).map(([back, more]) =>
    command(
      'restore',
      ({ head, floor }) => head > floor,
      async (model, real) => {
        model.head = Math.max(model.floor, model.head - back);
        await real.restore(model.head, more);
        model.head += more;
      },
    ),
  ),
  fc.constant(
    command(
      'pause',
      ({ following }) => following,
      async (model, real) => {
        model.following = false;
        real.follower.pause();
      },
    ),
  ),
  fc.constant(
    command(
      'resume',
      ({ following }) => !following,
      async (model, real) => {
        model.following = true;
        real.follower.resume();
      },
    ),
  ),
  fc.constant(command('crash', always, async (_, real) => real.follower.crashAtNext())),
  fc.constant(
    command(
      'catch up',
      ({ following }) => following,
      (_, real) => real.caughtUp(),
    ),
  ),
];

/** A store of its own for one run, with a till that sells in it and one that follows it. */
async function startRun(seen: Map<string, number>) {
  const storeId = testId();
  const scope = storeScope(storeId);
  let seller: TestDevice = await hq.device(storeId);
  const note = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1);
  const follower = createFollower(scope, await hq.device(storeId), note);
  let receipts = 0;
  const archived: string[] = [];
  const logged = async () => {
    const { rows } = await hq.pool.query<{ row: string }>(
      `SELECT seq || ' ' || hash AS row FROM change_log WHERE scope = $1 ORDER BY seq`,
      [scope],
    );
    return [...archived, ...rows.map(({ row }) => row)];
  };
  const sell = async (count: number) => {
    const changesets = Array.from({ length: count }, () =>
      seller.make(saleRows({ ...seller, receiptN: ++receipts })),
    );
    const request = { changesets, waiting: 0, oldestAt: null, version: 'test', read: [] };
    const taken = await createIntake(hq.pool).takeBatch(seller, request);
    expect(taken).toMatchObject({ ok: true });
  };
  return {
    follower,
    note,
    sell,
    /** Moves the floor, and the rows below it away, as archiving does. */
    async raiseFloor(floor: number) {
      const all = await logged();
      await rewrite(scope, { keep: 'seq > $2', at: floor, column: 'floor' });
      archived.splice(0, archived.length, ...all.slice(0, floor));
    },
    /** HQ comes back from a backup that had the log up to `seq`; numbers above it are given again, `more` of them at once. */
    async restore(seq: number, more: number) {
      await hq.hq.stop();
      await rewrite(scope, { keep: 'seq <= $2', at: seq, column: 'seq' });
      await hq.pool.query(`UPDATE hq_identity SET epoch = $1, inc = inc + 1`, [testId()]);
      seller = await hq.device(storeId);
      if (more > 0) await sell(more);
      await hq.restart();
    },
    /** The follower's base and what came after it are the log, row by row. */
    caughtUp: () =>
      expect
        .poll(async () => {
          const { base, rows } = follower.holds();
          const behind = (await logged()).slice(base);
          return behind.join() === rows.join() ? 'the log' : { base, rows, behind };
        }, PATIENCE)
        .toBe('the log'),
  };
}

/** Takes rows out of the log of a scope, which its trigger refuses to everyone else, and says so in its head. */
async function rewrite(
  scope: string,
  { keep, at, column }: { readonly keep: string; readonly at: number; readonly column: 'seq' | 'floor' },
): Promise<void> {
  await inTransaction(hq.pool, async (client) => {
    await client.query('SET LOCAL session_replication_role = replica');
    await client.query(`DELETE FROM change_log WHERE scope = $1 AND NOT (${keep})`, [scope, at]);
    await client.query(`UPDATE scope_head SET ${column} = $2 WHERE scope = $1`, [scope, at]);
  });
}

/** The till's rule, without its database: what is applied and the cursor move together, everything else starts over. */
function createFollower(scope: string, device: TestDevice, note: (what: string) => void) {
  const faults: string[] = [];
  let session: AbortController | null = null;
  let cursor: { seq: number; epoch: string } | null = null;
  let base = 0;
  let rows: string[] = [];
  let alias = 0;
  let crashing = false;

  const token = () => signIn(way.url, device);
  const start = () => {
    session = new AbortController();
    void work(session.signal);
  };
  const again = (signal: AbortSignal) => {
    if (!signal.aborted) setTimeout(() => void work(signal), 20);
  };

  async function work(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    try {
      const from = cursor ?? (await takeBase(signal));
      follow(from, signal);
    } catch {
      again(signal);
    }
  }

  async function takeBase(signal: AbortSignal): Promise<{ seq: number; epoch: string }> {
    const answer = await get(way.url, `/sync/snapshot?scope=${scope}`, await token(), { signal });
    const { seq, epoch }: SnapshotReply = snapshotReply.parse(await answer.json());
    signal.throwIfAborted();
    base = seq;
    rows = [];
    cursor = { seq, epoch };
    return cursor;
  }

  function follow(from: { readonly seq: number; readonly epoch: string }, signal: AbortSignal): void {
    electricFeed({
      ...{ hqUrl: way.url, scope, from, alias, token, fetch, signal },
      onRows: async (came) => {
        if (signal.aborted) return;
        if (crashing) {
          crashing = false;
          throw new Error('the till died before its commit');
        }
        for (const { seq, hash } of came) {
          const next = (cursor?.seq ?? 0) + 1;
          if (Number(seq) !== next) faults.push(`${seq} came where ${next} should`);
          rows.push(`${seq} ${hash}`);
          if (cursor) cursor = { ...cursor, seq: Number(seq) };
        }
      },
      onCurrent: () => {},
      onEnd: (why) => {
        if (why === 'must-refetch') {
          note(why);
          alias += 1;
          cursor = null;
        }
        again(signal);
      },
    });
  }

  start();
  return {
    faults,
    holds: () => ({ base, rows }),
    pause: () => session?.abort(),
    resume: () => {
      if (session?.signal.aborted) start();
    },
    crashAtNext: () => {
      crashing = true;
    },
  };
}

/** A way to HQ with one address for good, whichever node is behind it; `cut` breaks every connection that is open. */
async function openWay(port: () => number) {
  const open = new Set<Socket>();
  const server: Server = createServer((near) => {
    const far = connect(port(), '127.0.0.1');
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const cut = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    cut,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        cut();
      }),
  };
}
