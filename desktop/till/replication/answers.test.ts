import { generateKeyPairSync } from 'node:crypto';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { expect, test } from 'vitest';
import { createIds } from '#shared/kernel/ids.ts';
import { createLive } from '../live.ts';
import { createSealer } from '../store/crypto.ts';
import { createStore } from '../store/store.ts';
import { takeAnswers, takeAnswersInTurn } from './answers.ts';
import { createJournal } from './journal.ts';

const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

/** An enrolled till in memory that has made `count` settings, one changeset each. */
function tillWith(count: number) {
  const db = new Database(':memory:');
  migrate(drizzle(db), { migrationsFolder: 'migrations/sqlite' });
  const clock = { nowMs: () => Date.UTC(2026, 2, 2, 9) };
  const ids = createIds({ clock, random: { bytes: (n) => new Uint8Array(n) } });
  const parts = { live: createLive(), projections: [], onSlow: () => {} };
  const store = createStore({ db, sealer: createSealer(pem), clock, ids, ...parts });
  store.identity.enrol({ device: 'me', inc: 1, storeId: 's', tillId: 't', hqUrl: 'http://127.0.0.1:9' });
  for (let n = 1; n <= count; n++)
    store.transact('setting', () => {
      const cols = { storeId: 's', key: 'k', value: n };
      const change = { t: 'setting', op: 'set', id: `setting-${n}`, cols } as const;
      store.replica.record({ type: 'setting', actor: 'me', subjectId: null, changes: [change] });
    });
  const journal = createJournal(db);
  const numbers = (limit: { most: number; bytes: number }) => journal.batch(1, limit).map(({ dseq }) => dseq);
  return { db, store, journal, numbers };
}
const roomy = { most: 200, bytes: 900_000 };

test('the outbox goes up in runs without a hole', () => {
  const { store, journal, numbers } = tillWith(5);
  expect(numbers(roomy)).toEqual([1, 2, 3, 4, 5]);
  expect(numbers({ ...roomy, most: 2 })).toEqual([1, 2]);
  expect(numbers({ ...roomy, bytes: 1 })).toEqual([1]);
  takeAnswers(store, journal, [
    { dseq: 1, verdict: 'accepted' },
    { dseq: 3, verdict: 'accepted' },
  ]);
  expect(numbers(roomy)).toEqual([2]);
  takeAnswers(store, journal, [{ dseq: 2, verdict: 'duplicate', first: 'refused', reason: 'BAD_ROW' }]);
  expect(numbers(roomy)).toEqual([4, 5]);
});

test('a long answer is taken a part at a time, and what a person does goes between', async () => {
  const { store, journal } = tillWith(100);
  const verdicts = Array.from({ length: 100 }, (_, i) => ({ dseq: i + 1, verdict: 'accepted' as const }));
  const seen: number[] = [];
  const watch = (): void => {
    seen.push(journal.waiting().n);
    if (seen.at(-1) !== 0) setImmediate(watch);
  };
  setImmediate(watch);
  await takeAnswersInTurn(store, journal, verdicts, 1);
  expect(seen).toEqual([60, 20, 0]);
});

test('what was refused leaves the overlay, also when the refusal is heard only as a duplicate', () => {
  const { store, journal } = tillWith(2);
  const isThere = (n: number) => store.rows.readRegister('setting', `setting-${n}`) !== null;
  expect([isThere(1), isThere(2)]).toEqual([true, true]);
  takeAnswers(store, journal, [
    { dseq: 1, verdict: 'refused', reason: 'BAD_ROW' },
    { dseq: 2, verdict: 'duplicate', first: 'refused', reason: 'BAD_ROW' },
  ]);
  expect([isThere(1), isThere(2)]).toEqual([false, false]);
  expect([journal.refused(), journal.waiting().n]).toEqual([2, 0]);
});

test('to an HQ that was restored everything behind its head goes up again, refused ones too', () => {
  const { db, store, journal, numbers } = tillWith(4);
  const hashes = db.prepare<[], string>('SELECT hash FROM journal ORDER BY dseq').pluck().all();
  takeAnswers(store, journal, [
    { dseq: 1, verdict: 'accepted' },
    { dseq: 2, verdict: 'refused', reason: 'BAD_ROW' },
    { dseq: 3, verdict: 'accepted' },
  ]);
  journal.reopenBehind(1, { dseq: 1, hash: hashes[0] ?? '' });
  expect(numbers(roomy)).toEqual([2, 3, 4]);
});

test('a number HQ has from another machine is no end of ours: all of it goes up again', () => {
  const { store, journal, numbers } = tillWith(3);
  takeAnswers(store, journal, [
    { dseq: 1, verdict: 'accepted' },
    { dseq: 2, verdict: 'accepted' },
  ]);
  expect(journal.reopenBehind(1, { dseq: 2, hash: 'f'.repeat(64) })).toBe(2);
  expect(numbers(roomy)).toEqual([1, 2, 3]);
});
