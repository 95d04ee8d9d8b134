import { allocate, sumMinor } from '#shared/kernel/money.ts';
import { splitPacks } from '#shared/kernel/quantity.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import {
  addRefund,
  type LineRefund,
  nothingRefunded,
  type RefundError,
  refundSale,
  type SaleRefund,
  type SoldSale,
} from './refund.ts';
import { refundTenders } from './refund-tenders.ts';
import { paidParts } from './return-paid.ts';
import type { ReturnPlace } from './tables-returns.ts';
import { type TenderKind, tenderKinds } from './tender-kinds.ts';
import type { TaxMode } from './totals-input.ts';
import { rateKey } from './totals-tax.ts';

/** A completed sale as a return needs it; amounts in minor units, lines in their order. */
export type ReturnableSale = {
  readonly taxMode: TaxMode;
  readonly totalMinor: number;
  readonly lines: readonly ReturnableLine[];
  readonly taxes: readonly {
    readonly taxPct3: readonly number[];
    readonly componentsMinor: readonly number[];
  }[];
  readonly tenders: readonly TenderPart[];
};
export type ReturnableLine = {
  readonly saleLineId: string;
  readonly qtyBase: number;
  readonly amountMinor: number;
  readonly taxMinor: number;
  /** The rate it was taxed at: `[0]` for an exempt customer, whatever its class says. */
  readonly taxPct3: readonly number[];
  /** The batches it was sold from, in the order they were taken. */
  readonly batches: readonly { readonly batchId: string; readonly qtyBase: number }[];
};
export type TenderPart = { readonly kind: TenderKind; readonly amountMinor: number };

/** An earlier return of the sale, of whichever counter. */
export type MadeReturn = {
  readonly totalMinor: number;
  readonly lines: readonly (LineRefund & {
    readonly saleLineId: string | null;
    readonly batchId: string | null;
  })[];
  readonly taxes: readonly {
    readonly taxPct3: readonly number[];
    readonly componentsMinor: readonly number[];
  }[];
  readonly tenders: readonly TenderPart[];
};

/** What comes back now. `batchId`: the box was scanned; without it the batch taken last comes back first. */
export type ReturnWish = {
  readonly saleLineId: string;
  readonly qtyBase: number;
  readonly place: ReturnPlace;
  readonly batchId?: string | undefined;
};

/** Goods back and money back, worked out: what the ledger writes. Σ tenders − total = cash rounding. */
export type PlannedReturn = {
  readonly lines: readonly PlannedReturnLine[];
  readonly taxes: readonly PlannedTax[];
  readonly taxMinor: number;
  readonly totalMinor: number;
  readonly tenders: readonly TenderPart[];
  readonly cashRoundingMinor: number;
};
export type PlannedReturnLine = LineRefund & {
  readonly saleLineId: string | null;
  readonly batchId: string | null;
  readonly place: ReturnPlace;
};
export type PlannedTax = {
  readonly taxPct3: readonly number[];
  readonly baseMinor: number;
  readonly taxMinor: number;
  readonly componentsMinor: readonly number[];
};

export type ReturnError =
  | { readonly code: 'NOTHING_CHOSEN' }
  | { readonly code: 'NOT_FOUND' }
  | { readonly code: 'MORE_THAN_SOLD'; readonly saleLineId: string; readonly leftBase: number }
  | { readonly code: 'MORE_THAN_PAID'; readonly leftMinor: number };

/**
 * A return of part of a sale, after all earlier ones that are known here (RULES.md §1.7). Never more than is left of a
 * line over all counters; returned in any steps, the whole sale gives back exactly what was paid.
 */
