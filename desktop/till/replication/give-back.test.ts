import { generateKeyPairSync } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { expect, test } from 'vitest';
import { createIds } from '#shared/kernel/ids.ts';
import { bodyVersion, type Change, genesisHash, seal } from '#shared/replica/changeset.ts';
import { tick, zeroHlc } from '#shared/replica/hlc.ts';
import { relayRequest, type Verdict } from '#shared/replica/wire.ts';
import { storeScope } from '#shared/tables/scope.ts';
import { createLive } from '../live.ts';
import { createSealer } from '../store/crypto.ts';
import { createStore } from '../store/store.ts';
import { createGiveBack } from './give-back.ts';
import { createHq } from './hq.ts';
import { createJournal } from './journal.ts';

const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const sealer = createSealer(pem);
const nowMs = Date.UTC(2026, 2, 2, 9);

/** An enrolled till in memory, before an HQ that says `verdictOf` each number, and passes over what it says null of. */
function openTill(verdictOf: (dseq: number) => Verdict['verdict'] | null) {
  const db = new Database(':memory:');
  migrate(drizzle(db), { migrationsFolder: 'migrations/sqlite' });
  const clock = { nowMs: () => nowMs };
  const ids = createIds({ clock, random: { bytes: (n) => new Uint8Array(n) } });
  const parts = { live: createLive(), projections: [], onSlow: () => {} };
  const store = createStore({ db, sealer, clock, ids, ...parts });
  store.identity.enrol({ device: 'me', inc: 1, storeId: 's', tillId: 't', hqUrl: 'http://hq.invalid' });
  db.prepare(`INSERT INTO cursor (scope, seq, epoch, at) VALUES (?, 0, 'e', 0)`).run(storeScope('s'));
  const sent: number[][] = [];
  const answer: typeof globalThis.fetch = async (_input, init) => {
    const body = init?.body instanceof Uint8Array ? gunzipSync(init.body) : init?.body;
    const { changesets } = relayRequest.parse(JSON.parse(String(body)));
    const numbers = changesets.map(({ text }) => Number(JSON.parse(text).dseq));
    sent.push(numbers);
    const verdicts = numbers.flatMap((dseq) => {
      const verdict = verdictOf(dseq);
      return verdict === null
        ? []
        : [{ dseq, verdict, ...(verdict === 'duplicate' && { first: 'accepted' }) }];
    });
    const said = { diverged: [], epoch: 'e', storeId: 's', revoked: false };
    return Response.json({ verdicts, ackedThrough: 0, hqNow: nowMs, ...said });
  };
  const hq = createHq({ url: 'http://hq.invalid', nowMs: clock.nowMs, fetch: answer });
  const giveBack = createGiveBack({ store, hq, journal: createJournal(db) });
  return {
    giveBack,
    sent,
    record(n: number): void {
      store.transact('setting', () =>
        store.replica.record({ type: 'setting', actor: 'me', subjectId: null, changes: [set(n)] }),
      );
    },
    early(dseq: number): void {
      const envelope = {
        ...{ device: 'other', inc: 1, dseq, tx: `tx-${dseq}`, parts: 1, prevHash: genesisHash },
        ...{ hlc: tick(zeroHlc, nowMs), type: 'setting', v: bodyVersion, scope: storeScope('s') },
        ...{ actor: 'other', at: nowMs, skew: null, body: { changes: [set(dseq)] } },
      };
      store.transact('early', () => store.replica.applyPending(seal(envelope, sealer), envelope));
    },
    shows: (n: number) => store.rows.readRegister('setting', `setting-${n}`) !== null,
    states: () => db.prepare<[], string>(`SELECT state FROM journal ORDER BY inc, dseq`).pluck().all(),
    earlyCount: () => Number(db.prepare(`SELECT count(*) FROM pending_change`).pluck().get()),
  };
}

const set = (n: number): Change => ({
  ...{ t: 'setting', op: 'set', id: `setting-${n}` },
  cols: { storeId: 's', key: 'k', value: n },
});

test('of what came early, what HQ refuses or has otherwise is shown no longer', async () => {
  const till = openTill((dseq) => (dseq === 1 ? 'accepted' : dseq === 2 ? 'refused' : null));
  for (const dseq of [1, 2, 3]) till.early(dseq);
  await till.giveBack.handUp('token');
  expect(till.sent).toEqual([[1, 2, 3]]);
  expect([1, 2, 3].map(till.shows)).toEqual([true, false, false]);
  expect(till.earlyCount()).toBe(1);
});

test('before a new incarnation HQ settles what it has of the shared part of a forked chain', async () => {
  const till = openTill(() => 'duplicate');
  for (const n of [1, 2, 3, 4]) till.record(n);
  await till.giveBack.settleShared(3, 'token');
  expect(till.sent).toEqual([[1, 2]]);
  expect(till.states()).toEqual(['at-hq', 'at-hq', 'waiting', 'waiting']);
});

test('an HQ that knows nothing of the shared part leaves it waiting', async () => {
  const till = openTill(() => null);
  till.record(1);
  await till.giveBack.settleShared(2, 'token');
  expect(till.sent).toEqual([[1]]);
  expect(till.states()).toEqual(['waiting']);
});
