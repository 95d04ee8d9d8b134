import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TillStanding, UpdateOffer } from '#shared/auth/update-policy.ts';
import { createUpdateTries } from './update-tries.ts';
import { createUpdates } from './updates.ts';

const idle: TillStanding = {
  ...{ cartLines: 0, openCardAttempts: 0, openShifts: 0, upkeep: false, schema: 7 },
  ...{ databaseBytes: 1, freeBytes: 1e9, hqUrl: 'https://hq.example' },
};
const newer = { version: '1.3.0', schema: null };

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pestle-updates-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Stands in for electron-updater and the till, and writes down what is done with them. */
function openShell({ offer = newer as UpdateOffer | null, fails = false } = {}) {
  const done: string[] = [];
  const logged: unknown[] = [];
  const told: unknown[] = [];
  const now = { offer, till: idle as TillStanding | null, ms: Date.UTC(2026, 0, 1) };
  const updates = createUpdates({
    installed: '1.2.0',
    source: {
      find: async (hqUrl) => {
        if (hqUrl !== idle.hqUrl) throw new Error(hqUrl);
        return now.offer;
      },
      fetch: async () => {
        if (fails) throw new TypeError('fetch failed for https://updates.example');
        done.push(`fetched ${now.offer?.version}`);
      },
      install: async () => {
        done.push('installer');
        throw new RangeError('it did not start');
      },
    },
    till: {
      standing: async () => now.till,
      close: async () => void done.push('till closed'),
      tryAgain: () => done.push('till opened'),
      hearUpdate: (update) => told.push(update && (update.tried ? 'tried' : update.version)),
    },
    tries: createUpdateTries(join(folder, 'try.json'), () => now.ms),
    log: (event, details) => logged.push({ event, ...details }),
  });
  return {
    ...{ updates, done, logged, told, now },
    turns: async (count: number) => {
      for (let i = 0; i < count; i++) await updates.turn();
    },
    set: (to: Partial<TillStanding> | null) => {
      now.till = to && { ...idle, ...to };
    },
  };
}

const failed = (name: string) => ({ event: 'update-failed', name });
const waits = (code: string) => ({ event: 'update-waits', code });

test('a newer version is fetched while the counter sells, and installed when the till has closed', async () => {
  const { updates, done, set, logged } = openShell();
  set({ cartLines: 2, openShifts: 1 });
  await updates.turn();
  expect([done, logged]).toEqual([['fetched 1.3.0'], [{ event: 'update-fetched' }, waits('SALE_OPEN')]]);
  set({ openShifts: 1 });
  await updates.turn();
  await updates.turn();
  expect(logged.slice(1)).toEqual([waits('SALE_OPEN'), waits('SHIFT_OPEN')]);
  set({});
  await updates.turn();
  expect(done.slice(0, 3)).toEqual(['fetched 1.3.0', 'till closed', 'installer']);
});

test('a till that does not answer, or has joined no HQ, is asked again at the next turn', async () => {
  const { updates, done, set } = openShell();
  for (const standing of [null, { hqUrl: null }]) {
    set(standing);
    await updates.turn();
  }
  expect(done).toEqual([]);
  set({ openShifts: 1 });
  await updates.turn();
  set(null);
  await updates.turn();
  expect(done).toEqual(['fetched 1.3.0']);
});

test('an older version, or one that knows less of the database, is not even fetched', async () => {
  for (const offer of [
    { version: '1.1.0', schema: 9 },
    { version: '1.3.0', schema: 6 },
  ]) {
    const { updates, done, logged } = openShell({ offer });
    await updates.turn();
    await updates.turn();
    expect([done, logged.length]).toEqual([[], 1]);
  }
});

test('a fetch that fails is said without its address, and tried again hours later', async () => {
  const { turns, done, logged } = openShell({ fails: true });
  await turns(72);
  expect(logged).toEqual([failed('TypeError')]);
  await turns(1);
  expect([done, logged]).toEqual([[], [failed('TypeError'), failed('TypeError')]]);
});

test('what was fetched is fetched once; what takes its place is fetched, what is withdrawn is forgotten', async () => {
  const { turns, done, told, set, now } = openShell();
  set({ openShifts: 1 });
  await turns(73);
  expect(done).toEqual(['fetched 1.3.0']);
  now.offer = { version: '1.3.1', schema: 7 };
  await turns(72);
  expect(done).toEqual(['fetched 1.3.0', 'fetched 1.3.1']);
  now.offer = null;
  await turns(72);
  set({});
  await turns(1);
  expect(done).toEqual(['fetched 1.3.0', 'fetched 1.3.1']);
  expect([...new Set(told)]).toEqual(['1.3.0', '1.3.1', null]);
});

test('where an installer does not start the till is opened again, and left in peace with it until the next day', async () => {
  const tried = ['till closed', 'installer', 'till opened'];
  const first = openShell();
  await first.turns(2);
  expect(first.done).toEqual(['fetched 1.3.0', ...tried]);
  expect(first.told).toEqual(['1.3.0', 'tried']);
  expect(first.logged.slice(1)).toEqual([failed('RangeError'), waits('TRIED_TODAY')]);

  const startedAgain = openShell();
  await startedAgain.turns(2);
  expect(startedAgain.done).toEqual(['fetched 1.3.0']);
  startedAgain.now.ms += 24 * 3_600_000;
  await startedAgain.turns(1);
  expect(startedAgain.done).toEqual(['fetched 1.3.0', ...tried]);
});

test('another version than the one that was tried, or a note that a power cut tore, holds nothing up', async () => {
  const tries = createUpdateTries(join(folder, 'try.json'), () => 1);
  tries.keep('1.2.9');
  expect([tries.isTooSoon('1.2.9'), tries.isTooSoon('1.3.0')]).toEqual([true, false]);
  writeFileSync(join(folder, 'try.json'), '{"version":"1.3.0",');
  expect(tries.isTooSoon('1.3.0')).toBe(false);
});
