import { sumMinor } from '#shared/kernel/money.ts';
import type { PaidPart } from './refund-tenders.ts';
import type { TenderKind } from './tender-kinds.ts';

type Part = { readonly kind: TenderKind; readonly amountMinor: number };
type Paid = { readonly totalMinor: number; readonly tenders: readonly Part[] };

/**
 * What each kind of tender took of a sale's total and what earlier returns gave back of it, as `refundTenders` wants it.
 *
 * Goods that were paid with goods (`exchange`) give back cash: what they were first paid with belongs to another sale.
 * What earlier returns gave as the value of an exchange has left the sale in the order money goes back in, without
 * passing the drawer; those parts count as never paid, so that cash is rounded on cash alone.
 */
export function paidParts(
  sale: Paid,
  earlier: readonly Paid[],
): { readonly paid: readonly PaidPart[]; readonly handedBackMinor: number } {
  const others = otherThanCash(sale.tenders).filter(({ kind }) => kind !== 'exchange');
  const cashMinor = sale.totalMinor - sumMinor(others.map((part) => part.amountMinor));
  const parts = [...others, ...(cashMinor > 0 ? [{ kind: 'cash' as const, amountMinor: cashMinor }] : [])];
  const refunded = earlier.map(({ totalMinor, tenders }) => {
    const given = otherThanCash(tenders);
    return { given, exactCashMinor: totalMinor - sumMinor(given.map((part) => part.amountMinor)) };
  });
  const givenIn = (kind: TenderKind): number =>
    kind === 'cash'
      ? sumMinor(refunded.map((made) => made.exactCashMinor))
      : sumMinor(
          refunded.flatMap(({ given }) =>
            given.filter((part) => part.kind === kind).map((p) => p.amountMinor),
          ),
        );
  let exchangedMinor = givenIn('exchange');
  const paid = parts
    .toSorted((a, b) => order(a.kind) - order(b.kind))
    .map(({ kind, amountMinor }) => {
      const refundedMinor = givenIn(kind);
      const awayMinor = Math.min(exchangedMinor, Math.max(0, amountMinor - refundedMinor));
      exchangedMinor -= awayMinor;
      return { kind, paidMinor: amountMinor - awayMinor, refundedMinor };
    });
  const cash = earlier.flatMap(({ tenders }) => tenders.filter((part) => part.kind === 'cash'));
  return { paid, handedBackMinor: sumMinor(cash.map((part) => part.amountMinor)) };
}

/** One part a kind, cash left out. */
function otherThanCash(tenders: readonly Part[]): Part[] {
  const kinds = new Set(tenders.map(({ kind }) => kind).filter((kind) => kind !== 'cash'));
  return [...kinds].map((kind) => ({
    kind,
    amountMinor: sumMinor(tenders.filter((part) => part.kind === kind).map((part) => part.amountMinor)),
  }));
}

/** RULES.md §1.7, as `refundTenders` has it. */
const refundOrder: readonly TenderKind[] = ['card', 'mobile', 'account', 'voucher', 'exchange', 'cash'];
const order = (kind: TenderKind): number => refundOrder.indexOf(kind);
