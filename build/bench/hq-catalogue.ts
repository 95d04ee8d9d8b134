import { createHash } from 'node:crypto';
import { gs1CheckDigit } from '#shared/catalog/gtin.ts';
import { batchId as nameBatch } from '#shared/inventory/batch.ts';
import type { RowOf } from '#shared/schema.ts';
import { namedId } from '../demo-data/days.ts';
import { type DemoOrganisation, type DemoStore, demoOrganisation } from '../demo-data/organisation.ts';
import { changesOf, type DemoChange, inChunks } from '../demo-data/rows.ts';
import { taxClassId, taxRegisters } from '../demo-data/taxes.ts';
import { type CataloguePack, inventedPacks, multiplied, realPacks, seeded } from './search-catalogue.ts';

/** How large the org is that tills and HQ are measured with. */
export const PACKS = 100_000;
export const BATCHES_PER_PACK = 3;
/** Tills of each store: enough for one run's devices. */
const TILLS = 8;

/** One article of the large org as a driver needs it: what to scan, and what a sale line of it says. */
export type BenchPack = {
  readonly packId: string;
  readonly name: string;
  readonly packSize: number;
  readonly taxClassId: string;
  readonly priceMinor: number;
  readonly gtin14: string;
  readonly batchIds: readonly string[];
};

export type BenchOrg = {
  readonly organisation: DemoOrganisation;
  /** The store whose stock is the 300,000 batches: till A and till B are there. */
  readonly store: DemoStore;
  /** Sells in every store; the PIN is good in the first. */
  readonly cashier: { readonly personId: string; readonly pin: string };
  readonly pack: (index: number) => BenchPack;
  /** HQ's seed (sync-server/store/seed.ts): one line of NDJSON after another. */
  readonly lines: () => Generator<string>;
};

/**
 * An org with 100,000 packs and 300,000 batches of them in its first store, the same every time: real names where the
 * register is there. All without prescription and in stock, so that any of them can be sold.
 */
export function benchOrg(): BenchOrg {
  const organisation = demoOrganisation({ seed: SEED, todayIso: '2026-01-05' });
  const [store, other] = organisation.stores;
  const atBoth = (personId: string) => other?.staff.some(({ row }) => row.personId === personId);
  const staff = store?.staff.find(({ row, role }) => role === 'cashier' && atBoth(row.personId));
  const cashier = organisation.signIns.find(({ staffId }) => staffId === staff?.row.id);
  if (!store || !cashier || !staff) throw new Error('the demo has a cashier who works in both stores');
  return {
    organisation,
    store,
    cashier: { personId: staff.row.personId, pin: cashier.pin },
    pack: (index) => packOf(index, store.row.id),
    *lines() {
      for (const chunk of inChunks(changes(organisation, store), LINE))
        yield `${JSON.stringify({ actor: 'hq', type: 'bench', changes: chunk })}\n`;
      yield `${JSON.stringify({ pins: [{ staffId: cashier.staffId, pin: cashier.pin }] })}\n`;
    },
  };
}

const SEED = 5;
const LINE = 5_000;
const MADE = Date.UTC(2025, 9, 1, 8);
const id = (name: string): string => namedId(`bench ${name}`);
const digest = (text: string): Uint8Array => createHash('sha256').update(text).digest();

function* changes(organisation: DemoOrganisation, store: DemoStore): Generator<DemoChange> {
  const { orgs, stores, roles, people } = organisation;
  yield* changesOf('org', orgs);
  yield* changesOf(
    'store',
    stores.map(({ row }) => row),
  );
  yield* changesOf(
    'till',
    stores.flatMap(({ row }) => tillsOf(row.id)),
  );
  yield* changesOf('role', roles);
  yield* changesOf('person', people);
  const { taxClasses, taxRates } = taxRegisters(SEED);
  yield* changesOf('tax_class', taxClasses);
  yield* changesOf('tax_rate', taxRates);
  const packs = catalogue();
  for (const [index, pack] of packs.entries()) yield* catalogueChanges(index, pack);
  yield* changesOf(
    'staff',
    stores.flatMap(({ staff }) => staff.map(({ row }) => row)),
  );
  for (const index of packs.keys()) yield* stockChanges(index, store);
}

