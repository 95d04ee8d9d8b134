import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instantOfAct, type Periods, rightsOf, type StaffPeriod } from './authority.ts';

const place = (since: number, over: Partial<StaffPeriod> = {}): StaffPeriod => ({
  ...{ staffId: 'place-1', personId: 'ana', roleId: 'cashier', active: true, since },
  ...over,
});
const roles: Periods['roles'] = [
  { roleId: 'cashier', permissions: ['sales.sell'], since: 0 },
  { roleId: 'manager', permissions: ['sales.sell', 'inventory.adjust'], since: 0 },
  { roleId: 'manager', permissions: ['sales.sell'], since: 500 },
];
const rights = (staff: readonly StaffPeriod[], atMs: number, person = 'ana') =>
  [...rightsOf({ staff, roles }, person, atMs)].sort();

describe('the rights of a person at an instant', () => {
  const career = [place(100), place(300, { roleId: 'manager' }), place(700, { active: false })];

  test('are those of the role held then', () => {
    expect(rights(career, 299)).toEqual(['sales.sell']);
    expect(rights(career, 300)).toEqual(['inventory.adjust', 'sales.sell']);
  });
  test('are those the role had then', () => {
    expect(rights(career, 499)).toContain('inventory.adjust');
    expect(rights(career, 500)).toEqual(['sales.sell']);
  });
  test('are none once the person has left, and are those of before for what was done before', () => {
    expect(rights(career, 700)).toEqual([]);
    expect(rights(career, 699)).toEqual(['sales.sell']);
  });
  test('before the first period are those of the first', () => {
    expect(rights(career, -5)).toEqual(['sales.sell']);
    expect(rights([place(100, { active: false })], 5)).toEqual([]);
  });
  test('of somebody nobody knows, or of an unknown role, are none', () => {
    expect(rights(career, 200, 'bob')).toEqual([]);
    expect(rights([place(0, { roleId: 'gone' })], 200)).toEqual([]);
  });
  test('of two places add up, and one that ended takes nothing from the other', () => {
    const two = [
      place(0),
      place(0, { staffId: 'place-2', roleId: 'manager' }),
      place(50, { staffId: 'place-2', roleId: 'manager', active: false }),
    ];
    expect(rights(two, 20)).toEqual(['inventory.adjust', 'sales.sell']);
    expect(rights(two, 60)).toEqual(['sales.sell']);
  });
});

test('what came after an instant changes nothing of what was allowed at it, in whatever order it is told', () => {
  const period = fc.record({
    staffId: fc.constantFrom('place-1', 'place-2'),
    personId: fc.constant('ana'),
    roleId: fc.constantFrom('cashier', 'manager'),
    active: fc.boolean(),
    since: fc.integer({ min: 1, max: 1_000 }),
  });
  const histories = fc.uniqueArray(period, { selector: ({ staffId, since }) => `${staffId}/${since}` });
  fc.assert(
    fc.property(histories, fc.integer({ min: 0, max: 1_000 }), (later, at) => {
      const begun = [place(0), place(0, { staffId: 'place-2', roleId: 'manager' })];
      const before = later.filter(({ since }) => since <= at);
      const asKnownThen = rights([...begun, ...before], at);
      expect(rights([...begun, ...later], at)).toEqual(asKnownThen);
      expect(rights([...later.toReversed(), ...begun], at)).toEqual(asKnownThen);
    }),
    { seed: 11, numRuns: 300 },
  );
});

test('an act is judged at the device’s time less its skew, and never in the future', () => {
  expect(instantOfAct({ at: 900 }, 1_000)).toBe(900);
  expect(instantOfAct({ at: 900, skewMs: 300 }, 1_000)).toBe(600);
  expect(instantOfAct({ at: 900, skewMs: -300 }, 1_000)).toBe(1_000);
});