export function planReturn(
  sale: ReturnableSale,
  earlier: readonly MadeReturn[],
  { lines, cashStepMinor }: { readonly lines: readonly ReturnWish[]; readonly cashStepMinor: number },
): Result<PlannedReturn, ReturnError> {
  const wishes = lines.filter((wish) => wish.qtyBase !== 0);
  if (wishes.length === 0) return err({ code: 'NOTHING_CHOSEN' });
  if (wishes.some((wish) => !sale.lines.some((line) => line.saleLineId === wish.saleLineId)))
    return err({ code: 'NOT_FOUND' });
  const sold: SoldSale = sale;
  const before = earlier.map((made) => refundOf(sale, made)).reduce(addRefund, nothingRefunded(sold));
  const returnedQtyBase = sale.lines.map(({ saleLineId }) =>
    sumQty(wishes.filter((w) => w.saleLineId === saleLineId)),
  );
  const refund = refundSale({ sold, before, returnedQtyBase });
  if (!refund.ok) return err(toReturnError(sale, refund.error));
  const { totalMinor } = refund.value;
  const money = refundTenders({ totalMinor, cashStepMinor, ...paidParts(sale, earlier) });
  if (!money.ok) {
    const { error } = money;
    return err({ code: 'MORE_THAN_PAID', leftMinor: error.code === 'more-than-paid' ? error.leftMinor : 0 });
  }
  const taxes = taxesOf(sale, refund.value);
  return ok({
    lines: sale.lines.flatMap((line, i) => partsOf(line, { wishes, earlier, refund: refund.value.lines[i] })),
    taxes,
    taxMinor: sumMinor(taxes.map((tax) => tax.taxMinor)),
    totalMinor,
    tenders: money.value.parts.map(({ kind, amountMinor }) => ({ kind: tenderKind(kind), amountMinor })),
    cashRoundingMinor: money.value.cashRoundingMinor,
  });
}

/** How much of a line is still sold, over all returns that are known here; never below 0. */
export const leftOfLine = (
  line: Pick<ReturnableLine, 'saleLineId' | 'qtyBase'>,
  earlier: readonly MadeReturn[],
): number => Math.max(0, line.qtyBase - returnedOf(line.saleLineId, earlier));

/** Whether loose base units of a line may come back: its packs may be broken (RULES.md §2), or it was sold so. */
export const mayComeLoose = ({
  breakable,
  qtyBase,
  packSize,
}: {
  readonly breakable: boolean;
  readonly qtyBase: number;
  readonly packSize: number;
}): boolean => breakable || splitPacks(qtyBase, packSize).looseBase !== 0;

/**
 * Lines of which more came back than was sold: two counters took them back while they could not hear of each other.
 * Both returns stand; a person looks at them.
 */
export function overReturned(
  lines: readonly Pick<ReturnableLine, 'saleLineId' | 'qtyBase'>[],
  returned: readonly { readonly saleLineId: string | null; readonly qtyBase: number }[],
): readonly { readonly saleLineId: string; readonly overBase: number }[] {
  return lines.flatMap(({ saleLineId, qtyBase }) => {
    const overBase = sumQty(returned.filter((line) => line.saleLineId === saleLineId)) - qtyBase;
    return overBase > 0 ? [{ saleLineId, overBase }] : [];
  });
}

const returnedOf = (saleLineId: string, earlier: readonly MadeReturn[]): number =>
  sumQty(earlier.flatMap((made) => made.lines).filter((line) => line.saleLineId === saleLineId));

const sumQty = (parts: readonly { readonly qtyBase: number }[]): number =>
  parts.reduce((sum, part) => sum + part.qtyBase, 0);

/** An earlier return in the order of the sale's lines and tax groups. */
function refundOf(sale: ReturnableSale, made: MadeReturn): SaleRefund {
  const taxOf = new Map(made.taxes.map((tax) => [rateKey(tax.taxPct3), tax.componentsMinor]));
  return {
    lines: sale.lines.map(({ saleLineId }) => {
      const parts = made.lines.filter((line) => line.saleLineId === saleLineId);
      return {
        qtyBase: sumQty(parts),
        amountMinor: sumMinor(parts.map((part) => part.amountMinor)),
        taxMinor: sumMinor(parts.map((part) => part.taxMinor)),
      };
    }),
    taxes: sale.taxes.map(({ taxPct3, componentsMinor }) => ({
      taxPct3,
      componentsMinor: taxOf.get(rateKey(taxPct3)) ?? componentsMinor.map(() => 0),
    })),
  };
}

