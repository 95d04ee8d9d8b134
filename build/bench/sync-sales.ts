import { mulDivRound } from '#shared/kernel/money.ts';
import type { Change } from '#shared/replica/changeset.ts';
import type { RowOf } from '#shared/schema.ts';
import { changesOf } from '../demo-data/rows.ts';
import type { BenchPack } from './hq-catalogue.ts';

export type SaleToMake = {
  readonly storeId: string;
  readonly tillId: string;
  readonly cashierId: string;
  readonly receiptSeries: string;
  readonly receiptN: number;
  readonly packs: readonly [BenchPack, BenchPack];
  readonly nextId: () => string;
  /** When it was made; now where it is left out. */
  readonly at?: number;
};

/** What a till writes for a sale of two packs, paid by card and cash: 8 facts, the rows of `complete-sale.ts`. */
export function saleChanges(wanted: SaleToMake): readonly Change[] {
  const { storeId, nextId, packs, cashierId, receiptSeries, receiptN } = wanted;
  const saleId = nextId();
  const { at = Date.now() } = wanted;
  const day = { at, businessDate: new Date(at).toISOString().slice(0, 10) };
  const totalMinor = packs.reduce((sum, { priceMinor }) => sum + priceMinor, 0);
  const taxMinor = mulDivRound(totalMinor, RATE_PCT3, 100_000 + RATE_PCT3);
  const sale: RowOf<'sale'> = {
    ...{ id: saleId, storeId, tillId: wanted.tillId, ...day, cashierId, receiptSeries, receiptN },
    receiptNo: `${receiptSeries}-${String(receiptN).padStart(6, '0')}`,
    ...{ currency: 'EUR', taxMode: 'inclusive', lineCount: packs.length, discountMinor: 0 },
    ...{ taxMinor, totalMinor, cashRoundingMinor: 0, changeMinor: 0 },
  };
  const firstTax = mulDivRound(taxMinor, packs[0].priceMinor, totalMinor);
  const lines = packs.map((pack, i) =>
    lineOf(sale, pack, { id: nextId(), lineNo: i + 1, tax: i === 0 ? firstTax : taxMinor - firstTax }),
  );
  const movements = packs.map(
    (pack, i): RowOf<'stock_movement'> => ({
      ...{ id: nextId(), storeId, batchId: pack.batchIds[0] ?? '', packId: pack.packId, kind: 'sell' },
      ...{
        qtyBase: -pack.packSize,
        documentId: saleId,
        documentLine: i + 1,
        ...day,
        actorId: cashierId,
        reason: null,
      },
    }),
  );
  const tax: RowOf<'sale_tax'> = {
    ...{ id: nextId(), saleId, storeId, taxPct3: [RATE_PCT3], baseMinor: totalMinor - taxMinor },
    ...{ taxMinor, componentsMinor: [taxMinor] },
  };
  const card = Math.floor(totalMinor / 2);
  const tenders = (
    [
      ['card', card],
      ['cash', totalMinor - card],
    ] as const
  ).map(
    ([kind, amountMinor], i): RowOf<'tender'> => ({
      ...{
        id: nextId(),
        saleId,
        storeId,
        lineNo: i + 1,
        kind,
        amountMinor,
        reference: null,
        authorisedAt: at,
      },
    }),
  );
  return [
    ...changesOf('sale', [sale]),
    ...changesOf('sale_line', lines),
    ...changesOf('stock_movement', movements),
    ...changesOf('sale_tax', [tax]),
    ...changesOf('tender', tenders),
  ];
}

/** The tax class of the large org's packs. */
const RATE_PCT3 = 10_000;

function lineOf(
  sale: RowOf<'sale'>,
  pack: BenchPack,
  { id, lineNo, tax }: { readonly id: string; readonly lineNo: number; readonly tax: number },
): RowOf<'sale_line'> {
  const { packId, name, packSize, taxClassId, priceMinor } = pack;
  return {
    ...{ id, saleId: sale.id, storeId: sale.storeId, lineNo, packId, name, scheduleClass: 'general' },
    ...{
      qtyBase: packSize,
      packSize,
      baseUnit: 'tablet',
      packPriceMinor: priceMinor,
      grossMinor: priceMinor,
    },
    ...{ lineDiscountMinor: 0, cartDiscountMinor: 0, amountMinor: priceMinor, taxMinor: tax },
    ...{ taxClassId, taxPct3: [RATE_PCT3], discountReason: null },
  };
}
