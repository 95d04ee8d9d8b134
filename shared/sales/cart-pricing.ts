import type { ScheduleClass } from '#shared/catalog/schedule-class.ts';
import { asksPrice, type SoldAs } from '#shared/catalog/sold-as.ts';
import type { Generic } from '#shared/catalog/tables.ts';
import { daysLeft } from '#shared/inventory/expiry.ts';
import {
  allocateFefo,
  type BatchStatus,
  type FefoBatch,
  isSellableOn,
  type SaleDay,
  type SkipReason,
  skipReason,
} from '#shared/inventory/fefo.ts';
import { type PlainDate, plainDate } from '#shared/kernel/calendar.ts';
import { sumMinor } from '#shared/kernel/money.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import type { Cart, CartLine, Pick } from './cart.ts';
import { headOf, quantityOf } from './cart.ts';
import { type LoyaltyTerms, pointsToUse, worthOf } from './loyalty.ts';
import { bestOffers, type LineOffer, type RunningOffer } from './offers.ts';
import { beforeOffers, openToPoints, type SaleTotals, saleTotals } from './totals.ts';
import { exemptSaleTotals } from './totals-exempt.ts';
import { type SaleInput, type SaleLineInput, type TaxMode, totalsFault } from './totals-input.ts';

/** A pack as the counter knows it on a day in a store. */
export type PricedPack = {
  readonly packId: string;
  readonly medicineId: string;
  readonly name: string;
  readonly tallMan: string;
  readonly generics: readonly Generic[];
  readonly form: string;
  readonly label: string;
  readonly packSize: number;
  readonly baseUnit: string;
  readonly breakable: boolean;
  readonly scheduleClass: ScheduleClass;
  readonly discountAllowed: boolean;
  /** Null: from stock, at its price. Anything else has no stock and no batches. */
  readonly soldAs: SoldAs | null;
  readonly taxClassId: string;
  readonly taxPct3: readonly number[];
  /** Null while no price is valid. */
  readonly priceMinor: number | null;
};

/** What pricing looks up: the packs and batches of the cart's lines. */
export type CartStock = {
  readonly pack: (packId: string) => PricedPack | null;
  readonly batches: (packId: string) => readonly FefoBatch[];
  /** The state of a batch the books may not have: a recall can be there before the batch is. */
  readonly status: (batchId: string) => BatchStatus;
  /** Offers that hold now, with the coupons of the cart. */
  readonly offers?: readonly RunningOffer[] | undefined;
};

/** `taxExemption`: the customer's certificate; null where the sale is taxed. */
export type CartDay = SaleDay & {
  readonly taxMode: TaxMode;
  readonly taxExemption?: string | null | undefined;
  /** The customer's loyalty points; null where nobody collects any. */
  readonly points?: { readonly balance: number; readonly terms: LoyaltyTerms } | null | undefined;
};

export type LineBatch = {
  readonly batchId: string;
  readonly code: string;
  readonly expiresOn: PlainDate;
  readonly daysLeft: number;
  readonly qtyBase: number;
  readonly why: 'fefo' | 'scanned' | 'not-on-books';
};

export type PricedLine = {
  readonly lineId: string;
  readonly pack: PricedPack & { readonly priceMinor: number };
  readonly qtyBase: number;
  readonly batches: readonly LineBatch[];
  /** Base units the shelves cannot give. */
  readonly shortBase: number;
  /** The first batch in the cart that may not be handed over any more; null when all may. */
  readonly stopped: { readonly batch: LineBatch; readonly why: StopReason } | null;
  /** Its price is typed at the counter; `toPrice` until somebody has: it counts as 0 meanwhile. */
  readonly openPrice: boolean;
  readonly toPrice: boolean;
  readonly discount: CartLine['discount'] | null;
  readonly offer: LineOffer | null;
  readonly note: string | null;
};
export type StopReason = Exclude<SkipReason, 'none-on-hand'>;

export type PricedCart = {
  readonly lines: readonly PricedLine[];
  readonly totals: SaleTotals;
  readonly taxExemption: string | null;
  readonly points: PricedPoints | null;
};
/** What the customer has in points and could take off with them, and what of it this sale uses. */
export type PricedPoints = Record<'balance' | 'worthMinor' | 'used' | 'usedMinor', number>;

export type PricingError =
  | { readonly code: 'NO_PRICE'; readonly packId: string; readonly name: string }
  | { readonly code: 'NOT_FOUND' }
  | { readonly code: 'TOO_LARGE' };