/** The groups of which something comes back; the base is what the tax was computed on (RULES.md §1.4). */
function taxesOf(sale: ReturnableSale, refund: SaleRefund): PlannedTax[] {
  return refund.taxes.flatMap(({ taxPct3, componentsMinor }) => {
    const lines = refund.lines.filter((_, i) => rateKey(sale.lines[i]?.taxPct3 ?? []) === rateKey(taxPct3));
    if (sumQty(lines) === 0) return [];
    const taxMinor = sumMinor(componentsMinor);
    const amountMinor = sumMinor(lines.map((line) => line.amountMinor));
    const baseMinor = sale.taxMode === 'inclusive' ? amountMinor - taxMinor : amountMinor;
    return [{ taxPct3, baseMinor, taxMinor, componentsMinor }];
  });
}

type Parting = {
  readonly wishes: readonly ReturnWish[];
  readonly earlier: readonly MadeReturn[];
  readonly refund: LineRefund | undefined;
};

/** A line's goods by batch and place; its money spread over them by largest remainder. */
function partsOf(line: ReturnableLine, { wishes, earlier, refund }: Parting): PlannedReturnLine[] {
  if (!refund || refund.qtyBase === 0) return [];
  const { saleLineId } = line;
  const left = batchesLeft(line, earlier);
  const goods = wishes
    .filter((wish) => wish.saleLineId === saleLineId)
    .flatMap(({ qtyBase, place, batchId }) =>
      takeBatches(left, qtyBase, batchId).map((part) => ({ ...part, place })),
    );
  const weights = goods.map((part) => part.qtyBase);
  const amounts = allocate(refund.amountMinor, weights);
  const taxes = allocate(refund.taxMinor, weights);
  return goods.map((part, i) => ({
    ...part,
    saleLineId,
    amountMinor: amounts[i] ?? 0,
    taxMinor: taxes[i] ?? 0,
  }));
}

type Left = { readonly batchId: string; leftBase: number };

/** What is left of the batches a line was sold from; the one taken last comes first. */
function batchesLeft({ saleLineId, batches }: ReturnableLine, earlier: readonly MadeReturn[]): Left[] {
  const back = earlier.flatMap((made) => made.lines).filter((line) => line.saleLineId === saleLineId);
  return batches
    .map(({ batchId, qtyBase }) => ({
      batchId,
      leftBase: Math.max(0, qtyBase - sumQty(back.filter((line) => line.batchId === batchId))),
    }))
    .toReversed();
}

/** Takes from the scanned batch first; what no batch has any more (a swap, a second refund) has no batch. */
function takeBatches(left: Left[], qtyBase: number, scanned: string | undefined) {
  const parts: { batchId: string | null; qtyBase: number }[] = [];
  let restBase = qtyBase;
  const order = [...left.filter((b) => b.batchId === scanned), ...left.filter((b) => b.batchId !== scanned)];
  for (const batch of order) {
    const takenBase = Math.min(restBase, batch.leftBase);
    if (takenBase === 0) continue;
    batch.leftBase -= takenBase;
    restBase -= takenBase;
    parts.push({ batchId: batch.batchId, qtyBase: takenBase });
  }
  const last = left[0];
  if (restBase > 0) parts.push({ batchId: last?.batchId ?? null, qtyBase: restBase });
  return parts;
}

function toReturnError(sale: ReturnableSale, error: RefundError): ReturnError {
  const { saleLineId = '' } = sale.lines[error.line] ?? {};
  const leftBase = error.code === 'more-than-sold' ? error.leftBase : 0;
  return { code: 'MORE_THAN_SOLD', saleLineId, leftBase };
}

const tenderKind = (kind: string): TenderKind => tenderKinds.find((known) => known === kind) ?? 'cash';
