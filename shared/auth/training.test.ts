import { expect, test } from 'vitest';
import { permissions, standardRoles } from './permissions.ts';
import { staysSignedIn, trainingRight, trainingStop } from './training.ts';

test('training begins where nothing stands in its way', () => {
  expect(trainingStop({ isOn: false, openCardAttempts: 0 })).toBeNull();
});

test('money that may have moved at a terminal is seen to first', () => {
  expect(trainingStop({ isOn: false, openCardAttempts: 2 })).toEqual({ code: 'CARD_UNSETTLED', attempts: 2 });
});

test('there is one training at a time', () => {
  expect(trainingStop({ isOn: true, openCardAttempts: 0 })).toEqual({ code: 'TRAINING_ON' });
});

test('a manager has the right to it, and a cashier is lent it', () => {
  expect(permissions).toContain(trainingRight);
  expect(standardRoles.manager).toContain(trainingRight);
  expect(standardRoles.cashier).not.toContain(trainingRight);
});

test('nobody comes back into the real till under the name of who began', () => {
  expect(staysSignedIn('manager', 'manager')).toBe(true);
  expect(staysSignedIn('manager', 'cashier')).toBe(false);
  expect(staysSignedIn('manager', null)).toBe(false);
});