/**
 * The cart worked out for today: each line with its pack, its price, the batches it comes from, and the totals. The
 * same function prices the screen and the sale, so what is shown is what is charged.
 */
export function priceCart(cart: Cart, stock: CartStock, day: CartDay): Result<PricedCart, PricingError> {
  const lines: PricedLine[] = [];
  for (const line of cart.lines) {
    const pack = stock.pack(line.packId);
    if (!pack) return err({ code: 'NOT_FOUND' });
    const openPrice = asksPrice(pack);
    const toPrice = openPrice && line.typedPriceMinor === undefined;
    const priceMinor = line.typedPriceMinor ?? (toPrice ? 0 : pack.priceMinor);
    if (priceMinor === null) return err({ code: 'NO_PRICE', packId: pack.packId, name: pack.name });
    lines.push({
      ...(pack.soldAs === null ? fillLine(line, stock, day) : withoutStock(line)),
      pack: { ...pack, priceMinor },
      ...{ openPrice, toPrice },
      discount: line.discount ?? null,
      offer: null,
      note: line.note ?? null,
    });
  }
  const inputs = lines.map(toInput);
  const { taxMode, taxExemption = null } = day;
  const cartDiscount = headOf(cart).discount?.discount;
  if (totalsFault({ taxMode, lines: inputs, cartDiscount }) !== null) return err({ code: 'TOO_LARGE' });
  const offers = offersFor(lines, inputs, stock.offers ?? []);
  const discounted = {
    taxMode,
    lines: inputs.map((input, i) => ({ ...input, offerMinor: offers[i]?.minor })),
    cartDiscount,
  };
  const points = day.points ? pricePoints(headOf(cart).points ?? 0, discounted, day.points) : null;
  const sale = { ...discounted, pointsMinor: points?.usedMinor };
  const totals = taxExemption === null ? saleTotals(sale) : exemptSaleTotals(sale);
  if (!totals.ok) return err({ code: 'TOO_LARGE' });
  return ok({
    lines: lines.map((line, i) => ({ ...line, offer: offers[i] ?? null })),
    totals: totals.value,
    taxExemption,
    points,
  });
}

function pricePoints(
  wanted: number,
  sale: SaleInput,
  { balance, terms }: NonNullable<CartDay['points']>,
): PricedPoints {
  const leftMinor = wanted > 0 ? openToPoints(sale) : 0;
  const used = pointsToUse({ wanted, balance, leftMinor }, terms);
  return { balance, worthMinor: worthOf(balance, terms), used, usedMinor: worthOf(used, terms) };
}

const toInput = ({ pack, qtyBase, discount }: PricedLine): SaleLineInput => ({
  packPriceMinor: pack.priceMinor,
  packSize: pack.packSize,
  qtyBase,
  taxPct3: pack.taxPct3,
  discount: discount?.discount,
  discountAllowed: pack.discountAllowed,
});

function offersFor(
  lines: readonly PricedLine[],
  inputs: readonly SaleLineInput[],
  offers: readonly RunningOffer[],
): readonly (LineOffer | null)[] {
  if (offers.length === 0) return [];
  const open = lines.map(({ pack, qtyBase }, i) => {
    const input = inputs[i];
    const leftMinor = input ? beforeOffers(input) : 0;
    const { packId, packSize, discountAllowed } = pack;
    return { packId, packSize, discountAllowed, qtyBase, leftMinor };
  });
  return bestOffers(open, offers);
}

export const discountOfCart = ({ totals }: PricedCart): number =>
  sumMinor(totals.lines.map((line) => line.lineDiscountMinor + line.cartDiscountMinor));

/** What somebody gave off the whole sale, without what its points took off. */
export const cartDiscountOf = ({ totals, points }: PricedCart): number =>
  sumMinor(totals.lines.map((line) => line.cartDiscountMinor)) - (points?.usedMinor ?? 0);

/**
 * Which batches a line comes from: those decided, then FEFO over what is left of the others. A box in the hand proves
 * that it is there, so it takes nothing from what the books hold for the rest: only the free part can fall short.
 *
 * Example: 5 on hand of one batch, 5 taken freely and then a sixth box scanned. All 6 are sold, on hand becomes -1.
 */
