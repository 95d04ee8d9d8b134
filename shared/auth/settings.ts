import { z } from 'zod';
import { receiptDesign } from './receipt-design.ts';

/** Every setting there is, with its check and what holds where nobody has set it. */
export const settings = {
  /** What happens to a prescription medicine while no prescription can be entered. */
  'sales.prescription-policy': z.enum(['refuse', 'pharmacist-pin']).default('refuse'),
  /** The most off a line or a sale that needs nobody's PIN, in thousandths of a percent. */
  'sales.discount-limit': z.int().min(0).max(100_000).default(10_000),
  /** Where goods that come back go unless somebody says otherwise (sales/return-place.ts). */
  'sales.return-place': z.enum(['shelf', 'quarantine', 'destruction']).default('quarantine'),
  /** The most a return without a receipt gives back, in minor units. */
  'sales.blind-return-cap': z.int().min(0).default(5_000),
  /** A difference between count and books beyond this, in minor units, asks who closes a shift for a reason. */
  'sales.shift-variance-limit': z.int().min(0).default(500),
  /** Whether it asks for the PIN of somebody who may close other people's shifts as well. */
  'sales.shift-variance-pin': z.boolean().default(false),
  /** What one till may pay in a day of vouchers whose issue it does not know of, in minor units. */
  'sales.voucher-quota': z.int().min(0).default(0),
  /**
   * Currencies taken in cash beside the store's own: minor units of the store's for 1,000,000 foreign ones, and the
   * business date on which somebody said so.
   */
  'sales.foreign-cash': z
    .array(
      z.object({
        currency: z.string().regex(/^[A-Z]{3}$/),
        ratePpm: z.int().min(1).max(1_000_000_000_000),
        since: z.iso.date().optional(),
      }),
    )
    .max(4)
    .default([]),
  /** A loyalty point for every `perMinor` spent, worth `valueMinor` when it is used (sales/loyalty.ts). */
  'sales.loyalty': z
    .object({
      enabled: z.boolean(),
      perMinor: z.int().min(1).max(1_000_000_000),
      valueMinor: z.int().min(1).max(1_000_000),
    })
    .default({ enabled: false, perMinor: 100, valueMinor: 1 }),
  /** Packs on Ctrl+1 … Ctrl+9, in order. */
  'sales.quick-keys': z
    .array(z.object({ packId: z.string(), label: z.string() }))
    .max(9)
    .default([]),
  /** What stands on a receipt around the sale itself. */
  'sales.receipt-design': receiptDesign.prefault({}),
  /** The store's shelf label, in the language of catalog/label-template.ts; '' is the one Pestle brings. */
  'catalog.label-template': z.string().max(4000).default(''),
  /** Layouts of this store's own price and weight labels (catalog/scan.ts). */
  'catalog.weighed-schemes': z
    .array(
      z.object({
        prefix: z.string(),
        itemDigits: z.int(),
        valueDigits: z.int(),
        valueCheckDigit: z.boolean().optional(),
        measures: z.enum(['price', 'weightKg', 'quantity']),
        decimals: z.int(),
      }),
    )
    .default([]),
} as const;

export type SettingKey = keyof typeof settings;
export type SettingValue<K extends SettingKey> = z.infer<(typeof settings)[K]>;

/** A stored setting: of one store, or of the org. */
export type StoredSetting = {
  readonly key: string;
  readonly storeId: string | null;
  readonly value: unknown;
};

/** What holds in a store: its own value, else the org's, else the default. A value that does not fit is passed over. */
export function settingOf<K extends SettingKey>(
  key: K,
  storeId: string,
  stored: readonly StoredSetting[],
): SettingValue<K>;
export function settingOf(key: SettingKey, storeId: string, stored: readonly StoredSetting[]): unknown {
  const schema = settings[key];
  for (const place of [storeId, null]) {
    const found = stored.find((s) => s.key === key && s.storeId === place);
    const parsed = found && schema.safeParse(found.value);
    if (parsed?.success) return parsed.data;
  }
  return schema.parse(undefined);
}
