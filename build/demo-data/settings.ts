import type { SettingKey, SettingValue } from '#shared/auth/settings.ts';
import type { RowOf } from '#shared/schema.ts';
import { namedId } from './days.ts';
import type { DemoStore } from './organisation.ts';
import type { DemoOptions } from './rows.ts';
import type { RegisterRows } from './shelf.ts';
import { quickKeyBrands } from './signature.ts';

/** Quick keys for the org where the register has their packs, and each store's answer to prescriptions. */
export function demoSettings(
  { seed }: DemoOptions,
  { stores, register }: { readonly stores: readonly DemoStore[]; readonly register: RegisterRows },
): RowOf<'setting'>[] {
  const setting = <K extends SettingKey>(
    key: K,
    storeId: string | null,
    value: SettingValue<K>,
  ): RowOf<'setting'> => ({
    id: namedId(`demo ${seed} setting ${key} ${storeId ?? ''}`),
    storeId,
    key,
    value,
  });
  const keys = quickKeys(register);
  return [
    ...(keys.length > 0 ? [setting('sales.quick-keys', null, keys)] : []),
    ...stores.map(({ row, plan }) =>
      setting('sales.prescription-policy', row.id, plan.prescriptionByPin ? 'pharmacist-pin' : 'refuse'),
    ),
  ];
}

function quickKeys({ medicines, packs }: RegisterRows): SettingValue<'sales.quick-keys'> {
  const packOf = new Map<string, string>();
  for (const { id, medicineId } of packs) if (!packOf.has(medicineId)) packOf.set(medicineId, id);
  return quickKeyBrands.flatMap(([brand, label]) => {
    const medicine = medicines.find((one) => one.brand === brand);
    const packId = medicine && packOf.get(medicine.id);
    return packId === undefined ? [] : [{ packId, label }];
  });
}
