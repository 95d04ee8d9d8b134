import type { Permission } from '#shared/auth/permissions.ts';
import { isSoldByWeight } from '#shared/catalog/weighed-sale.ts';
import { sumMinor } from '#shared/kernel/money.ts';
import { splitPacks } from '#shared/kernel/quantity.ts';
import type { CartLineView, CartView } from './calls-cart.ts';
import { type Cart, type GivenDiscount, headOf } from './cart.ts';
import { cartDiscountOf, discountOfCart, type PricedCart, type PricedLine } from './cart-pricing.ts';
import { cashDue } from './cash.ts';
import { blockerOf } from './schedule.ts';
import type { LineTotals } from './totals.ts';

/** Whom the sale is for, as this replica can read it. */
export type CartCustomer = {
  readonly customerId: string;
  readonly name: string | null;
  readonly taxExemption: string | null;
};

export type CounterRules = {
  readonly customer: CartCustomer | null;
  readonly takenUpTwice: CartView['takenUpTwice'];
  readonly cashStepMinor: number;
  readonly policy: 'refuse' | 'pharmacist-pin';
  readonly rights: ReadonlySet<Permission>;
};

/** The cart as a screen shows it: nothing is worked out after this. */
export function viewOfCart(cart: Cart, priced: PricedCart, rules: CounterRules): CartView {
  const { totalMinor } = priced.totals;
  const { note = null, discount, coupons = [] } = headOf(cart);
  const { customer } = rules;
  const due = cashDue({ totalMinor, otherTendersMinor: 0, cashStepMinor: rules.cashStepMinor });
  return {
    revision: cart.revision,
    lines: priced.lines.map((line, i) => viewOfLine(line, priced.totals.lines[i])),
    customer: customer && { customerId: customer.customerId, name: customer.name },
    note,
    discount: discount
      ? {
          ...shownDiscount(discount),
          minor: cartDiscountOf(priced),
        }
      : null,
    coupons: [...coupons],
    points: priced.points && { ...priced.points },
    taxExemption: customer?.taxExemption ?? null,
    takenUpTwice: rules.takenUpTwice,
    packs: priced.lines.reduce((sum, line) => sum + packsOf(line), 0),
    taxes: priced.totals.taxes.map(({ taxPct3, baseMinor, componentsMinor }) => ({
      taxPct3: [...taxPct3],
      baseMinor,
      taxMinor: sumMinor(componentsMinor),
    })),
    discountMinor: discountOfCart(priced),
    totalMinor,
    cashDueMinor: due.ok ? due.value.cashDueMinor : totalMinor,
    blockers: priced.lines.flatMap((line) => blockersOf(line, rules)),
    lastLineId: cart.lastLineId,
    canUndo: cart.past.length > 0,
  };
}

/** What stands between this line and payment. */
export function blockersOf(
  line: PricedLine,
  { policy, rights }: Pick<CounterRules, 'policy' | 'rights'>,
): CartView['blockers'] {
  const { lineId } = line;
  const schedule = blockerOf(line.pack.scheduleClass, { policy, rights });
  return [
    ...(schedule ? [{ lineId, code: schedule }] : []),
    ...(line.toPrice ? [{ lineId, code: 'PRICE_TO_TYPE' as const }] : []),
    ...(line.stopped ? [{ lineId, code: 'BATCH_STOPPED' as const }] : []),
    ...(line.shortBase > 0 ? [{ lineId, code: 'SHORT_STOCK' as const }] : []),
  ];
}

const shownDiscount = ({ discount, reason }: GivenDiscount) => ({ discount: { ...discount }, reason });

/** A broken pack counts as one, and so does what was weighed. */
function packsOf({ qtyBase, pack }: PricedLine): number {
  if (isSoldByWeight(pack)) return 1;
  const { packs, looseBase } = splitPacks(qtyBase, pack.packSize);
  return packs + (looseBase > 0 ? 1 : 0);
}

function viewOfLine(
  { lineId, pack, openPrice, qtyBase, batches, discount, offer, note }: PricedLine,
  totals: LineTotals | undefined,
): CartLineView {
  const { packId, name, tallMan, generics, form, label, packSize, baseUnit, breakable, scheduleClass } = pack;
  return {
    lineId,
    packId,
    name,
    tallMan,
    generics: generics.map((g) => ({ ...g })),
    form,
    label,
    packSize,
    baseUnit,
    breakable,
    scheduleClass,
    qtyBase,
    packPriceMinor: pack.priceMinor,
    openPrice,
    discountMinor: (totals?.lineDiscountMinor ?? 0) + (totals?.cartDiscountMinor ?? 0),
    amountMinor: totals?.amountMinor ?? 0,
    taxPct3: [...pack.taxPct3],
    batches: batches.map((b) => ({ ...b })),
    discount: discount ? shownDiscount(discount) : null,
    offer: offer && { name: offer.name, minor: offer.minor },
    note,
  };
}
