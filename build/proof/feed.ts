import { randomInt } from 'node:crypto';
import { setTimeout as hold } from 'node:timers/promises';
import type pg from 'pg';
import { bodyVersion, type Envelope, genesisHash, seal } from '#shared/replica/changeset.ts';
import { tick, zeroHlc } from '#shared/replica/hlc.ts';
import { createChangeListener } from '../../sync-server/intake/change-listener.ts';
import { createFeed } from '../../sync-server/intake/feed.ts';
import { type Numberable, numberChangesets } from '../../sync-server/store/number.ts';
import { createPool } from '../../sync-server/store/pool.ts';
import { sha256Hex } from '../../sync-server/store/signing.ts';
import { startTestDatabase } from '../../sync-server/store/test-database.ts';

export type FeedProof = {
  /** Changesets whose transaction was committed, and changesets that were rolled back after they had numbers. */
  readonly committed: number;
  readonly rolledBack: number;
  readonly missed: number;
  readonly twice: number;
  readonly outOfOrder: number;
  /** Rolled back and delivered all the same. */
  readonly phantoms: number;
  /** What a reader of a bigserial missed meanwhile, of the same transactions. */
  readonly naiveMissed: number;
  readonly seconds: number;
};

const BATCH = 50;
const SCOPES = ['store:a', 'store:b'] as const;
const ROLLED_BACK_PERCENT = 5;
const HELD_PERCENT = 25;
const LONGEST_HOLD_MS = 20;

/**
 * Many writers on a real Postgres, with the production numbering; a quarter of the transactions wait up to 20 ms
 * between numbering and COMMIT, some roll back. One reader for each scope follows as HQ's feed does, from its own last
 * number. Beside it the control: each transaction also writes a table with a bigserial, which another reader follows.
 */
export async function feedProof({
  rows,
  writers,
}: {
  readonly rows: number;
  readonly writers: number;
}): Promise<FeedProof> {
  const database = await startTestDatabase();
  const pool = createPool({ url: database.url, max: writers + 8, onError: () => {} });
  await pool.query('CREATE TABLE naive (id bigserial PRIMARY KEY, n integer NOT NULL)');
  await pool.query(`INSERT INTO hq_identity (one, epoch, device, inc, hlc, signing_key_pem)
    VALUES (1, 'epoch', 'hq', 1, '${zeroHlc}', '')`);
  const started = performance.now();
  const ledger = createLedger();
  const done = new AbortController();
  const readers = [
    ...SCOPES.map((scope) => follow(pool, { url: database.url, scope, ledger, done: done.signal })),
  ];
  const control = followNaively(pool, done.signal);
  await Promise.all(Array.from({ length: writers }, (_, writer) => write(pool, { writer, rows, ledger })));
  done.abort();
  await Promise.all(readers);
  const naiveMissed = ledger.committed() - (await control);
  const seconds = (performance.now() - started) / 1_000;
  await pool.end();
  await database.stop();
  return { ...ledger.result(), naiveMissed, seconds };
}

/** What was committed and what was delivered, by the number each changeset got when it was made. */
function createLedger() {
  let made = 0;
  let committed = 0;
  let rolledBack = 0;
  let outOfOrder = 0;
  const state = new Map<number, { committed: boolean; delivered: number }>();
  return {
    take: (count: number): number => {
      made += count;
      return made - count;
    },
    made: () => made,
    committed: () => committed,
    settle(from: number, count: number, kept: boolean): void {
      if (kept) committed += count;
      else rolledBack += count;
      for (let n = from; n < from + count; n++) entry(n).committed = kept;
    },
    deliver(n: number, inOrder: boolean): void {
      entry(n).delivered += 1;
      if (!inOrder) outOfOrder += 1;
    },
    result() {
      let [missed, twice, phantoms] = [0, 0, 0];
      for (const one of state.values()) {
        if (one.committed && one.delivered === 0) missed += 1;
        if (one.delivered > 1) twice += 1;
        if (!one.committed && one.delivered > 0) phantoms += 1;
      }
      return { committed, rolledBack, missed, twice, outOfOrder, phantoms };
    },
  };

  function entry(n: number) {
    const known = state.get(n);
    if (known) return known;
    const fresh = { committed: false, delivered: 0 };
    state.set(n, fresh);
    return fresh;
  }
}
type Ledger = ReturnType<typeof createLedger>;

