import fc from 'fast-check';
import { expect, test } from 'vitest';
import { creditRoom, voucherCode, voucherFault } from './ledger-rules.ts';

const voucher = (over: Partial<Parameters<typeof voucherFault>[0]>) =>
  voucherFault({
    known: true,
    balanceMinor: 500,
    amountMinor: 500,
    quotaMinor: 0,
    usedOfQuotaMinor: 0,
    ...over,
  });

test('a known voucher pays what is left of it, an unknown one out of the quota of the day', () => {
  expect(voucher({})).toBeNull();
  expect(voucher({ amountMinor: 501 })).toEqual({ code: 'VOUCHER_BALANCE', balanceMinor: 500 });
  expect(voucher({ known: false })).toEqual({ code: 'VOUCHER_UNKNOWN', leftOfQuotaMinor: 0 });
  expect(voucher({ known: false, quotaMinor: 900, usedOfQuotaMinor: 400 })).toBeNull();
  expect(voucher({ known: false, quotaMinor: 900, usedOfQuotaMinor: 401 })).toEqual({
    code: 'VOUCHER_UNKNOWN',
    leftOfQuotaMinor: 499,
  });
  expect(voucherCode(' s01-t01ar-7 ')).toBe('S01-T01AR-7');
});

test('what tills that are apart pay of one unknown voucher never exceeds the sum of their quotas', () => {
  const amounts = fc.array(fc.nat(2_000), { maxLength: 12 });
  fc.assert(
    fc.property(fc.array(amounts, { maxLength: 5 }), fc.nat(5_000), (tills, quotaMinor) => {
      const paid = tills.map((asked) =>
        asked.reduce(
          (used, amountMinor) =>
            voucher({ known: false, amountMinor, quotaMinor, usedOfQuotaMinor: used })
              ? used
              : used + amountMinor,
          0,
        ),
      );
      expect(paid.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(quotaMinor * tills.length);
    }),
    { seed: 7 },
  );
});

test('nobody’s room goes below nothing', () => {
  expect(creditRoom({ limitMinor: 1_000, balanceMinor: 300 })).toBe(700);
  expect(creditRoom({ limitMinor: 1_000, balanceMinor: 1_300 })).toBe(0);
});
