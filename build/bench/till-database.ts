import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { gs1CheckDigit } from '#shared/catalog/gtin.ts';
import { batchId } from '#shared/inventory/batch.ts';
import { openFileVault } from '../../desktop/hosts/file-vault.ts';
import { openTestTill } from '../../desktop/hosts/test.ts';
import { createSearchIndex } from '../../desktop/till/catalog/search-index.ts';
import { sha256 } from '../../desktop/till/store/crypto.ts';
import { openDatabase } from '../../desktop/till/store/open.ts';
import { createRowStore } from '../../desktop/till/store/rows.ts';
import { shopBase, staffOfShop, storeId, tillId } from '../proof/shop.ts';
import { root } from '../tools.ts';
import { type CataloguePack, inventedPacks, multiplied, realPacks, seeded } from './search-catalogue.ts';

export const PACKS = 100_000;
const BATCHES_OF_PACK = 3;
const CACHE = join(root, '.cache/bench');
/** Named by what it holds: another content is another folder. */
const MADE = join(CACHE, 'till-1');
export const migrations = join(root, 'migrations/sqlite');

/** What a scanner types for the n-th pack: of the range GS1 keeps for use inside a store. */
export function eanOf(n: number): string {
  const digits = `21${String(n).padStart(10, '0')}`;
  return `${digits}${gs1CheckDigit(digits)}`;
}

/** A copy of the large till to work on; the first call makes the original (about a minute). The caller removes it. */
export async function largeTill(name: string): Promise<string> {
  if (!existsSync(MADE)) await make();
  const folder = join(CACHE, `run-${process.pid}-${name}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const file of ['till.db', 'vault.json']) copyFileSync(join(MADE, file), join(folder, file));
  return folder;
}

function openLarge(folder: string): Database {
  const keyHex = openFileVault(join(folder, 'vault.json')).get('database-key') ?? '';
  const opened = openDatabase({ file: join(folder, 'till.db'), keyHex, migrations });
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value;
}

async function make(): Promise<void> {
  const folder = `${MADE}.making`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  console.error(`making a till with ${PACKS} packs and ${PACKS * BATCHES_OF_PACK} batches in ${MADE}`);
  const vault = openFileVault(join(folder, 'vault.json'));
  const till = await openTestTill({ base: shopBase(), people: staffOfShop, storeId, tillId, folder, vault });
  await till.close();
  const random = seeded(2022);
  const db = openLarge(folder);
  db.pragma('synchronous=OFF');
  fill(db, multiplied(realPacks() ?? inventedPacks(20_000, random), PACKS, random));
  createSearchIndex(db).rebuild();
  db.pragma('synchronous=FULL');
  db.exec('ANALYZE');
  db.close();
  renameSync(folder, MADE);
}

const stamps = { '*': 'bench' };
const RECEIVED_AT = Date.UTC(2026, 0, 5);

function fill(db: Database, packs: readonly CataloguePack[]): void {
  const rows = createRowStore(db);
  const register = (table: string, values: Readonly<Record<string, unknown>>) =>
    rows.writeRegister(table, { values, deleted: false, stamps });
  const taxClassId = db.prepare<[], string>('SELECT id FROM tax_class LIMIT 1').pluck().get();
  const onHand = db.prepare('INSERT INTO on_hand (batch_id, pack_id, qty_base) VALUES (?, ?, ?)');
  db.transaction(() => {
    for (const [n, it] of packs.entries()) {
      const id = `p${String(n).padStart(6, '0')}`;
      const medicineId = `m${id}`;
      register('medicine', { id: medicineId, ...medicineOf(it) });
      const { label, packSize } = it;
      register('pack', {
        ...{ id, medicineId, label, packSize, baseUnit: 'tablet', breakable: false, taxClassId },
        ...{ status: it.withdrawn ? 'withdrawn' : 'active', registerRef: '' },
      });
      for (const [i, code] of [`gtin:0${eanOf(n)}`, ...it.codes].entries())
        register('pack_code', { id: `${id}c${i}`, packId: id, code });
      const priceMinor = 100 + (n % 5_000);
      register('price', { id: `${id}e`, packId: id, storeId: null, priceMinor, validFrom: '2026-01-01' });
      for (let i = 0; i < BATCHES_OF_PACK; i++) {
        const batch = batchOf({ packId: id, packSize, i });
        register('batch', batch.row);
        rows.insertFact('stock_movement', batch.movement);
        onHand.run(batch.row.id, id, batch.movement.qtyBase);
      }
    }
  })();
}

const medicineOf = ({ brand, generics, form, holder }: CataloguePack) => ({
  ...{ kind: 'medicine', brand, generics, form, route: '', holder, scheduleClass: 'general', tallMan: '' },
  ...{ genericGroup: '', discountAllowed: true, registerRef: '' },
});

function batchOf({ packId, packSize, i }: { packId: string; packSize: number; i: number }) {
  const code = `B${packId.slice(1)}${i}`;
  const id = batchId(sha256, { storeId, packId, code });
  return {
    row: {
      ...{ id, storeId, packId, code, expiresOn: `20${40 + i}-0${1 + i}-28`, receivedAt: RECEIVED_AT },
      ...{ costMinor: 100, costQtyBase: packSize, packPriceMinor: null },
    },
    movement: {
      ...{ id: `${packId}r${i}`, storeId, batchId: id, packId, kind: 'receive', qtyBase: packSize * 1000 },
      ...{ documentId: 'bench', documentLine: null, at: RECEIVED_AT, businessDate: '2026-01-05' },
      ...{ actorId: 'hq', reason: null },
    },
  };
}