async function write(
  pool: pg.Pool,
  { writer, rows, ledger }: { readonly writer: number; readonly rows: number; readonly ledger: Ledger },
): Promise<void> {
  const client = await pool.connect();
  while (ledger.committed() < rows) {
    const from = ledger.take(BATCH);
    const kept = randomInt(100) >= ROLLED_BACK_PERCENT;
    await client.query('BEGIN');
    await client.query('INSERT INTO naive (n) SELECT * FROM generate_series($1::int, $2::int)', [
      from,
      from + BATCH - 1,
    ]);
    await numberChangesets(client, changesets(writer, from));
    if (randomInt(100) < HELD_PERCENT) await hold(randomInt(LONGEST_HOLD_MS + 1));
    await client.query(kept ? 'COMMIT' : 'ROLLBACK');
    ledger.settle(from, BATCH, kept);
  }
  client.release();
}

/** One transaction's changesets: of one scope, or every tenth time of both. */
function changesets(writer: number, from: number): Numberable[] {
  const both = randomInt(10) === 0;
  const own = SCOPES[writer % SCOPES.length] ?? SCOPES[0];
  return Array.from({ length: BATCH }, (_, i) => {
    const dseq = from + i + 1;
    const hlc = tick(zeroHlc, dseq);
    const envelope: Envelope = {
      ...{
        device: `writer ${writer}`,
        inc: 1,
        dseq,
        tx: `tx ${from}`,
        parts: BATCH,
        prevHash: genesisHash,
        hlc,
      },
      ...{ type: 'proof', v: bodyVersion, actor: 'proof', at: dseq, skew: null, body: { changes: [] } },
      scope: both && i % 2 ? (SCOPES.find((scope) => scope !== own) ?? own) : own,
    };
    return { envelope, effHlc: hlc, sealed: seal(envelope, { sha256Hex, sign: () => 'unsigned' }) };
  });
}

type Following = {
  readonly url: string;
  readonly scope: string;
  readonly ledger: Ledger;
  readonly done: AbortSignal;
};

/** Follows as shape.ts does: ask to be woken, read what is behind the last number, wait. */
async function follow(pool: pg.Pool, { url, scope, ledger, done }: Following): Promise<void> {
  const feed = createFeed(pool);
  const listener = createChangeListener({ url, onError: () => {} });
  for (let after = 0, over = false; !over; ) {
    // What was committed before the end was heard of is in the reading that comes after it.
    const last = done.aborted;
    const grown = listener.next(scope, done);
    const { rows, atHead } = await feed.read(scope, after);
    for (const { seq, dseq } of rows) {
      ledger.deliver(Number(dseq) - 1, Number(seq) === after + 1);
      after = Number(seq);
    }
    over = last && atHead;
    if (atHead && !last) await grown;
  }
  await listener.stop();
}

/** The same with a bigserial for a cursor. Answers how many rows it has seen. */
async function followNaively(pool: pg.Pool, done: AbortSignal): Promise<number> {
  let after = 0;
  let seen = 0;
  for (let over = false; !over; ) {
    const last = done.aborted;
    const { rows } = await pool.query<{ id: number }>(
      'SELECT id FROM naive WHERE id > $1 ORDER BY id LIMIT 1000',
      [after],
    );
    seen += rows.length;
    after = rows.at(-1)?.id ?? after;
    over = last && rows.length === 0;
    if (rows.length === 0 && !last) await hold(5);
  }
  return seen;
}
