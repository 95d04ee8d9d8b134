import { expect, test } from 'vitest';
import { type Permission, standardRoles } from '#shared/auth/permissions.ts';
import { type ScheduleClass, scheduleClasses } from '#shared/catalog/schedule-class.ts';
import { blockerOf } from './schedule.ts';

const asked = (policy: 'refuse' | 'pharmacist-pin', rights: readonly Permission[]) =>
  Object.fromEntries(
    scheduleClasses.map((of): [ScheduleClass, string | null] => [
      of,
      blockerOf(of, { policy, rights: new Set(rights) }),
    ]),
  );

test('a cashier alone sells what is general, and is told whom or what the rest needs', () => {
  const { cashier } = standardRoles;
  expect(asked('refuse', cashier)).toEqual({
    ...{ general: null, pharmacist: 'PHARMACIST_REQUIRED' },
    ...{ prescription: 'PRESCRIPTION_REQUIRED', controlled: 'PRESCRIPTION_REQUIRED' },
  });
  expect(asked('pharmacist-pin', cashier)).toMatchObject({ prescription: 'PHARMACIST_REQUIRED' });
});

test('a pharmacist sells pharmacist medicines always, prescription ones where the store lets a PIN stand for one', () => {
  const { pharmacist } = standardRoles;
  expect(asked('refuse', pharmacist)).toMatchObject({
    pharmacist: null,
    prescription: 'PRESCRIPTION_REQUIRED',
  });
  expect(asked('pharmacist-pin', pharmacist)).toMatchObject({ pharmacist: null, prescription: null });
});

test('nobody sells controlled medicines without a prescription, whatever the setting', () => {
  for (const policy of ['refuse', 'pharmacist-pin'] as const)
    expect(asked(policy, Object.values(standardRoles).flat())).toMatchObject({
      controlled: 'PRESCRIPTION_REQUIRED',
    });
});
