import { z } from 'zod';
import { type SettingKey, type SettingValue, type StoredSetting, settingOf } from '#shared/auth/settings.ts';
import type { PlainDate } from '#shared/kernel/calendar.ts';
import { businessDate, localDate } from '#shared/kernel/zone.ts';
import { createOnce } from './once.ts';
import { createBatchReader } from './store/read-batches.ts';
import { createPackReader } from './store/read-packs.ts';
import { createShiftReader } from './store/read-shifts.ts';
import { createStaffReader } from './store/read-staff.ts';
import type { Store } from './store/store.ts';

/** The shop this counter stands in, as the latest register row has it. */
export type StoreFacts = {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly addressLines: readonly string[];
  readonly licence: string;
  readonly taxNumber: string;
  readonly receiptFooter: string;
  readonly zone: string;
  readonly dayStartHour: number;
  readonly currency: string;
  readonly minorDigits: number;
  readonly cashStepMinor: number;
  readonly taxMode: 'inclusive' | 'exclusive';
  readonly minShelfLifeDays: number;
  readonly language: string;
};

/** The two days of an instant: on the calendar (expiry) and in the books (prices, reports). */
export type Today = { readonly nowMs: number; readonly date: PlainDate; readonly business: PlainDate };

export type Counter = ReturnType<typeof createCounter>;

/** An enrolled till's store and what every domain asks of it: where it stands, what day it is, what it sells. */
export function createCounter(store: Store) {
  const { db, clock } = store;
  const { storeId, tillId } = store.identity.read();
  const shop = db.prepare<[string], ShopRow>(`SELECT * FROM store WHERE id = ?`);
  const till = db.prepare<[string], { code: string; name: string }>(
    `SELECT code, name FROM till WHERE id = ?`,
  );
  const settingRows = db.prepare<[string, string], { key: string; storeId: string | null; value: string }>(
    `SELECT key, store_id AS storeId, value FROM setting WHERE key = ? AND (store_id = ? OR store_id IS NULL) AND NOT deleted`,
  );

  const takeNumber = db
    .prepare<[string], number>(
      `INSERT INTO counter (series, n) VALUES (?, 1) ON CONFLICT (series) DO UPDATE SET n = n + 1 RETURNING n`,
    )
    .pluck();

  const facts = (): StoreFacts => {
    const row = shop.get(storeId);
    if (!row) throw new Error('the store of this till is not in its replica');
    return toStore(row);
  };
  return {
    ...store,
    storeId,
    tillId,
    once: createOnce(store),
    packs: createPackReader(db, storeId),
    batches: createBatchReader(db, storeId),
    staff: createStaffReader(db, storeId),
    shifts: createShiftReader(db, tillId),
    /** The next number of a series: gap-free, because it is taken in the transaction that uses it. */
    nextNumber(series: string): number {
      const n = takeNumber.get(series);
      if (n === undefined) throw new Error('a counter always returns its number');
      return n;
    },
    shop: facts,
    till: (): { code: string; name: string } => till.get(tillId) ?? { code: '', name: '' },
    today(): Today {
      const nowMs = clock.nowMs();
      const { zone, dayStartHour } = facts();
      return { nowMs, date: localDate(nowMs, zone), business: businessDate(nowMs, zone, dayStartHour) };
    },
    setting<K extends SettingKey>(key: K): SettingValue<K> {
      const stored: StoredSetting[] = settingRows
        .all(key, storeId)
        .map((row) => ({ ...row, value: JSON.parse(row.value) }));
      return settingOf(key, storeId, stored);
    },
  };
}

type ShopRow = {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly address_lines: string;
  readonly licence: string;
  readonly tax_number: string;
  readonly receipt_footer: string;
  readonly zone: string;
  readonly day_start_hour: number;
  readonly currency: string;
  readonly minor_digits: number;
  readonly cash_step_minor: number;
  readonly tax_mode: 'inclusive' | 'exclusive';
  readonly min_shelf_life_days: number;
  readonly language: string;
};

const addressLines = z.array(z.string());
const toStore = (row: ShopRow): StoreFacts => ({
  id: row.id,
  code: row.code,
  name: row.name,
  addressLines: addressLines.parse(JSON.parse(row.address_lines)),
  licence: row.licence,
  taxNumber: row.tax_number,
  receiptFooter: row.receipt_footer,
  zone: row.zone,
  dayStartHour: row.day_start_hour,
  currency: row.currency,
  minorDigits: row.minor_digits,
  cashStepMinor: row.cash_step_minor,
  taxMode: row.tax_mode,
  minShelfLifeDays: row.min_shelf_life_days,
  language: row.language,
});
