import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { saleRows } from '../intake/test-device.ts';
import { startTestDatabase, type TestDatabase } from '../store/test-database.ts';
import { storesWithCodes } from './codes-for-all.ts';
import { firstRun } from './first-run.ts';
import { readHqKeys } from './hq-keys.ts';
import { isPin, pepperOf } from './pins.ts';

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await startTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'pestle-seed-'));
});
afterAll(async () => {
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
});

const store = {
  ...{ code: 'S01', name: 'Store', addressLines: [], licence: '', taxNumber: '', receiptFooter: '' },
  ...{ zone: 'Europe/Paris', dayStartHour: 4, currency: 'EUR', minorDigits: 2, cashStepMinor: 1 },
  ...{ taxMode: 'inclusive', minShelfLifeDays: 0, language: 'en' },
};
const device = { tillId: 'till-1', storeId: 's1', publicKey: 'x', inc: 1, enrolledAt: 1, revoked: true };
const seed = [
  {
    ...{ actor: 'demo', type: 'seed' },
    changes: [
      {
        t: 'org',
        op: 'set',
        id: 'demo-org',
        cols: { name: 'Corvelle', signingKey: 'none', recoveryKey: 'none' },
      },
      { t: 'store', op: 'set', id: 's1', cols: store },
      { t: 'till', op: 'set', id: 'till-1', cols: { storeId: 's1', code: 'T01', name: 'Front' } },
      { t: 'device', op: 'set', id: 'former', cols: device },
      {
        t: 'staff',
        op: 'set',
        id: 'staff-1',
        cols: { storeId: 's1', personId: 'p', roleId: 'r', pinVerifier: null, active: true },
      },
    ],
  },
  { actor: 'demo', type: 'seed', changes: saleRows({ storeId: 's1', tillId: 'till-1', receiptN: 1 }) },
  { pins: [{ staffId: 'staff-1', pin: '2580' }] },
];
const fileOf = (name: string, lines: readonly unknown[]): string => {
  const file = join(folder, name);
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return file;
};
const run = (file: string | undefined) =>
  firstRun(database.pool, { name: 'Mine', seed: file, nowMs: Date.now() });
const one = async (text: string) => (await database.pool.query(text)).rows[0];

test('a seed that cannot be read founds nothing and says which line it was', async () => {
  const broken = fileOf('broken', [...seed, { changes: 7 }]);
  await expect(run(broken)).rejects.toThrow(/^line 4 of the seed/);
  expect(await one('SELECT count(*) AS n FROM org')).toEqual({ n: 0 });
});

test('of nodes that start at once on an empty database, one founds the org and loads the seed', async () => {
  const file = fileOf('good', seed);
  const made = await Promise.all([run(file), run(file), run(file)]);
  const org = made.filter((one) => one !== null);
  expect(org).toHaveLength(1);
  expect(await one('SELECT name, signing_key AS key, recovery_key AS recovery FROM org')).toEqual({
    name: 'Corvelle',
    key: org[0]?.signingKey,
    recovery: org[0]?.recoveryKey,
  });
  expect((await readHqKeys(database.pool)).publicKey).toBe(org[0]?.signingKey);
  expect(await one('SELECT count(*) AS n FROM sale_line')).toEqual({ n: 2 });
  expect(await one('SELECT qty_base AS n FROM on_hand')).toEqual({ n: -32 });
  expect(JSON.stringify((await database.pool.query('SELECT * FROM hq_identity, org')).rows)).not.toContain(
    org[0]?.recoveryPrivateKey,
  );
});

test('a seed’s PINs are verifiers with the store’s own pepper', async () => {
  const { verifier } = await one('SELECT pin_verifier AS verifier FROM staff');
  expect(await isPin(verifier, await pepperOf(database.pool, 's1'), '2580')).toBe(true);
});

test('every till without a device gets a code when asked for', async () => {
  const [found] = await storesWithCodes(database.pool, { withCodes: true, nowMs: Date.now() });
  expect(found).toMatchObject({ storeId: 's1', code: 'S01', tills: [{ tillId: 'till-1', code: 'T01' }] });
  expect(found?.tills[0]?.enrolmentCode).toMatch(/^.{4}-.{4}$/);
  const [without] = await storesWithCodes(database.pool, { withCodes: false, nowMs: Date.now() });
  expect(without?.tills[0]).not.toHaveProperty('enrolmentCode');
});
