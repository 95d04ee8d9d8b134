import { batchId, normaliseBatchCode } from '#shared/inventory/batch.ts';
import type { Change } from '#shared/replica/changeset.ts';
import { sha256 } from '../../desktop/till/store/crypto.ts';
import { keysOf } from './keys.ts';

/** The small chain every history plays in: two stores, eight tills, six packs, with names instead of UUIDs. */
export const stores = ['store-a', 'store-b'] as const;
export const packs = Array.from({ length: 6 }, (_, i) => `pack-${i}`);
/** Which store each till stands in: most in one, so that they get in each other's way. */
export const tillStores: readonly string[] = [
  ...['store-a', 'store-a', 'store-a', 'store-b', 'store-a', 'store-b', 'store-a', 'store-b'],
];
export const deviceId = (till: number): string => `device-${till}`;
export const tillId = (till: number): string => `till-${till}`;
export const settingIds = (storeId: string): readonly string[] =>
  [0, 1, 2].map((n) => `setting-${storeId}-${n}`);
export const orgSettingId = 'setting-org';

/** Codes that tills may meet on a delivery: few, so that two tills meet the same one. */
export const batchCodes = ['KX220A', 'KX220B', 'L77', 'M1'] as const;
export const batchIdOf = (storeId: string, packId: string, code: string): string => {
  const normal = normaliseBatchCode(code);
  if (!normal.ok) throw new Error(`no batch code: ${code}`);
  return batchId(sha256, { storeId, packId, code: normal.value });
};

export const batchCols = (
  storeId: string,
  { packId, code, expiresOn, at }: { packId: string; code: string; expiresOn: string; at: number },
) => ({
  ...{ storeId, packId, code, expiresOn },
  ...{ receivedAt: at, costMinor: 400, costQtyBase: 16, packPriceMinor: null },
});

/** What HQ writes before the first till is there. */
export function foundation(nowMs: number): readonly Change[][] {
  return [
    [...stores.flatMap(storeChanges), ...roles(), ...tillStores.flatMap((s, i) => tillChanges(s, i, nowMs))],
    [...packs.flatMap(packChanges), ...taxChanges],
    stores.flatMap((storeId) => stockChanges(storeId, nowMs)),
  ];
}

/** The people: one who sells, one who may do all a store's people do. Anyone else is a stranger. */
export const people = { cashier: 'cashier', manager: 'manager', stranger: 'stranger' } as const;

const set = (t: string, id: string, cols: Record<string, unknown>): Change => ({ t, op: 'set', id, cols });

function storeChanges(storeId: string, index: number): Change[] {
  const cols = {
    ...{ code: `S0${index + 1}`, name: storeId, addressLines: ['1 Main Street'], licence: '', taxNumber: '' },
    ...{ receiptFooter: '', zone: 'Europe/Paris', dayStartHour: 4, currency: 'EUR', minorDigits: 2 },
    ...{ cashStepMinor: 1, taxMode: 'inclusive', minShelfLifeDays: 0, language: 'en' },
  };
  const staff = (personId: string) =>
    set('staff', `staff-${storeId}-${personId}`, {
      ...{ storeId, personId, roleId: `role-${personId}`, pinVerifier: null, active: true },
    });
  return [set('store', storeId, cols), staff(people.cashier), staff(people.manager)];
}

function roles(): Change[] {
  const till = ['sales.sell', 'sales.reprint'];
  const more = ['auth.settings.edit', 'inventory.adjust', 'inventory.quarantine', 'purchasing.receive'];
  const role = (person: string, permissions: readonly string[]) =>
    set('role', `role-${person}`, { name: person, permissions });
  return [role(people.cashier, till), role(people.manager, [...till, ...more])];
}

function tillChanges(storeId: string, index: number, nowMs: number): Change[] {
  const { publicKey } = keysOf(deviceId(index));
  const code = `T0${index + 1}`;
  const device = {
    tillId: tillId(index),
    storeId,
    publicKey,
    inc: 1,
    enrolledAt: nowMs,
    revoked: false,
  };
  return [set('till', tillId(index), { storeId, code, name: code }), set('device', deviceId(index), device)];
}

function packChanges(id: string): Change[] {
  const medicine = {
    ...{ kind: 'medicine', brand: id.toUpperCase(), generics: [{ name: 'paracetamol', strength: '500 mg' }] },
    ...{ form: 'tablet', route: 'oral', holder: 'Nobody', scheduleClass: 'general', tallMan: '' },
    ...{ genericGroup: '', discountAllowed: true, registerRef: '' },
  };
  const pack = {
    ...{
      medicineId: `medicine-${id}`,
      label: 'box of 16',
      packSize: 16,
      baseUnit: 'tablet',
      breakable: true,
    },
    ...{ taxClassId: 'tax-1', status: 'active', registerRef: '' },
  };
  const price = { packId: id, storeId: null, priceMinor: 500, validFrom: '2026-01-01' };
  return [
    set('medicine', `medicine-${id}`, medicine),
    set('pack', id, pack),
    set('pack_code', `code-${id}`, { packId: id, code: `sku:${id}` }),
    set('price', `price-${id}`, price),
  ];
}

const taxChanges = [
  set('tax_class', 'tax-1', { name: 'Medicines' }),
  set('tax_rate', 'rate-1', { taxClassId: 'tax-1', pct3: [2100], validFrom: '2026-01-01' }),
  set('setting', orgSettingId, { storeId: null, key: 'sim.org', value: 0 }),
];

function stockChanges(storeId: string, at: number): Change[] {
  const settings = settingIds(storeId).map((id, n) =>
    set('setting', id, { storeId, key: `sim.${n}`, value: 0 }),
  );
  const stock = packs.slice(0, 4).flatMap((packId, n): Change[] => {
    const code = `OPEN${n}`;
    const id = batchIdOf(storeId, packId, code);
    const row = {
      ...{ id: `opening-${storeId}-${n}`, storeId, batchId: id, packId, kind: 'receive', qtyBase: 160 },
      ...{
        documentId: 'opening',
        documentLine: null,
        at,
        businessDate: '2026-03-02',
        actorId: 'hq',
        reason: null,
      },
    };
    return [
      set('batch', id, batchCols(storeId, { packId, code, expiresOn: '2027-12-31', at })),
      { t: 'stock_movement', op: 'insert', row },
    ];
  });
  return [...settings, ...stock];
}
