import type { RowOf } from '#shared/schema.ts';
import { changesOf } from '../demo-data/rows.ts';
import type { hearFromHq } from '../proof/open-shop.ts';
import { packId, storeId } from '../proof/shop.ts';
import { POINT } from './arithmetic.ts';

export const CASH_STEP = 5;
export const CREDIT_LIMIT = 1_500;
export const VOUCHER = { code: 'GIFT-1', minor: 2_500 } as const;
/** What the first customer has. */
export const POINTS = 30;
export const COUPON = 'SPRING';
export const GIFT_CARD = { packId: 'pack gift card', minor: 1_000 } as const;
/** Dollars, in millionths of a euro. */
export const RATE_PPM = 920_000;

/** What HQ has told the till beside the test shop: offers, a voucher, points, gift cards, dollars. */
export function terms(tillId: string, customerId: string): Parameters<typeof hearFromHq>[1] {
  const always = {
    validFrom: '2026-11-01',
    validTo: '2026-12-31',
    fromMinute: null,
    toMinute: null,
    active: true,
  };
  const bundle = { kind: 'bundle', packIds: [packId('dolorane')], take: 3, pay: 2 };
  const half = { kind: 'percent', packIds: [packId('syrup')], ratePct3: 50_000 };
  const { code, minor: amountMinor } = VOUCHER;
  return [
    {
      t: 'offer',
      op: 'set',
      id: 'o1',
      cols: { storeId: null, name: '3 for 2', ...always, couponCode: null, rule: bundle },
    },
    {
      t: 'offer',
      op: 'set',
      id: 'o2',
      cols: { storeId, name: 'Spring', ...always, couponCode: COUPON, rule: half },
    },
    {
      ...{ t: 'voucher_entry', op: 'insert' },
      row: {
        ...{ id: 'v1', storeId, tillId, code, kind: 'issue', amountMinor, expiresOn: null },
        ...{ documentId: 'elsewhere', at: 1, businessDate: '2026-11-23', actorId: 'hq' },
      },
    },
    {
      ...{ t: 'loyalty_entry', op: 'insert' },
      row: {
        ...{ id: 'l1', storeId, tillId, customerId, kind: 'earn', points: POINTS, documentId: 'elsewhere' },
        ...{ at: 1, businessDate: '2026-11-23', actorId: 'hq' },
      },
    },
    ...giftCard(),
    ...changesOf('setting', [
      {
        ...{ id: 'rates', storeId, key: 'sales.foreign-cash' },
        value: [{ currency: 'USD', ratePpm: RATE_PPM }],
      },
      { id: 'loyalty', storeId, key: 'sales.loyalty', value: { enabled: true, ...POINT } },
    ]),
  ];
}

/** An article that is no goods: its tax is due when it pays. */
function giftCard(): Parameters<typeof hearFromHq>[1] {
  const { packId, minor: priceMinor } = GIFT_CARD;
  const medicine: RowOf<'medicine'> = {
    ...{
      id: 'gift card',
      kind: 'article',
      brand: 'Gift card',
      generics: [],
      form: '',
      route: '',
      holder: '',
    },
    ...{ scheduleClass: 'general', tallMan: '', genericGroup: '', discountAllowed: true, registerRef: '' },
    soldAs: 'voucher',
  };
  const pack: RowOf<'pack'> = {
    ...{
      id: packId,
      medicineId: medicine.id,
      label: 'one',
      packSize: 1,
      baseUnit: 'piece',
      breakable: false,
    },
    ...{ taxClassId: 'untaxed', status: 'active', registerRef: '' },
  };
  return [
    ...changesOf('tax_class', [{ id: 'untaxed', name: 'none' }]),
    ...changesOf('tax_rate', [{ id: 'no rate', taxClassId: 'untaxed', pct3: [0], validFrom: '2020-01-01' }]),
    ...changesOf('medicine', [medicine]),
    ...changesOf('pack', [pack]),
    ...changesOf('price', [
      { id: 'price of a gift card', packId, storeId: null, validFrom: '2026-01-01', priceMinor },
    ]),
  ];
}
