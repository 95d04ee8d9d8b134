import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { scheduleClasses } from '#shared/catalog/schedule-class.ts';
import { soldAsOf } from '#shared/catalog/sold-as.ts';
import { type PlainDate, plainDate } from '#shared/kernel/calendar.ts';
import type { PricedPack } from '#shared/sales/cart-pricing.ts';
import { latestOn, priceOn } from '#shared/sales/pricing.ts';

/** Packs with the price and tax that hold on a business date: what counter, search and receipts look up. */
export function createPackReader(db: Database, storeId: string) {
  const pack = db.prepare<[string], PackRow>(
    `SELECT p.id AS packId, p.medicine_id AS medicineId, m.brand AS name, m.tall_man AS tallMan, m.generics, m.form, p.label,
            p.pack_size AS packSize, p.base_unit AS baseUnit, p.breakable, p.tax_class_id AS taxClassId,
            m.schedule_class AS scheduleClass, m.discount_allowed AS discountAllowed,
            m.sold_as AS soldAs
     FROM pack p JOIN medicine m ON m.id = p.medicine_id
     WHERE p.id = ? AND NOT p.deleted AND NOT m.deleted`,
  );
  const prices = db.prepare<[string, string], PriceRow>(
    `SELECT id, store_id AS storeId, price_minor AS priceMinor, valid_from AS validFrom,
            coalesce(stamps ->> '$.price', stamps ->> '$."*"', '') AS rank
     FROM price WHERE pack_id = ? AND (store_id IS NULL OR store_id = ?) AND NOT deleted`,
  );
  const rates = db.prepare<[string], RateRow>(
    `SELECT id, pct3, valid_from AS validFrom, coalesce(stamps ->> '$.rate', stamps ->> '$."*"', '') AS rank
     FROM tax_rate WHERE tax_class_id = ? AND NOT deleted`,
  );
  const byCode = db.prepare<[string], { packId: string }>(
    `SELECT c.pack_id AS packId FROM pack_code c JOIN pack p ON p.id = c.pack_id
     WHERE c.code = ? AND NOT c.deleted AND NOT p.deleted ORDER BY p.status = 'active' DESC, p.id LIMIT 1`,
  );

  const priceOf = (packId: string, on: PlainDate): number | null =>
    priceOn(prices.all(packId, storeId).map(dated), { storeId, on })?.priceMinor ?? null;

  return {
    priceOf,
    /** A pack as it is sold on a business date; null where there is none. */
    find(packId: string, on: PlainDate): PricedPack | null {
      const row = pack.get(packId);
      if (!row) return null;
      const rate = latestOn(rates.all(row.taxClassId).map(dated), on);
      return {
        ...row,
        generics: generics.parse(JSON.parse(row.generics)),
        breakable: row.breakable === 1,
        discountAllowed: row.discountAllowed === 1,
        soldAs: soldAsOf(row.soldAs),
        taxPct3: rate ? pct3.parse(JSON.parse(rate.pct3)) : [],
        priceMinor: priceOf(packId, on),
      };
    },
    /** The pack one of these codes stands for; the first code that is known decides. */
    idByCodes(codes: readonly string[]): string | null {
      for (const code of codes) {
        const found = byCode.get(code);
        if (found) return found.packId;
      }
      return null;
    },
  };
}

type PackRow = Omit<
  PricedPack,
  'generics' | 'breakable' | 'discountAllowed' | 'taxPct3' | 'priceMinor' | 'soldAs'
> & {
  readonly soldAs: string | null;
  readonly generics: string;
  readonly breakable: number;
  readonly discountAllowed: number;
  readonly scheduleClass: (typeof scheduleClasses)[number];
};
type PriceRow = {
  readonly id: string;
  readonly storeId: string | null;
  readonly priceMinor: number;
  readonly validFrom: string;
  readonly rank: string;
};
type RateRow = {
  readonly id: string;
  readonly pct3: string;
  readonly validFrom: string;
  readonly rank: string;
};

const generics = z.array(z.object({ name: z.string(), strength: z.string() }));
const pct3 = z.array(z.int());
const dated = <R extends { readonly validFrom: string }>(row: R) => ({
  ...row,
  validFrom: plainDate(row.validFrom),
});
