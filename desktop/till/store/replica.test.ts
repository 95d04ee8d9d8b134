import { generateKeyPairSync } from 'node:crypto';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { expect, test } from 'vitest';
import { createIds } from '#shared/kernel/ids.ts';
import {
  bodyVersion,
  type Change,
  type Envelope,
  genesisHash,
  openEnvelope,
} from '#shared/replica/changeset.ts';
import { tick, zeroHlc } from '#shared/replica/hlc.ts';
import { storeScope } from '#shared/tables/scope.ts';
import { createLive } from '../live.ts';
import { createSealer } from './crypto.ts';
import { createStore } from './store.ts';

const storeId = 'store';
const nowMs = Date.UTC(2026, 2, 2, 9);
const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

/** An enrolled till in memory that has one setting from HQ. */
function openTill() {
  const db = new Database(':memory:');
  migrate(drizzle(db), { migrationsFolder: 'migrations/sqlite' });
  const clock = { nowMs: () => nowMs };
  const ids = createIds({ clock, random: { bytes: (n) => new Uint8Array(n) } });
  const parts = { live: createLive(), projections: [], onSlow: () => {} };
  const store = createStore({ db, sealer: createSealer(pem), clock, ids, ...parts });
  store.identity.enrol({ device: 'me', inc: 1, storeId, tillId: 'till', hqUrl: 'http://127.0.0.1:9' });
  const numbered = (envelope: Envelope, hash: string, effHlc = envelope.hlc) =>
    store.transact('feed', () =>
      store.replica.applyNumbered({ seq: 1, effHlc, sealed: sealedAs(envelope, hash), envelope, at: 0 }),
    );
  const till = {
    db,
    numbered,
    record: (...changes: Change[]) =>
      store.transact('edit', () => {
        store.replica.record({ type: 'setting', actor: 'manager', subjectId: null, changes });
      }),
    pending: (envelope: Envelope, hash: string) =>
      store.transact('early', () => store.replica.applyPending(sealedAs(envelope, hash), envelope)),
    refused: (envelope: Envelope) => store.transact('refused', () => store.replica.refusePending(envelope)),
    reincarnate: (inc: number) => store.transact('again', () => store.replica.reincarnate(inc)),
    shown: () => {
      const row = store.rows.readRegister('setting', 's');
      return row && { value: row.values.value, key: row.values.key, deleted: row.deleted };
    },
    journal: () =>
      db
        .prepare<[], { text: string; hash: string; state: string }>(`SELECT text, hash, state FROM journal`)
        .all(),
    count: (table: 'pending_write' | 'overlay_base') =>
      db.prepare(`SELECT count(*) FROM ${table}`).pluck().get(),
    last: () => {
      const row = till.journal().at(-1);
      const opened = openEnvelope(row?.text ?? '');
      if (!row || !opened.ok) throw new Error('nothing was recorded');
      return { envelope: opened.value, hash: row.hash };
    },
  };
  db.prepare(`INSERT INTO cursor (scope, seq, epoch, at) VALUES (?, 0, 'e', 0)`).run(storeScope(storeId));
  numbered(foreign({ changes: [edit({ storeId, key: 'k', value: 1 })] }), 'a');
  return till;
}

const sealedAs = (envelope: Envelope, hash: string) => ({ text: JSON.stringify(envelope), hash, sig: 'sig' });

const edit = (cols: Record<string, unknown>): Change => ({ t: 'setting', op: 'set', id: 's', cols });
const remove: Change = { t: 'setting', op: 'delete', id: 's' };
const restore: Change = { t: 'setting', op: 'undelete', id: 's' };

function foreign({
  changes,
  device = 'hq',
  dseq = 1,
  ms = nowMs - 1000,
}: {
  changes: readonly Change[];
  device?: string;
  dseq?: number;
  ms?: number;
}): Envelope {
  return {
    ...{ device, inc: 1, dseq, tx: `tx-${device}-${dseq}`, parts: 1, prevHash: genesisHash },
    ...{
      hlc: tick(zeroHlc, ms),
      type: 'setting',
      v: bodyVersion,
      scope: storeScope(storeId),
      actor: 'hq',
      at: ms,
      skew: null,
    },
    body: { changes },
  };
}

