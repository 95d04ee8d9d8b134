import { expect, test } from 'vitest';
import { rightFor } from './act-rights.ts';
import { standardRoles } from './permissions.ts';
import { checkNewPin, pinDigits, pinWaitMs } from './pin.ts';

test('a cashier has four digits at least, everybody who may do more has six', () => {
  expect(pinDigits(standardRoles.cashier)).toBe(4);
  for (const role of ['pharmacist', 'manager', 'hq', 'auditor'] as const)
    expect(pinDigits(standardRoles[role])).toBe(6);
});

test('a new PIN is digits, long enough for its role and no longer than twelve', () => {
  expect(checkNewPin('2580', standardRoles.cashier)).toEqual({ ok: true, value: '2580' });
  expect(checkNewPin('2580', standardRoles.manager)).toMatchObject({
    error: { code: 'PIN_TOO_SHORT', atLeast: 6 },
  });
  expect(checkNewPin('25 80', standardRoles.cashier)).toMatchObject({ error: { code: 'NOT_DIGITS' } });
  expect(checkNewPin('٢٥٨٠', standardRoles.cashier)).toMatchObject({ error: { code: 'NOT_DIGITS' } });
  expect(checkNewPin('1'.repeat(13), standardRoles.cashier)).toMatchObject({
    error: { code: 'PIN_TOO_LONG' },
  });
});

test('the wait after wrong PINs doubles up to a quarter of an hour', () => {
  const waits = [0, 1, 2, 3, 4, 5, 11, 50, 5_000].map(pinWaitMs);
  expect(waits).toEqual([0, 0, 0, 5_000, 10_000, 20_000, 900_000, 900_000, 900_000]);
});

test('a sale needs the right to sell; a type without an entry needs what its tables need', () => {
  expect(rightFor('sale', ['sale', 'tender'])).toBe('sales.sell');
  expect(rightFor('constructor', [])).toBeNull();
  expect(rightFor('anything-newer', ['audit_entry'])).toBeNull();
  expect(rightFor('anything-newer', ['audit_entry', 'setting'])).toBe('auth.settings.edit');
});
