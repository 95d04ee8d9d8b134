import { expect, test } from 'vitest';
import type { TillStanding, UpdateOffer } from '#shared/auth/update-policy.ts';
import { createUpdates } from './updates.ts';

const idle: TillStanding = {
  ...{ cartLines: 0, openCardAttempts: 0, openShifts: 0, upkeep: false, schema: 7 },
  ...{ databaseBytes: 1, freeBytes: 1e9 },
};

/** Stands in for electron-updater, and writes down what is done with it. */
function openShell({ offer = { version: '1.3.0', schema: null } as UpdateOffer | null, fails = false } = {}) {
  const done: string[] = [];
  const logged: unknown[] = [];
  let till: TillStanding | null = idle;
  const updates = createUpdates({
    installed: '1.2.0',
    source: {
      find: async () => offer,
      fetch: async () => {
        if (fails) throw new TypeError('fetch failed for https://updates.example');
        done.push('fetched');
      },
      install: () => done.push('installed'),
    },
    standing: async () => till,
    close: async () => void done.push('till closed'),
    log: (event, details) => logged.push({ event, ...details }),
  });
  return {
    updates,
    done,
    logged,
    set: (now: Partial<TillStanding> | null) => (till = now && { ...idle, ...now }),
  };
}

test('a newer version is fetched while the counter sells, and installed when the till has closed', async () => {
  const { updates, done, set, logged } = openShell();
  set({ cartLines: 2, openShifts: 1 });
  await updates.findNow();
  await updates.installIfIdle();
  expect([done, logged.at(-1)]).toEqual([['fetched'], { event: 'update-waits', code: 'SALE_OPEN' }]);
  set({ openShifts: 1 });
  await updates.installIfIdle();
  expect([done, logged.at(-1)]).toEqual([['fetched'], { event: 'update-waits', code: 'SHIFT_OPEN' }]);
  set({});
  await updates.installIfIdle();
  expect(done).toEqual(['fetched', 'till closed', 'installed']);
});

test('a till that does not answer is not updated', async () => {
  const { updates, done, set } = openShell();
  await updates.findNow();
  set(null);
  await updates.installIfIdle();
  expect(done).toEqual(['fetched']);
});

test('an older version, or one that knows less of the database, is not even fetched', async () => {
  for (const offer of [
    { version: '1.1.0', schema: 9 },
    { version: '1.3.0', schema: 6 },
  ]) {
    const { updates, done, logged } = openShell({ offer });
    await updates.findNow();
    await updates.installIfIdle();
    expect([done, logged.length]).toEqual([[], 1]);
  }
});

test('a fetch that fails is said without its address, and tried again', async () => {
  const { updates, done, logged } = openShell({ fails: true });
  await updates.findNow();
  await updates.findNow();
  expect([done, logged]).toEqual([[], Array(2).fill({ event: 'update-failed', name: 'TypeError' })]);
});

test('what was fetched is fetched once', async () => {
  const { updates, done } = openShell();
  await updates.findNow();
  await updates.findNow();
  expect(done).toEqual(['fetched']);
});
