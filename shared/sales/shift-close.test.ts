import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Permission, permissions, standardRoles } from '#shared/auth/permissions.ts';
import { type ClosingBy, closingNeeds, usualFloat } from './shift-close.ts';

const own: ClosingBy = {
  ...{ closerId: 'ann', openedById: 'ann', rights: new Set<Permission>(standardRoles.cashier) },
  ...{ worstMinor: 0, limitMinor: 500, pinOverLimit: false },
};

test('a cashier closes the own shift; a difference beyond the limit asks why', () => {
  expect(closingNeeds(own)).toEqual({ reason: false, right: null });
  expect(closingNeeds({ ...own, worstMinor: 500 })).toEqual({ reason: false, right: null });
  expect(closingNeeds({ ...own, worstMinor: 501 })).toEqual({ reason: true, right: null });
});

test('where the store says so a variance beyond the limit asks for somebody with the right, too', () => {
  const over = { ...own, worstMinor: 501, pinOverLimit: true };
  expect(closingNeeds(over)).toEqual({ reason: true, right: 'sales.shift.others' });
  const rights = new Set<Permission>(standardRoles.manager);
  expect(closingNeeds({ ...over, rights })).toEqual({ reason: true, right: null });
});

test('another’s shift needs the right for it, and one who may close none needs that', () => {
  expect(closingNeeds({ ...own, openedById: 'bob' })).toEqual({ reason: true, right: 'sales.shift.others' });
  const rights = new Set<Permission>(standardRoles.manager);
  expect(closingNeeds({ ...own, openedById: 'bob', rights })).toEqual({ reason: false, right: null });
  const auditor = new Set<Permission>(standardRoles.auditor);
  expect(closingNeeds({ ...own, rights: auditor })).toEqual({ reason: true, right: 'sales.shift' });
});

test('a missing right always asks for a reason, and somebody with every right is asked for none', () => {
  const anyone = fc.record({
    closerId: fc.constantFrom('ann', 'bob'),
    openedById: fc.constant('ann'),
    rights: fc.subarray([...permissions]).map((some) => new Set(some)),
    worstMinor: fc.nat(2000),
    limitMinor: fc.nat(1500),
    pinOverLimit: fc.boolean(),
  });
  fc.assert(
    fc.property(anyone, (by) => {
      const needs = closingNeeds(by);
      if (needs.right !== null) expect(needs.reason).toBe(true);
      expect(closingNeeds({ ...by, rights: new Set(permissions) }).right).toBeNull();
    }),
    { seed: 20261124 },
  );
});

test('the float is left again, or what there is of it', () => {
  expect(usualFloat(15_000, 62_058)).toBe(15_000);
  expect(usualFloat(15_000, 9000)).toBe(9000);
  expect(usualFloat(15_000, 0)).toBe(0);
});
