import { type CustomerDisplay, displayNow } from '#shared/sales/customer-display.ts';
import { poleRows } from '#shared/sales/pole-rows.ts';
import type { Counter } from '../counter.ts';
import type { Log, PoleDisplay } from '../ports.ts';
import type { CartDesk } from './cart-desk.ts';
import type { SaleReader } from './read-sales.ts';

type Deps = {
  readonly counter: Counter;
  readonly desk: Pick<CartDesk, 'view' | 'read'>;
  readonly sales: Pick<SaleReader, 'list'>;
  /** Another once somebody chose so. */
  readonly pole: () => PoleDisplay | undefined;
  readonly log: Log;
};

/**
 * The customer's side of the counter: follows the cart, shows what was paid until the next sale begins, and tells the
 * pole. It only reads; a display that fails stops nothing.
 */
export function createCustomerDisplay({ counter, desk, sales, pole, log }: Deps) {
  const last = () => sales.list(1)[0] ?? null;
  let saleBefore = last()?.saleId ?? null;
  let underWay = false;
  const view = (): CustomerDisplay => {
    const { name: shop, currency, minorDigits, language } = counter.shop();
    const now = displayNow(desk.view(), { lastSale: last(), saleBefore });
    return { shop, currency: { code: currency, minorDigits }, language, now };
  };
  const show = (): void => {
    // The last sale as a cart gets its first line is the one before it. Pricing is only for who looks.
    const begun = desk.read().lines.length > 0;
    if (begun && !underWay) saleBefore = last()?.saleId ?? null;
    underWay = begun;
    const display = pole();
    display?.show(poleRows(view(), display.face));
  };
  const follow = (): void => {
    try {
      show();
    } catch (problem) {
      log.warn('customer-display', { problem: String(problem) });
    }
  };
  const stop = counter.live.listen('cart', follow);
  return {
    view,
    /** Greets: a till has come up. */
    start: follow,
    stop,
  };
}
