import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { hearFromHq, openShop, payCash, scanPack } from '../../../build/proof/open-shop.ts';

const PERSON = 'Quatrefages Zenobie';
const MEDICINE = 'Dolorane 500 mg';
const planted = [PERSON, MEDICINE];

/** Every file in the folder, and every file this process has open: a temporary file has no name any more. */
function whereIs(names: readonly string[], folder: string): string[] {
  const open =
    process.platform === 'linux' ? readdirSync('/proc/self/fd').map((fd) => `/proc/self/fd/${fd}`) : [];
  const named = readdirSync(folder).map((name) => join(folder, name));
  return [...named, ...open].flatMap((file) => {
    const bytes = contentOf(file);
    return names.filter((name) => bytes?.includes(name) || bytes?.includes(Buffer.from(name, 'utf16le')));
  });
}

function contentOf(file: string): Buffer | null {
  try {
    return statSync(file).isFile() ? readFileSync(file) : null;
  } catch {
    return null;
  }
}

/** Looks for the names in the middle of a sort that is larger than the cache. */
function whileSorting(db: Database.Database, folder: string): string[] {
  db.pragma('cache_size=100');
  const sorted = db.prepare(
    `SELECT p.name, q.value AS n FROM person p, json_each('[0,1,2,3,4,5,6,7,8,9]') q, json_each('[0,1,2,3,4,5,6,7,8,9]') r
     ORDER BY substr(p.id, 30), q.value, r.value`,
  );
  for (const _ of sorted.iterate()) return whereIs(planted, folder);
  throw new Error('there are people to sort');
}

/** A shop in whose books the names stand in many places: register, sale, journal, receipt, search index. */
async function plantedShop() {
  const shop = await openShop();
  hearFromHq(
    shop,
    Array.from({ length: 400 }, (_, i) => ({
      ...{ t: 'person', op: 'set' as const, id: `person-${i}` },
      cols: { name: `${PERSON} ${'x'.repeat(200)}`, shortName: PERSON, language: null, active: true },
    })),
  );
  const { cart } = await scanPack(shop, 'dolorane');
  await payCash(shop, cart);
  return shop;
}

test('no name of a person or medicine can be read from the disk, while open, while sorting, or closed', async () => {
  const shop = await plantedShop();
  const { db } = shop.till.enrolled().counter;
  expect(whereIs(planted, shop.folder)).toEqual([]);
  expect(whileSorting(db, shop.folder)).toEqual([]);
  db.pragma('wal_checkpoint(TRUNCATE)');
  expect(whereIs(planted, shop.folder)).toEqual([]);
  await shop.close();
  expect(whereIs(planted, shop.folder)).toEqual([]);
});

test.skipIf(process.platform !== 'linux')(
  'the same search finds a sort that spills to a file, encrypted database or not',
  async () => {
    const shop = await plantedShop();
    const { db } = shop.till.enrolled().counter;
    db.pragma('temp_store=FILE');
    expect(whileSorting(db, shop.folder)).toContain(PERSON);
    await shop.close();
  },
);

test('the same search finds the names in a database and a WAL without a key', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pestle-plain-'));
  const db = new Database(join(folder, 'till.db'));
  db.pragma('journal_mode=wal');
  db.exec('CREATE TABLE person (name TEXT)');
  db.prepare('INSERT INTO person VALUES (?), (?)').run(PERSON, MEDICINE);
  expect(new Set(whereIs(planted, folder))).toEqual(new Set(planted));
  db.close();
  expect(new Set(whereIs(planted, folder))).toEqual(new Set(planted));
});
