import { compareDates, type PlainDate } from '#shared/kernel/calendar.ts';
import { FULL_PCT3, mulDivRound } from '#shared/kernel/money.ts';
import { compareCodePoints } from '#shared/kernel/text.ts';
import type { Generic } from './tables.ts';

/** What a medicine is made of, as far as another can stand for it. `genericGroup` is '' where the register gives none. */
export type Composition = {
  readonly generics: readonly Generic[];
  readonly form: string;
  readonly genericGroup: string;
};

/**
 * Whether one medicine may be handed over in place of another. Where the register puts both into a group of generics
 * (France: répertoire des groupes génériques) the group alone decides; else they must have the same generics in the same
 * strengths and the same form. A strength that the register does not tell is equal to none.
 */
export function standsFor(one: Composition, other: Composition): boolean {
  if (one.genericGroup !== '' && other.genericGroup !== '') return one.genericGroup === other.genericGroup;
  const made = compositionOf(one);
  return made !== null && made === compositionOf(other);
}

/** Whatever the spelling and the order: '0,5 g' and '0.5G' are one. Null where it does not say enough. */
function compositionOf({ generics, form }: Composition): string | null {
  if (generics.length === 0 || generics.some(({ strength }) => strength.trim() === '')) return null;
  const parts = generics.map(({ name, strength }) => `${plain(name)} ${plain(strength).replaceAll(' ', '')}`);
  return [...parts.toSorted(compareCodePoints), plain(form)].join('|');
}

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/(\d),(\d)/g, '$1.$2')
    .replaceAll(/\s+/g, ' ')
    .trim();

/** What stands in the sale, or is asked for: so many base units for so much money; null while it has no price. */
type Wanted = {
  readonly packSize: number;
  readonly baseUnit: string;
  readonly qtyBase: number;
  readonly amountMinor: number | null;
};

/** A pack that may stand for it, as the store has it today. */
export type SubstitutePack = {
  readonly packId: string;
  readonly name: string;
  readonly packSize: number;
  readonly baseUnit: string;
  readonly breakable: boolean;
  /** Of one pack; null without a price. */
  readonly priceMinor: number | null;
  /** All that may be sold today, and when the first of it expires. */
  readonly onHandBase: number;
  readonly expiresOn: PlainDate | null;
  /** Thousandths of a percent in all, and whether the price contains it. */
  readonly taxPct3: number;
  readonly taxIncluded: boolean;
  /** What the first to expire cost, as an exact fraction; null where nobody told. */
  readonly cost: { readonly minor: number; readonly qtyBase: number } | null;
};

/** What would be handed over instead, for how much, and how much more (above 0) or less that is. */
export type Substitute<P extends SubstitutePack> = {
  readonly pack: P;
  readonly qtyBase: number;
  readonly amountMinor: number | null;
  readonly differenceMinor: number | null;
};

/**
 * The packs that may stand for what is wanted, the one to offer first in front: those on hand in the quantity wanted,
 * then those with some, then the others; among these by the month in which the first expires, so that nothing spoils;
 * then by what is earned, then by price and name.
 */
export function rankSubstitutes<P extends SubstitutePack>(
  wanted: Wanted,
  packs: readonly P[],
): readonly Substitute<P>[] {
  return packs
    .map((pack) => offered(wanted, pack))
    .toSorted(
      (a, b) =>
        stockRank(a) - stockRank(b) ||
        compareMonths(a.pack.expiresOn, b.pack.expiresOn) ||
        (earned(b) ?? Number.MIN_SAFE_INTEGER) - (earned(a) ?? Number.MIN_SAFE_INTEGER) ||
        (a.amountMinor ?? Number.MAX_SAFE_INTEGER) - (b.amountMinor ?? Number.MAX_SAFE_INTEGER) ||
        compareCodePoints(a.pack.name, b.pack.name) ||
        a.pack.packSize - b.pack.packSize ||
        compareCodePoints(a.pack.packId, b.pack.packId),
    );
}

function offered<P extends SubstitutePack>(wanted: Wanted, pack: P): Substitute<P> {
  const qtyBase = quantityInstead(wanted, pack);
  const amountMinor = pack.priceMinor === null ? null : mulDivRound(pack.priceMinor, qtyBase, pack.packSize);
  const differenceMinor =
    amountMinor === null || wanted.amountMinor === null ? null : amountMinor - wanted.amountMinor;
  return { pack, qtyBase, amountMinor, differenceMinor };
}

/**
 * As many base units as were wanted, in whole packs where packs are not broken: 20 tablets are two boxes of 16. What is
 * counted in another unit is handed over pack for pack.
 */
function quantityInstead(wanted: Wanted, { packSize, baseUnit, breakable }: SubstitutePack): number {
  if (baseUnit !== wanted.baseUnit) return Math.ceil(wanted.qtyBase / wanted.packSize) * packSize;
  return breakable ? wanted.qtyBase : Math.ceil(wanted.qtyBase / packSize) * packSize;
}

function stockRank({ pack, qtyBase }: Substitute<SubstitutePack>): number {
  if (pack.onHandBase >= qtyBase) return 0;
  return pack.onHandBase > 0 ? 1 : 2;
}

function compareMonths(a: PlainDate | null, b: PlainDate | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a.slice(0, 7) === b.slice(0, 7) ? 0 : compareDates(a, b);
}

/** Without tax and cost; null where one of the two is not known. */
function earned({ pack: { cost, taxPct3, taxIncluded }, qtyBase, amountMinor }: Substitute<SubstitutePack>) {
  if (amountMinor === null || cost === null) return null;
  const netMinor = taxIncluded ? mulDivRound(amountMinor, FULL_PCT3, FULL_PCT3 + taxPct3) : amountMinor;
  return netMinor - mulDivRound(cost.minor, qtyBase, cost.qtyBase);
}
