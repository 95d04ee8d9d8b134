import { generateKeyPairSync } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { expect, test } from 'vitest';
import { createIds } from '#shared/kernel/ids.ts';
import { genesisHash, openEnvelope } from '#shared/replica/changeset.ts';
import { emptyDigest } from '#shared/replica/log-digest.ts';
import type { FeedRow } from '#shared/replica/wire.ts';
import { storeScope } from '#shared/tables/scope.ts';
import { stockProjections } from '../inventory/projections.ts';
import { createLive } from '../live.ts';
import { createSealer, sha256Hex } from '../store/crypto.ts';
import { createStore } from '../store/store.ts';
import { takeAnswers } from './answers.ts';
import { createHq } from './hq.ts';
import { createJournal } from './journal.ts';
import { createSnapshots } from './snapshot.ts';
import { createTakeIn } from './take-in.ts';

const scope = storeScope('s');
const nowMs = Date.UTC(2026, 2, 2, 9);
const hqUrl = 'http://127.0.0.1:9';

/** A till that has made a movement of −1 and an edit as the device `old`, and goes on as `new`. */
function tillPutToWorkAgain() {
  const db = new Database(':memory:');
  migrate(drizzle(db), { migrationsFolder: 'migrations/sqlite' });
  const clock = { nowMs: () => nowMs };
  let drawn = 0;
  const ids = createIds({ clock, random: { bytes: (n) => new Uint8Array(n).fill(++drawn) } });
  const open = () => {
    const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
    const parts = { live: createLive(), projections: stockProjections(db), onSlow: () => {} };
    return createStore({ db, sealer: createSealer(pem.toString()), clock, ids, ...parts });
  };
  const former = open();
  former.identity.enrol({ device: 'old', inc: 1, storeId: 's', tillId: 't', hqUrl });
  const cols = { storeId: 's', key: 'k', value: 'mine' };
  const setting = { t: 'setting', op: 'set', id: 'setting', cols } as const;
  move(former, -1);
  former.transact('edit', () =>
    former.replica.record({ type: 'setting', actor: 'me', subjectId: null, changes: [setting] }),
  );
  former.identity.become({ device: 'new', inc: 2, hqUrl });
  const store = open();
  const one = (sql: string) => db.prepare(sql).pluck().get();
  return {
    ...{ db, store, takeIn: createTakeIn(store), one, journal: createJournal(db) },
    kept: db
      .prepare<[], Kept>(`SELECT inc, dseq, text, hash, sig, hlc, type FROM journal ORDER BY dseq`)
      .all(),
    states: () => db.prepare(`SELECT state FROM journal WHERE inc = 1 ORDER BY dseq`).pluck().all(),
    onHand: () => one(`SELECT sum(qty_base) FROM on_hand`),
  };
}
type Kept = {
  readonly inc: number;
  readonly dseq: number;
  readonly text: string;
  readonly hash: string;
  readonly sig: string;
  readonly hlc: string;
  readonly type: string;
};

function move({ ids, transact, replica }: ReturnType<typeof createStore>, qtyBase: number): void {
  const row = {
    ...{ id: ids.next(), storeId: 's', batchId: 'batch', packId: 'pack', kind: 'adjust', qtyBase, at: nowMs },
    ...{ documentId: 'doc', documentLine: null, businessDate: '2026-03-02', actorId: 'me', reason: null },
  };
  transact('move', () =>
    replica.record({
      ...{ type: 'stock', actor: 'me', subjectId: null },
      changes: [{ t: 'stock_movement', op: 'insert', row }],
    }),
  );
}

const numbered = ({ text, hash, sig, hlc, inc, dseq, type }: Kept, seq: number): FeedRow => ({
  ...{ scope, seq: String(seq), epoch: 'e', device: 'old', inc: String(inc), dseq: String(dseq), type },
  ...{ v: '1', eff_hlc: hlc, hash, sig, envelope: text },
});

test('what a former device made is settled by its echo: counted once, over nothing any more, held by nobody else', async () => {
  const { takeIn, kept, states, onHand, one } = tillPutToWorkAgain();
  expect([states(), onHand(), one('SELECT count(*) FROM pending_write')]).toEqual([
    ['waiting', 'waiting'],
    -1,
    1,
  ]);
  await takeIn.rows(
    scope,
    kept.map((row, i) => numbered(row, i + 1)),
  );
  expect([states(), onHand()]).toEqual([['at-hq', 'at-hq'], -1]);
  expect(one('SELECT count(*) FROM pending_write')).toBe(0);
  expect(one('SELECT count(*) FROM held_change')).toBe(0);
  expect(one(`SELECT "value" FROM setting WHERE id = 'setting'`)).toBe('"mine"');
});

