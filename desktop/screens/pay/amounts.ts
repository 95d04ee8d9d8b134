import { cashDue } from '#shared/sales/cash.ts';
import type { TenderKind } from '#shared/sales/tender-kinds.ts';
import type { Locale } from '#shared/ui/format.ts';
import type { Tender } from '../desk.ts';
import { toWesternDigits } from '../sell/parse-quantity.ts';

/**
 * An amount as it is typed, in minor units: `20`, `15.76`, `15,76`, `1,234.50`, `1 234,5`. Thousands are told from
 * decimals by what follows them: `1.234` is neither. Null for nothing and for what has more decimals than the currency.
 */
export function parseAmount(text: string, digits: number): number | null {
  const typed = toWesternDigits(text)
    .replaceAll(/[\s\u00a0\u202f'’]/g, '')
    .replaceAll('\u066b', '.');
  const match = /^(\d{1,3}(?:[.,]\d{3})+(?=[.,]\d)|\d{0,10})(?:[.,](\d*))?$/.exec(typed);
  if (!match || !/\d/.test(typed)) return null;
  const [, whole = '', decimals = ''] = match;
  if (decimals.length > digits) return null;
  return Number(whole.replaceAll(/[.,]/g, '') + decimals.padEnd(digits, '0'));
}

/** An amount as a person would type it: no thousands, the decimal sign of the language. */
export function typedAmount(minor: number, digits: number, locale: Locale): string {
  if (digits === 0) return String(minor);
  const figures = String(minor).padStart(digits + 1, '0');
  return `${figures.slice(0, -digits)}${locale === 'fr' ? ',' : '.'}${figures.slice(-digits)}`;
}

/** What one means of payment still has to bring, beside what is taken: cash in the currency's cash steps. */
export function leftFor(
  kind: TenderKind,
  {
    totalMinor,
    taken,
    cashStepMinor,
  }: { readonly totalMinor: number; readonly taken: readonly Tender[]; readonly cashStepMinor: number },
): number {
  const cashMinor = sum(taken.filter((tender) => tender.kind === 'cash'));
  const otherTendersMinor = sum(taken) - cashMinor;
  if (kind !== 'cash') return totalMinor - otherTendersMinor - cashMinor;
  const due = cashDue({ totalMinor, otherTendersMinor, cashStepMinor });
  return (due.ok ? due.value.cashDueMinor : totalMinor - otherTendersMinor) - cashMinor;
}

/** What Enter does with an amount: completes the sale, takes a part of it, or refuses it. */
export type Step =
  | { readonly do: 'pay'; readonly tenders: readonly Tender[]; readonly changeMinor: number }
  | { readonly do: 'take'; readonly tender: Tender }
  | { readonly do: 'refuse' };

/** `amountMinor` null is the exact amount left. More than is left can only be given in cash. */
export function stepFor(
  kind: TenderKind,
  amountMinor: number | null,
  { leftMinor, taken }: { readonly leftMinor: number; readonly taken: readonly Tender[] },
): Step {
  const amount = amountMinor ?? leftMinor;
  if (amount < 0 || (amount === 0 && leftMinor > 0)) return { do: 'refuse' };
  if (amount > leftMinor && kind !== 'cash') return { do: 'refuse' };
  const tender = { kind, amountMinor: amount };
  if (amount < leftMinor) return { do: 'take', tender };
  // Cash of 0 stands too: it says that what is left was rounded away, which only cash can do.
  const tenders = amount > 0 || kind === 'cash' ? [...taken, tender] : taken;
  return { do: 'pay', tenders, changeMinor: amount - leftMinor };
}

/**
 * What a customer is likely to hand over: the exact amount, then the next full 5, 10, 20, 50, 100 … above it; four in
 * all, in minor units.
 */
export function cashOffers(leftMinor: number, digits: number): readonly number[] {
  const offers = [leftMinor];
  const unit = 10 ** digits;
  for (let scale = unit; offers.length < 4 && scale <= unit * 1e9; scale *= 10) {
    for (const step of [5 * scale, 10 * scale, 20 * scale]) {
      const offer = Math.ceil(leftMinor / step) * step;
      if (offer > (offers.at(-1) ?? 0) && offers.length < 4) offers.push(offer);
    }
  }
  return offers;
}

const sum = (tenders: readonly Tender[]) =>
  tenders.reduce((total, { amountMinor }) => total + amountMinor, 0);
