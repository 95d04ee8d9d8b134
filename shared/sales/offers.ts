import { allocate, atRate, FULL_PCT3, sumMinor } from '#shared/kernel/money.ts';
import type { OfferRule } from './offer-rule.ts';

/** An offer that holds now and here. */
export type RunningOffer = { readonly offerId: string; readonly name: string; readonly rule: OfferRule };

/** A line as offers see it; `leftMinor` is its gross less its own discount. */
export type OfferLine = {
  readonly packId: string;
  readonly qtyBase: number;
  readonly packSize: number;
  readonly leftMinor: number;
  readonly discountAllowed: boolean;
};

/** What an offer takes off one line; by the lines' order, null where none does. */
export type LineOffer = { readonly offerId: string; readonly name: string; readonly minor: number };

/** Every choice is tried up to so many offers that reach a cart; beyond, the one worth most goes first. */
const TRY_ALL = 5;

/**
 * The best offers for the customer (RULES.md §1.9): a line takes one offer at most, so which goes first matters where
 * two want the same line. What several lines earn together is spread over them by largest remainder.
 */
export function bestOffers(
  lines: readonly OfferLine[],
  offers: readonly RunningOffer[],
): readonly (LineOffer | null)[] {
  const none = lines.map(() => null);
  const reaching = offers
    .map((offer) => ({ offer, worth: worthOf(applied(offer, { lines, taken: none })) }))
    .filter(({ worth }) => worth > 0)
    .toSorted((a, b) => b.worth - a.worth)
    .map(({ offer }) => offer);
  return reaching.length <= TRY_ALL
    ? bestOf({ lines, taken: none }, reaching)
    : reaching.reduce<Taken>((taken, offer) => applied(offer, { lines, taken }), none);
}

type Taken = readonly (LineOffer | null)[];
type Cart = { readonly lines: readonly OfferLine[]; readonly taken: Taken };

function bestOf({ lines, taken }: Cart, offers: readonly RunningOffer[]): Taken {
  let best = taken;
  for (const offer of offers) {
    const next = applied(offer, { lines, taken });
    if (next === taken) continue;
    const rest = bestOf(
      { lines, taken: next },
      offers.filter((other) => other !== offer),
    );
    if (worthOf(rest) > worthOf(best)) best = rest;
  }
  return best;
}

const worthOf = (taken: Taken): number => sumMinor(taken.map((one) => one?.minor ?? 0));

/** The lines with this offer on those it reaches that are still free; the same array where it gives nothing. */
function applied(offer: RunningOffer, { lines, taken }: Cart): Taken {
  const open = lines.map((line, i) =>
    taken[i] === null && line.discountAllowed && offer.rule.packIds.includes(line.packId) ? line : null,
  );
  const reductions = reductionsOf(offer.rule, open);
  if (!reductions.some((minor) => minor > 0)) return taken;
  const { offerId, name } = offer;
  return taken.map((before, i) => {
    const minor = reductions[i] ?? 0;
    return minor > 0 ? { offerId, name, minor } : before;
  });
}

function reductionsOf(rule: OfferRule, lines: readonly (OfferLine | null)[]): readonly number[] {
  switch (rule.kind) {
    case 'percent':
      return lines.map((line) => (line ? atRate(line.leftMinor, Math.min(rule.ratePct3, FULL_PCT3)) : 0));
    case 'amount':
      return lines.map((line) => (line ? Math.min(line.leftMinor, rule.minor * packsOf(line)) : 0));
    case 'bundle':
      return together(lines, rule.take, (group) => sumMinor(group.slice(rule.pay).map(minorOf)));
    case 'fixed':
      return together(lines, rule.take, (group) =>
        Math.max(0, sumMinor(group.map(minorOf)) - rule.priceMinor),
      );
  }
}

type PackAt = { readonly line: number; readonly minor: number };
const minorOf = (pack: PackAt): number => pack.minor;
const packsOf = ({ qtyBase, packSize }: OfferLine): number => Math.floor(qtyBase / packSize);

/**
 * What whole packs earn in groups of `take`, the dear ones together, so that the free one of a group is its cheapest
 * and the customer gains most; each group's reduction is spread over its packs by their value.
 */
function together(
  lines: readonly (OfferLine | null)[],
  take: number,
  reduce: (group: readonly PackAt[]) => number,
): readonly number[] {
  const packs = lines
    .flatMap((line, i) => (line ? packsIn(line, i) : []))
    .toSorted((a, b) => b.minor - a.minor);
  const off = lines.map(() => 0);
  for (let at = 0; take > 0 && at + take <= packs.length; at += take) {
    const group = packs.slice(at, at + take);
    const parts = allocate(reduce(group), group.map(minorOf));
    group.forEach(({ line }, i) => {
      off[line] = (off[line] ?? 0) + (parts[i] ?? 0);
    });
  }
  return off;
}

/** The packs of a line with what is left of the price of each; a line's own discount lies on all of them evenly. */
function packsIn(line: OfferLine, index: number): PackAt[] {
  const count = packsOf(line);
  const loose = line.qtyBase - count * line.packSize;
  const parts = allocate(line.leftMinor, [...Array<number>(count).fill(line.packSize), loose]);
  return parts.slice(0, count).map((minor) => ({ line: index, minor }));
}

/** When and for whom an offer holds. */
export type OfferTerms = {
  readonly validFrom: string;
  readonly validTo: string;
  readonly fromMinute: number | null;
  readonly toMinute: number | null;
  readonly couponCode: string | null;
  readonly active: boolean;
};

/** Whether an offer holds on a business date, at a minute of the local day, with these coupons. */
export function isRunning(
  terms: OfferTerms,
  {
    date,
    minute,
    coupons,
  }: { readonly date: string; readonly minute: number; readonly coupons: readonly string[] },
): boolean {
  const { validFrom, validTo, fromMinute, toMinute, couponCode, active } = terms;
  if (!active || date < validFrom || date > validTo) return false;
  if (minute < (fromMinute ?? 0) || minute >= (toMinute ?? Number.POSITIVE_INFINITY)) return false;
  return couponCode === null || coupons.includes(normalCoupon(couponCode));
}

/** A coupon's code as it is compared: without spaces and in capitals. */
export const normalCoupon = (code: string): string => code.replaceAll(/\s/g, '').toUpperCase();