function fillLine(line: CartLine, stock: CartStock, day: SaleDay): Filled {
  const batches = stock.batches(line.packId);
  const picked = line.picks.map((pick) => pickedBatch(pick, { batches, status: stock.status, day }));
  const holding = (onHand: (batch: FefoBatch, pickedBase: number) => number) =>
    batches.map((b) => ({ ...b, onHandBase: onHand(b, pickedFrom(line.picks, b.batchId)) }));
  const untouched = holding((b, pickedBase) => b.onHandBase - pickedBase);
  const first = allocateFefo({ batches: untouched, wantBase: line.freeBase, ...day });
  const doubly = holding((b, pickedBase) => Math.max(0, Math.min(b.onHandBase, pickedBase)));
  const rest = allocateFefo({ batches: doubly, wantBase: first.shortBase, ...day });
  const chosen = [...first.allocations, ...rest.allocations].flatMap(({ batchId, qtyBase }) => {
    const batch = batches.find((b) => b.batchId === batchId);
    return batch ? [toLineBatch(batch, { qtyBase, why: 'fefo', day })] : [];
  });
  return {
    lineId: line.lineId,
    qtyBase: quantityOf(line),
    batches: together([...picked.map((p) => p.batch), ...chosen]),
    shortBase: rest.shortBase,
    stopped: picked.find(isStopped) ?? null,
  };
}

/** What nobody takes from a shelf cannot fall short and has no batch. */
const withoutStock = (line: CartLine): Filled => ({
  ...{ lineId: line.lineId, qtyBase: quantityOf(line), batches: [], shortBase: 0, stopped: null },
});

type Filled = Omit<PricedLine, 'pack' | 'openPrice' | 'toPrice' | 'discount' | 'offer' | 'note'>;

const pickedFrom = (picks: readonly Pick[], batchId: string): number =>
  picks.reduce((sum, pick) => (pick.batch.batchId === batchId ? sum + pick.qtyBase : sum), 0);

type Picked = { readonly batch: LineBatch; readonly why: StopReason | null };
type Shelf = {
  readonly batches: readonly FefoBatch[];
  readonly status: CartStock['status'];
  readonly day: SaleDay;
};
const isStopped = (picked: Picked): picked is Picked & { readonly why: StopReason } => picked.why !== null;

function pickedBatch({ batch, qtyBase }: Pick, { batches, status, day }: Shelf): Picked {
  const known = batches.find((b) => b.batchId === batch.batchId);
  const facts = asPrinted(known ?? unlisted(batch, status), batch.expiresOn);
  const reason = skipReason(facts, day);
  return {
    batch: toLineBatch(facts, { qtyBase, why: known ? 'scanned' : 'not-on-books', day }),
    why: reason === 'none-on-hand' ? null : reason,
  };
}

/** Where books and box disagree on an expiry, the sooner one counts. */
export function asPrinted(batch: FefoBatch, expiresOn: string | null): FefoBatch {
  return expiresOn === null || batch.expiresOn <= expiresOn
    ? batch
    : { ...batch, expiresOn: plainDate(expiresOn) };
}

/** A batch the books do not have is judged by what is printed on it; one they have lost is not sold. */
function unlisted(batch: Pick['batch'], status: CartStock['status']): FefoBatch {
  const printed = batch.kind === 'unlisted' ? batch : { code: '', expiresOn: '0001-01-01' };
  return {
    batchId: batch.batchId,
    code: printed.code,
    expiresOn: plainDate(printed.expiresOn),
    receivedAt: 0,
    status: status(batch.batchId),
    onHandBase: 0,
  };
}

function toLineBatch(
  batch: FefoBatch,
  { qtyBase, why, day }: { qtyBase: number; why: LineBatch['why']; day: SaleDay },
): LineBatch {
  const { batchId, code, expiresOn } = batch;
  return { batchId, code, expiresOn, daysLeft: daysLeft(expiresOn, day.on), qtyBase, why };
}

/** A batch that was scanned and that FEFO chooses as well is one row. */
function together(batches: readonly LineBatch[]): readonly LineBatch[] {
  const byId = new Map<string, LineBatch>();
  for (const batch of batches) {
    const present = byId.get(batch.batchId);
    byId.set(batch.batchId, present ? { ...present, qtyBase: present.qtyBase + batch.qtyBase } : batch);
  }
  return [...byId.values()];
}

/** The batch FEFO would take first today; null when none may be sold. */
export function firstToGo(batches: readonly FefoBatch[], day: SaleDay): FefoBatch | null {
  const { allocations } = allocateFefo({ batches, wantBase: 1, ...day });
  return batches.find((b) => b.batchId === allocations[0]?.batchId) ?? null;
}

/** All that may be sold of a pack today, in base units. */
export const sellableBase = (batches: readonly FefoBatch[], day: SaleDay): number =>
  batches.reduce(
    (sum, batch) => (isSellableOn(batch, day) && batch.onHandBase > 0 ? sum + batch.onHandBase : sum),
    0,
  );
