import { standardRoles } from '#shared/auth/permissions.ts';
import { gs1CheckDigit } from '#shared/catalog/gtin.ts';
import { batchId } from '#shared/inventory/batch.ts';
import type { RowOf } from '#shared/schema.ts';
import type { BenchPack } from '../../bench/hq-catalogue.ts';
import { namedId, sha256 } from '../../demo-data/days.ts';
import { changesOf, type DemoChange, inChunks } from '../../demo-data/rows.ts';
import { taxClassId, taxRegisters } from '../../demo-data/taxes.ts';

/** A chain of small stores: HQ's seed, and what a till of it may sell. */
export type ChainOrg = {
  readonly cashierId: string;
  /** Base units of each batch at the beginning. */
  readonly opening: number;
  readonly pack: (storeId: string, index: number) => BenchPack;
  /** The batches of a store. */
  readonly batches: (storeId: string) => readonly string[];
  readonly storeIds: readonly string[];
  /** One line of NDJSON after another (sync-server/store/seed.ts). */
  readonly lines: () => Generator<string>;
};

const PACKS = 200;
const PACK_SIZE = 16;
const OPENING = 1_000_000 * PACK_SIZE;
const SEED = 7;
const MADE = Date.UTC(2025, 9, 1, 8);
const id = (name: string): string => namedId(`homecoming ${name}`);
const cashierId = id('cashier');
const roleId = id('role cashier');

/** An org of so many tills, five to a store, each store with a batch of every pack. */
export function chainOrg(tills: number): ChainOrg {
  const stores = Array.from({ length: Math.ceil(tills / TILLS) }, (_, n) => storeRow(n));
  return {
    ...{ cashierId, opening: OPENING, pack: packOf },
    storeIds: stores.map((store) => store.id),
    batches: (storeId) => indices.map((index) => batchOf(storeId, index)),
    *lines() {
      for (const chunk of inChunks(changes(stores, tills), 2_000))
        yield `${JSON.stringify({ actor: 'hq', type: 'proof', changes: chunk })}\n`;
    },
  };
}

const TILLS = 5;
const indices = Array.from({ length: PACKS }, (_, index) => index);

function* changes(stores: readonly RowOf<'store'>[], tills: number): Generator<DemoChange> {
  yield* changesOf('store', stores);
  yield* changesOf(
    'till',
    Array.from({ length: tills }, (_, n) => tillRow(stores, n)),
  );
  yield* changesOf('role', [{ id: roleId, name: 'Cashier', permissions: [...standardRoles.cashier] }]);
  yield* changesOf('person', [
    { id: cashierId, name: 'Everyone', shortName: 'Everyone', language: null, active: true },
  ]);
  yield* changesOf(
    'staff',
    stores.map(({ id: storeId }) => ({
      ...{
        id: id(`staff ${storeId}`),
        storeId,
        personId: cashierId,
        roleId,
        pinVerifier: null,
        active: true,
      },
    })),
  );
  const { taxClasses, taxRates } = taxRegisters(SEED);
  yield* changesOf('tax_class', taxClasses);
  yield* changesOf('tax_rate', taxRates);
  for (const index of indices) yield* articleChanges(index);
  for (const { id: storeId } of stores) for (const index of indices) yield* stockChanges(storeId, index);
}

function storeRow(n: number): RowOf<'store'> {
  const code = `S${String(n + 1).padStart(3, '0')}`;
  return {
    ...{ id: id(`store ${n}`), code, name: `Pharmacy ${n + 1}`, addressLines: ['1 Main Street'] },
    ...{ licence: '', taxNumber: '', receiptFooter: '', zone: 'UTC', dayStartHour: 0, currency: 'EUR' },
    ...{ minorDigits: 2, cashStepMinor: 1, taxMode: 'inclusive', minShelfLifeDays: 0, language: 'en' },
  };
}

function tillRow(stores: readonly RowOf<'store'>[], n: number): RowOf<'till'> {
  const code = `T${String((n % TILLS) + 1).padStart(2, '0')}`;
  return {
    id: id(`till ${n}`),
    storeId: stores[Math.floor(n / TILLS)]?.id ?? '',
    code,
    name: `Counter ${code}`,
  };
}

const batchCode = (index: number): string => `H${index}`;
const batchOf = (storeId: string, index: number): string =>
  batchId(sha256, { storeId, packId: id(`pack ${index}`), code: batchCode(index) });
const priceOf = (index: number): number => 150 + ((index * 37) % 4_000);

function packOf(storeId: string, index: number): BenchPack {
  const n = index % PACKS;
  const body = `0203${String(n).padStart(9, '0')}`;
  return {
    ...{ packId: id(`pack ${n}`), name: `Pack ${n}`, packSize: PACK_SIZE, priceMinor: priceOf(n) },
    ...{ taxClassId: taxClassId(SEED, 'medicine'), gtin14: `${body}${gs1CheckDigit(body)}` },
    batchIds: [batchOf(storeId, n)],
  };
}

function articleChanges(index: number): DemoChange[] {
  const { packId, name, packSize, taxClassId: tax, gtin14, priceMinor } = packOf('', index);
  const medicine = {
    ...{ kind: 'medicine', brand: name, generics: [], form: 'tablet', route: 'oral', holder: 'Nobody' },
    ...{ scheduleClass: 'general', tallMan: '', genericGroup: '', discountAllowed: true, registerRef: '' },
  };
  const pack = {
    ...{ medicineId: id(`medicine ${index}`), label: 'box of 16', packSize, baseUnit: 'tablet' },
    ...{ breakable: false, taxClassId: tax, status: 'active', registerRef: '' },
  };
  const set = (t: string, of: string, cols: Record<string, unknown>): DemoChange => ({
    t,
    op: 'set',
    id: of,
    cols,
  });
  return [
    set('medicine', id(`medicine ${index}`), medicine),
    set('pack', packId, pack),
    set('pack_code', id(`code ${index}`), { packId, code: `gtin:${gtin14}` }),
    set('price', id(`price ${index}`), { packId, storeId: null, priceMinor, validFrom: '2024-01-01' }),
  ];
}

function stockChanges(storeId: string, index: number): DemoChange[] {
  const [batch, packId] = [batchOf(storeId, index), id(`pack ${index}`)];
  const row: RowOf<'batch'> = {
    ...{ id: batch, storeId, packId, code: batchCode(index), expiresOn: '2032-06-30', receivedAt: MADE },
    ...{ costMinor: 60_000, costQtyBase: OPENING, packPriceMinor: null },
  };
  const received: RowOf<'stock_movement'> = {
    ...{ id: id(`receive ${storeId} ${index}`), storeId, batchId: batch, packId, kind: 'receive' },
    ...{ qtyBase: OPENING, documentId: 'opening', documentLine: null, at: MADE, businessDate: '2025-10-01' },
    ...{ actorId: 'hq', reason: null },
  };
  return [...changesOf('batch', [row]), ...changesOf('stock_movement', [received])];
}
