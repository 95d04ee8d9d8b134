import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { gs1CheckDigit } from '#shared/catalog/gtin.ts';
import { batchId } from '#shared/inventory/batch.ts';
import { sha256 } from '../../desktop/till/store/crypto.ts';
import { namedId } from '../demo-data/days.ts';
import { changesOf } from '../demo-data/rows.ts';
import { demoScans } from '../demo-data/scans.ts';
import { demoStock } from '../demo-data/stock.ts';
import { type Seed, writeSeed } from '../seed.ts';
import { root } from '../tools.ts';

const real = {
  register: resolve(root, '../shared/data/bdpm2022/catalog_normalised_2022.csv.gz'),
  retail: resolve(root, '../shared/data/retail/uci_online_retail_2010-12_2011-06.csv.gz'),
};

/** A pack as it lies on the counter; `priceMinor` is the list's. */
export type Goods = { readonly ean13: string; readonly name: string; readonly priceMinor: number };
export type Basket = readonly { readonly goods: Goods; readonly packs: number }[];
export type DayShop = Awaited<ReturnType<typeof writeDayShop>>;

/**
 * What a day at the counter is made of, in `folder`: 130 packs of the real register with stock, two articles that may
 * be sold for less, and the baskets of a real shop's customers on them. Where the data do not lie beside the project,
 * own packs and baskets take their place.
 */
export async function writeDayShop(folder: string, nowMs: number) {
  if (!existsSync(real.register) || !existsSync(real.retail))
    console.log('The real register and baskets are not here: a small set of our own is sold.');
  const rows = registerRows();
  const catalog = writeRegister(join(folder, 'register'), rows);
  const seedFile = join(folder, 'seed.ndjson');
  const written = await writeSeed({ file: seedFile, catalog, nowMs, history: false });
  if (!written.ok) throw new Error(`${written.error.path}: ${written.error.code}`);
  const store = written.value.demo.organisation.stores[0];
  if (store === undefined) throw new Error('the demo has no store');
  const articles = ['Sun cream SPF 50', 'Thermometer'].map((name, at) => articleOf(name, at));
  const changes = articles.flatMap(({ changesIn }) => changesIn(store.row.id, nowMs));
  appendFileSync(seedFile, `${JSON.stringify({ actor: 'hq', type: 'demo', changes })}\n`);
  const shelf = shelfOf(written.value);
  const [dearer, ...others] = shelf.general;
  const [prescribed] = shelf.prescription;
  if (!dearer || !prescribed) throw new Error('the shelf is empty');
  return {
    seedFile,
    catalog,
    storeId: store.row.id,
    articles: articles.map(({ goods }) => goods),
    prescribed,
    baskets: basketsOf(others),
    /** Nobody buys it before its price is another. */
    dearer,
    /** The register as it is once `dearer` costs that much. */
    registerWith: (priceMinor: number) =>
      writeRegister(
        join(folder, 'register-of-the-day'),
        rows.map((row) =>
          row.cip13 === dearer.ean13 ? { ...row, price_ex_fee_cents: String(priceMinor) } : row,
        ),
      ),
  };
}

type Row = Readonly<Record<string, string>>;

/** Packs that are on the market at a price: those that sell freely, and a few that need a prescription. */
function registerRows(): readonly Row[] {
  if (!existsSync(real.register)) return ownRows();
  const all: readonly Row[] = parse(gunzipSync(readFileSync(real.register)), { columns: true });
  const sold = all.filter(
    (row) => row.status === 'Déclaration de commercialisation' && Number(row.price_ex_fee_cents) > 100,
  );
  return [
    ...sold.filter((row) => row.schedule === '').slice(0, 120),
    ...sold.filter((row) => row.schedule === 'LISTE_I').slice(0, 10),
  ];
}

function ownRows(): readonly Row[] {
  return Array.from({ length: 40 }, (_, at) => {
    const digits = `34009990000${String(at).padStart(2, '0')}`.slice(0, 12);
    const cip13 = `${digits}${gs1CheckDigit(digits)}`;
    return {
      ...{ gtin14: `0${cip13}`, cip13, cip7: '', cis: String(69_000_000 + at) },
      ...{ name: `Pestlane ${at + 1} mg, comprimé`, form: 'comprimé', route: 'orale' },
      ...{ pack: 'plaquette(s) de 30 comprimé(s)', holder: 'HALDEN', active: `PESTLANE ${at + 1} mg` },
      ...{ schedule: at < 36 ? '' : 'LISTE_I', reimb_pct: '65', price_ex_fee_cents: String(215 + 37 * at) },
      ...{ generic_group: '', status: 'Déclaration de commercialisation' },
    };
  });
}

function writeRegister(folder: string, rows: readonly Row[]): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'catalog_normalised.csv');
  writeFileSync(file, stringify([...rows], { header: true }));
  return file;
}

