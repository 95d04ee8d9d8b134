import type { InPlace } from '#shared/auth/calls.ts';
import { asksPrice } from '#shared/catalog/sold-as.ts';
import * as carts from '#shared/sales/cart.ts';
import { discountableMinor, isOverLimit } from '#shared/sales/discount-limit.ts';
import { normalCoupon } from '#shared/sales/offers.ts';
import type { Discount } from '#shared/sales/totals-input.ts';
import { authorise } from '../authorise.ts';
import type { Counter } from '../counter.ts';
import type { Pins } from '../pins.ts';
import { refuse } from '../refuse.ts';
import type { Sessions } from '../sessions.ts';
import type { CartChanged, CartDesk } from './cart-desk.ts';
import type { CartPricer } from './cart-pricer.ts';

type Deps = {
  readonly counter: Counter;
  readonly sessions: Sessions;
  readonly pins: Pins;
  readonly desk: CartDesk;
  readonly pricer: CartPricer;
  readonly isCustomer: (customerId: string) => boolean;
};

export type DiscountCommand = {
  readonly commandId: string;
  /** Null: off the whole sale. */
  readonly lineId: string | null;
  readonly given: { readonly discount: Discount; readonly reason: string } | null;
  readonly inPlace?: InPlace | undefined;
};

/** On what terms the sale in progress is made: for whom, at which discount, with which coupons and notes. */
export function createCartTerms({ counter, sessions, pins, desk, pricer, isCustomer }: Deps) {
  const done = (value: carts.Cart) => ({ ok: true, value }) as const;

  /** What a discount would be taken from; refuses where the law lets nobody give one. */
  function targetOf(lineId: string | null): number {
    const priced = desk.price(desk.read(), counter.today());
    if (lineId !== null) {
      const line = priced.lines.find((one) => one.lineId === lineId) ?? refuse({ code: 'NOT_FOUND' });
      if (!line.pack.discountAllowed) refuse({ code: 'NO_DISCOUNT_ALLOWED', name: line.pack.name });
    }
    return discountableMinor(priced, lineId);
  }

  return {
    async setDiscount({ commandId, lineId, given, inPlace }: DiscountCommand): Promise<CartChanged> {
      const discount =
        given === null ? undefined : { ...given, authorisedBy: await agreedBy(lineId, given, inPlace) };
      return desk.change(commandId, (cart) =>
        lineId === null
          ? done(carts.setHead(cart, { discount }))
          : carts.setOnLine(cart, lineId, { discount }),
      );
    },

    setCustomer(commandId: string, customerId: string | null): CartChanged {
      if (customerId !== null && !isCustomer(customerId)) refuse({ code: 'NOT_FOUND' });
      return desk.change(commandId, (cart) =>
        // Points are one person's: the next customer is asked anew.
        done(carts.setHead(cart, { customerId: customerId ?? undefined, points: undefined })),
      );
    },

    setTypedPrice(commandId: string, lineId: string, priceMinor: number): CartChanged {
      return desk.change(commandId, (cart, today) => {
        const line = cart.lines.find((l) => l.lineId === lineId) ?? refuse({ code: 'NOT_FOUND' });
        const pack = counter.packs.find(line.packId, today.business) ?? refuse({ code: 'NOT_FOUND' });
        if (!asksPrice(pack)) refuse({ code: 'FIXED_PRICE', name: pack.name });
        return carts.setOnLine(cart, lineId, { typedPriceMinor: priceMinor });
      });
    },

    setNote(commandId: string, lineId: string | null, text: string): CartChanged {
      const note = text === '' ? undefined : text;
      return desk.change(commandId, (cart) =>
        lineId === null ? done(carts.setHead(cart, { note })) : carts.setOnLine(cart, lineId, { note }),
      );
    },

    redeemPoints(commandId: string, points: number): CartChanged {
      return desk.change(commandId, (cart, today) => {
        const balance = desk.price(cart, today).points?.balance ?? 0;
        if (points > 0 && points > balance) refuse({ code: 'POINTS_BALANCE', data: { balance } });
        return done(carts.setHead(cart, { points: points === 0 ? undefined : points }));
      });
    },

    setCoupon(commandId: string, text: string, taken: boolean): CartChanged {
      const code = normalCoupon(text);
      if (taken && !pricer.isCoupon(code, counter.today()))
        refuse({ code: 'UNKNOWN_COUPON', data: { code } });
      return desk.change(commandId, (cart) => {
        const others = (carts.headOf(cart).coupons ?? []).filter((one) => one !== code);
        return done(carts.setHead(cart, { coupons: taken ? [...others, code] : others }));
      });
    },
  };

  /** Who answers for more than a cashier may give alone, also by a right of their own; null where it is not more. */
  async function agreedBy(
    lineId: string | null,
    { discount }: NonNullable<DiscountCommand['given']>,
    inPlace: InPlace | undefined,
  ): Promise<string | null> {
    const over = isOverLimit(discount, targetOf(lineId), counter.setting('sales.discount-limit'));
    const right = over ? 'sales.discount.over-limit' : 'sales.discount';
    const { actor, authorisedBy } = await authorise({ counter, sessions, pins }, right, inPlace);
    return over ? (authorisedBy ?? actor.personId) : null;
  }
}