test('another under a number of the former device settles nothing of ours', async () => {
  const { takeIn, kept, states, one } = tillPutToWorkAgain();
  const [, edit] = kept;
  if (!edit) throw new Error('no edit');
  const text = edit.text.replace('"mine"', '"theirs"');
  await takeIn.rows(scope, [numbered({ ...edit, text, hash: sha256Hex(text) }, 1)]);
  expect(states()).toEqual(['waiting', 'waiting']);
  expect(one(`SELECT "value" FROM setting WHERE id = 'setting'`)).toBe('"mine"');
});

test('what the former device made after this database was copied is kept for HQ as another’s is', async () => {
  const { takeIn, kept, one } = tillPutToWorkAgain();
  const [, edit] = kept;
  if (!edit) throw new Error('no edit');
  const text = edit.text.replace('"dseq":2', '"dseq":3');
  await takeIn.rows(scope, [numbered({ ...edit, dseq: 3, text, hash: sha256Hex(text) }, 1)]);
  expect(one(`SELECT device || '/' || inc || '/' || dseq FROM held_change`)).toBe('old/1/3');
});

test('a refusal of what the former device made takes its edit away', () => {
  const { store, journal, states, one } = tillPutToWorkAgain();
  takeAnswers(store, journal, [{ dseq: 2, verdict: 'refused', reason: 'BAD_ROW' }], 1);
  expect(states()).toEqual(['waiting', 'refused']);
  expect(one('SELECT count(*) FROM pending_write')).toBe(0);
});

/** A download of a base: what HQ had answered and counted, the movements it holds, whether its end arrives. */
type Base = {
  readonly heads?: readonly object[];
  readonly qtyBase: number;
  readonly movements?: readonly object[];
  readonly cut?: boolean;
};