test('edits of one row in one changeset are all seen, in their order', () => {
  const till = openTill();
  till.record(edit({ value: 2 }), remove);
  expect(till.shown()).toEqual({ value: 2, key: 'k', deleted: true });
  till.record(restore, edit({ value: 3 }));
  expect(till.shown()).toEqual({ value: 3, key: 'k', deleted: false });
  till.record(edit({ value: 4 }), edit({ key: 'l' }), edit({ value: 5 }));
  expect(till.shown()).toEqual({ value: 5, key: 'l', deleted: false });
});

test('our own echo moves an edit from overlay to base', () => {
  const till = openTill();
  till.record(edit({ value: 2 }), edit({ value: 3 }));
  expect([till.count('pending_write'), till.count('overlay_base')]).toEqual([1, 1]);
  const { envelope, hash } = till.last();
  till.numbered(envelope, hash);
  expect(till.shown()).toMatchObject({ value: 3 });
  expect([till.count('pending_write'), till.count('overlay_base')]).toEqual([0, 0]);
  expect(till.journal()).toMatchObject([{ state: 'at-hq' }]);
});

test("a cloned disk's changeset of the same number does not settle ours", () => {
  const till = openTill();
  till.record(edit({ value: 2 }));
  till.numbered(foreign({ device: 'me', changes: [edit({ value: 9 })] }), 'f'.repeat(64));
  expect(till.journal()).toMatchObject([{ state: 'waiting' }]);
  expect(till.shown()).toMatchObject({ value: 2 });
});

test("another till's changeset lies over the base until HQ numbers it", () => {
  const till = openTill();
  const early = foreign({ device: 'b', ms: nowMs - 500, changes: [edit({ value: 7 })] });
  till.pending(early, 'b'.repeat(64));
  expect(till.shown()).toMatchObject({ value: 7 });
  till.numbered(foreign({ device: 'c', ms: nowMs - 400, changes: [edit({ key: 'z' })] }), 'c'.repeat(64));
  expect(till.shown()).toMatchObject({ value: 7, key: 'z' });
  till.numbered(early, 'b'.repeat(64), tick(zeroHlc, nowMs - 300));
  expect(till.shown()).toMatchObject({ value: 7, key: 'z' });
  expect([till.count('pending_write'), till.count('overlay_base')]).toEqual([0, 0]);
  expect(till.pending(early, 'b'.repeat(64))).toBe(false);
});

test('what came early stays behind a number that came, until HQ says what it made of it', () => {
  const till = openTill();
  const early = foreign({ device: 'b', changes: [edit({ value: 7 })] });
  till.pending(early, 'b'.repeat(64));
  till.numbered(
    foreign({ device: 'b', dseq: 2, ms: nowMs - 400, changes: [edit({ key: 'z' })] }),
    'c'.repeat(64),
  );
  expect(till.shown()).toMatchObject({ value: 7, key: 'z' });
  till.refused(early);
  expect(till.shown()).toMatchObject({ value: 1, key: 'z' });
  expect(till.count('pending_write')).toBe(0);
});

test('under a new incarnation what was not sent is made again, in a chain of its own', () => {
  const till = openTill();
  till.record(edit({ value: 2 }));
  till.record(edit({ value: 3 }));
  const before = till.journal();
  till.reincarnate(2);
  const made = till.journal().filter(({ state }) => state === 'waiting');
  const opened = made.map(({ text }) => openEnvelope(text)).flatMap((o) => (o.ok ? [o.value] : []));
  expect(opened.map(({ inc, dseq }) => [inc, dseq])).toEqual([
    [2, 1],
    [2, 2],
  ]);
  expect(opened[1]?.prevHash).toBe(made[0]?.hash);
  expect(opened.map(({ hlc, tx }) => [hlc, tx])).toEqual(
    before.map(({ text }) => openEnvelope(text)).flatMap((o) => (o.ok ? [[o.value.hlc, o.value.tx]] : [])),
  );
  expect(till.shown()).toMatchObject({ value: 3 });
  till.numbered(foreign({ device: 'me', dseq: 2, changes: [edit({ value: 8 })] }), 'f'.repeat(64));
  expect(till.shown()).toMatchObject({ value: 3 });
});