/** A pack of no register, which may be sold at a discount; its stock lasts. */
function articleOf(name: string, at: number) {
  const id = (what: string) => namedId(`day ${what} ${name}`);
  const digits = `37000000900${at}`;
  const goods: Goods = { ean13: `${digits}${gs1CheckDigit(digits)}`, name, priceMinor: 1490 + 500 * at };
  const taxClassId = namedId('day tax standard');
  const changesIn = (storeId: string, nowMs: number) => {
    const packId = id('pack');
    const batch = { batchId: batchId(sha256, { storeId, packId, code: 'LOT1' }), storeId, packId };
    const on = { at: nowMs - 86_400_000, businessDate: new Date(nowMs).toISOString().slice(0, 10) };
    return [
      ...changesOf('tax_class', [{ id: taxClassId, name: 'Other goods' }]),
      ...changesOf('tax_rate', [
        { id: namedId('day rate standard'), taxClassId, pct3: [20_000], validFrom: '2014-01-01' },
      ]),
      ...changesOf('medicine', [
        {
          ...{ id: id('article'), kind: 'article', brand: name, generics: [], form: '', route: '' },
          ...{ holder: 'Halden', scheduleClass: 'general', tallMan: '', genericGroup: '' },
          ...{ discountAllowed: true, registerRef: '', soldAs: null },
        },
      ]),
      ...changesOf('pack', [
        {
          ...{ id: packId, medicineId: id('article'), label: 'one', packSize: 1, baseUnit: 'piece' },
          ...{ breakable: false, taxClassId, status: 'active', registerRef: '' },
        },
      ]),
      ...changesOf('pack_code', [{ id: id('code'), packId, code: `gtin:0${goods.ean13}` }]),
      ...changesOf('price', [
        { id: id('price'), packId, storeId: null, priceMinor: goods.priceMinor, validFrom: '2024-01-01' },
      ]),
      ...changesOf('batch', [
        {
          ...{ id: batch.batchId, storeId, packId, code: 'LOT1', expiresOn: '2069-12-31' },
          ...{ receivedAt: on.at, costMinor: 700, costQtyBase: 1, packPriceMinor: null },
        },
      ]),
      ...changesOf('stock_movement', [
        {
          ...{ id: id('receipt'), ...batch, kind: 'receive', qtyBase: 50, documentId: id('delivery') },
          ...{ documentLine: null, ...on, actorId: 'hq', reason: null },
        },
      ]),
    ];
  };
  return { goods, changesIn };
}

/** Packs of the store that a scanner reads and that have stock in date for a while, by whether they sell freely. */
function shelfOf({ demo, options, register }: Seed) {
  const store = demo.organisation.stores[0];
  if (store === undefined) throw new Error('the demo has no store');
  const { batches, decisions, range } = demoStock(options, { store, register });
  const stopped = new Set(decisions.map((one) => one.batchId));
  const inTwoMonths = new Date(Date.parse(options.todayIso) + 60 * 86_400_000).toISOString().slice(0, 10);
  const lasting = batches.filter(({ id, expiresOn }) => expiresOn > inTwoMonths && !stopped.has(id));
  const codes = new Map([...demoScans(lasting, register.packCodes)].map((one) => [one.packId, one.ean13]));
  const priceOf = new Map(register.prices.map(({ packId, priceMinor }) => [packId, priceMinor]));
  const goods = range.flatMap(({ packId, name, scheduleClass }) => {
    const ean13 = codes.get(packId);
    const priceMinor = priceOf.get(packId);
    return ean13 && priceMinor ? [{ scheduleClass, goods: { ean13, name, priceMinor } }] : [];
  });
  const of = (wanted: string): readonly Goods[] =>
    goods.filter((one) => one.scheduleClass === wanted).map((one) => one.goods);
  return { general: of('general'), prescription: of('prescription') };
}

/** Baskets of 1 to 4 lines of up to 3 packs; the same stock code is always the same pack. */
function basketsOf(shelf: readonly Goods[]): readonly Basket[] {
  const packOf = new Map<string, Goods>();
  const goodsOf = (stockCode: string): Goods | undefined => {
    const known = packOf.get(stockCode) ?? shelf[packOf.size % shelf.length];
    if (known) packOf.set(stockCode, known);
    return known;
  };
  return [...Map.groupBy(retailLines(), (line) => line.invoice).values()].map((lines, at) => {
    const wanted = new Map<Goods, number>();
    for (const { stockCode, packs } of lines.slice(0, 1 + (at % 4))) {
      const goods = goodsOf(stockCode);
      if (goods) wanted.set(goods, Math.min(3, (wanted.get(goods) ?? 0) + packs));
    }
    return [...wanted].map(([goods, packs]) => ({ goods, packs }));
  });
}

type RetailLine = { readonly invoice: string; readonly stockCode: string; readonly packs: number };

/** The first lines of the real shop's; what was taken back or is no article is passed over. */
function retailLines(): readonly RetailLine[] {
  if (!existsSync(real.retail))
    return Array.from({ length: 200 }, (_, at) => ({
      ...{ invoice: String(at >> 1), stockCode: String((at * 7) % 31), packs: 1 + (at % 3) },
    }));
  const text = gunzipSync(readFileSync(real.retail)).subarray(0, 120_000).toString('utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const rows: readonly Row[] = parse(whole, { columns: true });
  return rows.flatMap(({ InvoiceNo: invoice = '', StockCode: stockCode = '', Quantity }) =>
    Number(Quantity) > 0 && /^\d{5}/.test(stockCode)
      ? [{ invoice, stockCode, packs: Math.min(3, Number(Quantity)) }]
      : [],
  );
}