const tillsOf = (storeId: string): RowOf<'till'>[] =>
  Array.from({ length: TILLS }, (_, i) => {
    const code = `T${String(i + 1).padStart(2, '0')}`;
    return { id: id(`till ${storeId} ${code}`), storeId, code, name: `Counter ${i + 1}` };
  });

function catalogue(): readonly CataloguePack[] {
  const random = seeded(2022);
  return multiplied(realPacks() ?? inventedPacks(20_000, random), PACKS, random);
}

function packOf(index: number, storeId: string): BenchPack {
  const packId = id(`pack ${index}`);
  return {
    packId,
    name: `Pack ${index}`,
    packSize: 16,
    taxClassId: taxClassId(SEED, 'medicine'),
    priceMinor: priceOf(index),
    gtin14: gtinOf(index),
    batchIds: batchCodes(index).map((code) => nameBatch(digest, { storeId, packId, code })),
  };
}

const priceOf = (index: number): number => 150 + ((index * 37) % 4_000);
const batchCodes = (index: number): readonly string[] =>
  Array.from({ length: BATCHES_PER_PACK }, (_, n) => `K${index}${'ABC'[n]}`);

/** Of the range that GS1 keeps for use inside a store, so that no real pack is ever scanned as one of these. */
function gtinOf(index: number): string {
  const body = `0203${String(index).padStart(9, '0')}`;
  return `${body}${gs1CheckDigit(body)}`;
}

/** A pack with its medicine, code and price. Packs are all of one size, so that a driver knows it without a look-up. */
function catalogueChanges(index: number, given: CataloguePack): DemoChange[] {
  const { packId, packSize, taxClassId: tax } = packOf(index, '');
  const medicineId = id(`medicine ${index}`);
  const medicine: RowOf<'medicine'> = {
    ...{ id: medicineId, kind: 'medicine', brand: given.brand, generics: given.generics, form: given.form },
    ...{ route: 'orale', holder: given.holder, scheduleClass: 'general', tallMan: '', genericGroup: '' },
    ...{ discountAllowed: true, registerRef: `bench:M${index}` },
  };
  const pack: RowOf<'pack'> = {
    ...{ id: packId, medicineId, label: given.label, packSize, baseUnit: 'tablet', breakable: false },
    ...{ taxClassId: tax, status: 'active', registerRef: `bench:P${index}` },
  };
  const code = { id: id(`code ${index}`), packId, code: `gtin:${gtinOf(index)}` };
  const price = { id: id(`price ${index}`), packId, storeId: null, priceMinor: priceOf(index) };
  return [
    ...changesOf('medicine', [medicine]),
    ...changesOf('pack', [pack]),
    ...changesOf('pack_code', [code]),
    ...changesOf('price', [{ ...price, validFrom: '2024-01-01' }]),
  ];
}

function stockChanges(index: number, { row: { id: storeId } }: DemoStore): DemoChange[] {
  const { packId, packSize, batchIds } = packOf(index, storeId);
  return batchCodes(index).flatMap((code, n) => {
    const batchId = batchIds[n] ?? '';
    const qtyBase = 500 * packSize;
    const batch: RowOf<'batch'> = {
      ...{ id: batchId, storeId, packId, code, expiresOn: `20${30 + n}-06-30`, receivedAt: MADE },
      ...{ costMinor: 60_000, costQtyBase: qtyBase, packPriceMinor: null },
    };
    const movement: RowOf<'stock_movement'> = {
      ...{ id: id(`receive ${index} ${n}`), storeId, batchId, packId, kind: 'receive', qtyBase },
      ...{ documentId: 'bench delivery', documentLine: null, at: MADE, businessDate: '2025-10-01' },
      ...{ actorId: 'bench', reason: null },
    };
    return [...changesOf('batch', [batch]), ...changesOf('stock_movement', [movement])];
  });
}