/** A process that takes one base; `meanwhile` happens while HQ makes it. */
async function takeBase(
  { store, takeIn }: ReturnType<typeof tillPutToWorkAgain>,
  { heads = [], qtyBase, movements = [], cut = false }: Base,
  meanwhile = () => {},
): Promise<void> {
  const first = { scope, seq: 0, epoch: 'e', digest: emptyDigest };
  const rows = movements.length;
  const lines = [
    { ...first, rows, heads, beyond: [], quarantined: [], since: 0 },
    { t: 'on_hand', rows: [{ batchId: 'batch', packId: 'pack', qtyBase }] },
    { t: 'stock_movement', rows: movements },
    ...(cut ? [] : [{ end: rows }]),
  ];
  const file = gzipSync(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const fetch = async (url: URL | string | Request) => {
    if (!String(url).includes('/sync/snapshots/'))
      return Response.json({ ...first, id: 'x', bytes: 1, rows });
    meanwhile();
    return new Response(file, { headers: { 'content-type': 'application/gzip' } });
  };
  const hq = createHq({ url: hqUrl, fetch, nowMs: () => nowMs });
  const { signal } = new AbortController();
  await createSnapshots({ store, takeIn, hq }).take(scope, { token: async () => 'token', signal });
}

test('what was handed up while HQ made a snapshot is not lost from its sums, nor counted twice after it', async () => {
  const till = tillPutToWorkAgain();
  const { store, takeIn, kept, journal, onHand, states } = till;
  takeIn.setCursor(scope, { seq: 0, epoch: 'e', digest: emptyDigest });
  await takeBase(till, { qtyBase: 100 }, () =>
    takeAnswers(store, journal, [{ dseq: 1, verdict: 'accepted' }], 1),
  );
  expect([states()[0], onHand()]).toEqual(['at-hq', 99]);
  const [movement] = kept;
  if (movement) await takeIn.rows(scope, [numbered(movement, 1)]);
  expect(onHand()).toBe(99);
});

test('nor is what was handed up of an ended incarnation, behind whose hole HQ has another’s', async () => {
  const till = tillPutToWorkAgain();
  const { store, journal, onHand } = till;
  move(store, -2);
  store.identity.reincarnate(3, { dseq: 0, headHash: genesisHash });
  await takeBase(till, { qtyBase: 100 }, () =>
    takeAnswers(store, journal, [{ dseq: 1, verdict: 'accepted' }], 2),
  );
  expect(onHand()).toBe(97);
});

test('a movement that HQ had counted before its row comes is there, and counts once', async () => {
  const till = tillPutToWorkAgain();
  const { takeIn, kept, onHand, one } = till;
  const [made] = kept;
  if (!made) throw new Error('no movement');
  const envelope = JSON.parse(made.text);
  envelope.device = 'another';
  envelope.body.changes[0].row.id = 'again';
  const text = JSON.stringify(envelope);
  await takeBase(till, { qtyBase: 100 });
  const row = numbered({ ...made, text, hash: sha256Hex(text) }, 1);
  await takeIn.rows(scope, [{ ...row, counted: '["again"]' }]);
  expect([onHand(), one(`SELECT count(*) FROM stock_movement WHERE id = 'again'`)]).toEqual([99, 1]);
});

test('a movement HQ had lost, and whose row stayed here, counts when it comes again', async () => {
  const till = tillPutToWorkAgain();
  const { takeIn, kept, onHand } = till;
  const [made] = kept;
  if (!made) throw new Error('no movement');
  const envelope = JSON.parse(made.text);
  envelope.device = 'another';
  const [{ row: movement }] = envelope.body.changes;
  Object.assign(movement, { id: 'lost', qtyBase: -5 });
  const text = JSON.stringify(envelope);
  await takeBase(till, { qtyBase: 95, movements: [movement] });
  await takeBase(till, { qtyBase: 100 });
  expect(onHand()).toBe(99);
  await takeIn.rows(scope, [{ ...numbered({ ...made, text, hash: sha256Hex(text) }, 1), counted: '' }]);
  expect(onHand()).toBe(94);
});

test('a base begun again after the process died holds what HQ had taken and never could answer, once', async () => {
  const till = tillPutToWorkAgain();
  await takeBase(till, { qtyBase: 100 });
  expect(till.onHand()).toBe(99);
  const [made] = till.kept;
  const opened = openEnvelope(made?.text ?? '');
  const [change] = opened.ok ? opened.value.body.changes : [];
  if (!made || change?.op !== 'insert') throw new Error('no movement');
  const heads = [{ device: 'old', inc: 1, dseq: 1, hash: made.hash }];
  const taken = { heads, qtyBase: 99, movements: [change.row] };
  await expect(takeBase(till, { ...taken, cut: true })).rejects.toThrow('cut short');
  await takeBase(till, taken);
  expect(till.onHand()).toBe(99);
});

test('what a restored disk makes again counts once, though HQ has it of an incarnation that the disk forgot', async () => {
  const till = tillPutToWorkAgain();
  const { store, takeIn, onHand, db } = till;
  await takeBase(till, { qtyBase: 100 });
  move(store, -2);
  store.transact('again', () => store.replica.reincarnate(4));
  const made = db.prepare<[], Kept>(`SELECT * FROM journal WHERE inc = 4 ORDER BY dseq`).all().at(-1);
  if (!made) throw new Error('nothing was made again');
  expect(onHand()).toBe(97);
  const text = made.text.replace('"inc":4', '"inc":3');
  const forgotten = { ...numbered({ ...made, inc: 3, text, hash: sha256Hex(text) }, 1), device: 'new' };
  const own = { ...numbered(made, 2), device: 'new' };
  const [{ row }] = JSON.parse(text).body.changes;
  await takeIn.rows(scope, [{ ...forgotten, counted: '' }]);
  expect(onHand()).toBe(97);
  await takeIn.rows(scope, [{ ...own, counted: JSON.stringify([row.id]) }]);
  expect(onHand()).toBe(97);
});

test('what was left out here and is in the sums of a base is left out no more once HQ says so', async () => {
  const till = tillPutToWorkAgain();
  const { store, takeIn, kept, onHand, one } = till;
  const [made] = kept;
  const opened = openEnvelope(made?.text ?? '');
  const [change] = opened.ok ? opened.value.body.changes : [];
  if (!made || !opened.ok || change?.op !== 'insert') throw new Error('no movement');
  await takeBase(till, { qtyBase: 100 });
  const early = {
    ...opened.value,
    ...{
      device: 'another',
      tx: 'theirs',
      body: { changes: [{ ...change, row: { ...change.row, id: 'early', qtyBase: -5 } }] },
    },
  };
  const text = JSON.stringify(early);
  const sealed = { ...made, text, hash: sha256Hex(text) };
  store.transact('early', () => store.replica.applyPending(sealed, early));
  store.transact('refused', () => store.replica.refusePending(early));
  expect([onHand(), one('SELECT count(*) FROM uncounted')]).toEqual([99, 1]);
  // Its author made it again, HQ counted it, and it is older than the base's history.
  await takeBase(till, { qtyBase: 95 });
  const again = { ...early, inc: 2 };
  const row = numbered(
    { ...sealed, inc: 2, text: JSON.stringify(again), hash: sha256Hex(JSON.stringify(again)) },
    1,
  );
  await takeIn.rows(scope, [{ ...row, device: 'another', counted: '["early"]' }]);
  expect([onHand(), one('SELECT count(*) FROM uncounted')]).toEqual([94, 0]);
});
