import type { ScheduleClass } from '#shared/catalog/schedule-class.ts';
import type { SoldAs } from '#shared/catalog/sold-as.ts';
import type { Generic } from '#shared/catalog/tables.ts';
import type { TaxName } from './taxes.ts';

/** A pack before it has ids: what the lists and generators give the catalogue. */
export type Draft = {
  readonly kind: 'medicine' | 'article';
  /** As printed on the box, with its strength: 'Dolorane 500 mg'. */
  readonly brand: string;
  readonly generics: readonly Generic[];
  readonly form: string;
  readonly route: string;
  readonly holder: string;
  readonly scheduleClass: ScheduleClass;
  readonly tallMan: string;
  readonly discountAllowed: boolean;
  readonly label: string;
  readonly packSize: number;
  readonly baseUnit: string;
  readonly breakable: boolean;
  readonly tax: TaxName;
  readonly priceMinor: number;
  /** What is not handed over from a shelf; at an open price `priceMinor` says nothing. */
  readonly soldAs?: SoldAs;
  readonly sku?: string;
  /** True where the price is known to others (screens, demo drivers) and must not vary. */
  readonly fixedPrice?: boolean;
};

/** What tells packs apart for people: brand with strength, form, size. No two packs of the demo share it. */
export const nameOf = ({ brand, form, label }: Draft): string => `${brand}, ${form}, ${label}`;

/** 'box of 16 tablets', 'tube of 50 g': how a pack is worded. */
export const boxOf = (count: number, unit: string): string =>
  `box of ${count} ${count === 1 ? unit : plural(unit)}`;

const plural = (unit: string): string => (/(ch|x|s)$/.test(unit) ? `${unit}es` : `${unit}s`);
