import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { batchId } from '#shared/inventory/batch.ts';
import { openFileVault } from '../../desktop/hosts/file-vault.ts';
import { sha256 } from '../../desktop/till/store/crypto.ts';
import { openDatabase } from '../../desktop/till/store/open.ts';
import { createRowStore } from '../../desktop/till/store/rows.ts';
import { people, shopBase, storeId, tillId } from '../proof/shop.ts';
import { root } from '../tools.ts';
import { largeTill, migrations, PACKS } from './till-database.ts';

/** Fewer make a quicker round while this bench is worked on; its figures are for 500,000. */
const LINES = Number(process.env.PESTLE_BENCH_LINES ?? 500_000);
const LINES_OF_SALE = 4;
const SALES_OF_DAY = 500;
const CACHE = join(root, '.cache/bench');
/** Named by what it holds: another content is another folder. */
const MADE = join(CACHE, `screen-1-${LINES}`);

/** A copy of the large till that has sold 500,000 lines; the first call makes the original. The caller removes it. */
export async function soldTill(name: string): Promise<string> {
  if (!existsSync(MADE)) await make();
  const folder = join(CACHE, `run-${process.pid}-${name}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const file of ['till.db', 'vault.json']) copyFileSync(join(MADE, file), join(folder, file));
  return folder;
}

async function make(): Promise<void> {
  const folder = await largeTill('making');
  console.error(`writing ${LINES} sale lines for ${MADE}`);
  const keyHex = openFileVault(join(folder, 'vault.json')).get('database-key') ?? '';
  const opened = openDatabase({ file: join(folder, 'till.db'), keyHex, migrations });
  if (!opened.ok) throw new Error(opened.error.code);
  const db = opened.value;
  db.pragma('synchronous=OFF');
  sellBefore(db, LINES / LINES_OF_SALE);
  db.pragma('synchronous=FULL');
  db.exec('ANALYZE');
  db.close();
  renameSync(folder, MADE);
}

const DAY_MS = 86_400_000;
/** Everything was sold before this day, whenever the bench runs. */
const LAST_DAY = Date.UTC(2026, 9, 31);
const SERIES = 'S01-T01A';

/** Rows of sales as the till writes them; the journal, which only grows at its end, is left out. */
function sellBefore(db: Database, sales: number): void {
  const rows = createRowStore(db);
  rightsOfToday(rows);
  const taxClassId = db.prepare<[], string>('SELECT id FROM tax_class LIMIT 1').pluck().get() ?? '';
  db.transaction(() => {
    for (let n = 0; n < sales; n++) {
      const at = LAST_DAY - Math.floor((sales - n) / SALES_OF_DAY) * DAY_MS + (n % SALES_OF_DAY) * 60_000;
      const id = `h${String(n).padStart(9, '0')}`;
      const sale = { id, at, businessDate: new Date(at).toISOString().slice(0, 10), n };
      rows.insertFact('sale', saleRow(sale));
      for (let i = 0; i < LINES_OF_SALE; i++) {
        const line = { sale, i, pack: (n * LINES_OF_SALE + i * 31) % PACKS, taxClassId };
        rows.insertFact('sale_line', lineRow(line));
        rows.insertFact('stock_movement', movementRow(line));
      }
      rows.insertFact('sale_tax', {
        ...{ id: `${id}x`, saleId: id, storeId, taxPct3: [2100], baseMinor: 980, taxMinor: 20 },
        componentsMinor: [20],
      });
      rows.insertFact('tender', {
        ...{ id: `${id}t`, saleId: id, storeId, lineNo: 1, kind: 'cash', amountMinor: 1_000 },
        ...{ reference: null, authorisedAt: at },
      });
    }
    db.prepare('INSERT INTO counter (series, n) VALUES (?, ?)').run(SERIES, sales);
    db.exec(`UPDATE on_hand SET qty_base = (SELECT sum(qty_base) FROM stock_movement m WHERE m.batch_id = on_hand.batch_id)
             WHERE batch_id IN (SELECT batch_id FROM stock_movement WHERE kind = 'sell')`);
  })();
}

/** The large till may be older than a right that a cashier has by now. */
function rightsOfToday(rows: ReturnType<typeof createRowStore>): void {
  for (const change of shopBase())
    if (change.t === 'role' && change.op === 'set')
      rows.writeRegister('role', {
        values: { id: change.id, ...change.cols },
        deleted: false,
        stamps: { '*': 'bench' },
      });
}

type Sale = { readonly id: string; readonly at: number; readonly businessDate: string; readonly n: number };

const saleRow = ({ id, at, businessDate, n }: Sale) => ({
  ...{ id, storeId, tillId, at, businessDate, cashierId: people.cashier.personId, currency: 'EUR' },
  ...{ receiptNo: `${SERIES}-${String(n + 1).padStart(6, '0')}`, receiptSeries: SERIES, receiptN: n + 1 },
  ...{ taxMode: 'inclusive', lineCount: LINES_OF_SALE, discountMinor: 0, taxMinor: 20, totalMinor: 1_000 },
  ...{
    cashRoundingMinor: 0,
    changeMinor: 0,
    shiftId: null,
    customerId: null,
    note: null,
    taxExemption: null,
  },
});

type Line = { readonly sale: Sale; readonly i: number; readonly pack: number; readonly taxClassId: string };
const packIdOf = (pack: number): string => `p${String(pack).padStart(6, '0')}`;

const lineRow = ({ sale, i, pack, taxClassId }: Line) => ({
  ...{ id: `${sale.id}l${i}`, saleId: sale.id, storeId, lineNo: i + 1, packId: packIdOf(pack) },
  ...{ name: `Article ${pack}`, scheduleClass: 'general', qtyBase: 1, packSize: 1, baseUnit: 'tablet' },
  ...{ packPriceMinor: 250, grossMinor: 250, lineDiscountMinor: 0, cartDiscountMinor: 0, amountMinor: 250 },
  ...{ taxMinor: 5, taxClassId, taxPct3: [2100], discountReason: null, note: null },
});

function movementRow({ sale, i, pack }: Line) {
  const packId = packIdOf(pack);
  const code = `B${packId.slice(1)}0`;
  return {
    ...{ id: `${sale.id}m${i}`, storeId, batchId: batchId(sha256, { storeId, packId, code }), packId },
    ...{ kind: 'sell', qtyBase: -1, documentId: sale.id, documentLine: i + 1, at: sale.at },
    ...{ businessDate: sale.businessDate, actorId: people.cashier.personId, reason: null },
  };
}
