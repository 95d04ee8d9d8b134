import { expect, test } from 'vitest';
import { shortName } from './back-office-people.ts';
import { type Contact, dataTo, lagOf } from './back-office-stores.ts';

const till = (change: Partial<Contact>): Contact => ({
  deviceId: 'device',
  lastSeenAt: 1_000_000,
  waiting: 0,
  oldestAt: null,
  ...change,
});

test('a store reaches as far as the enrolled till that is furthest behind', () => {
  expect(dataTo([till({}), till({ lastSeenAt: 900_000 })])).toBe(900_000);
  expect(dataTo([till({}), till({ waiting: 3, oldestAt: 400_000 })])).toBe(400_000);
});

test('a till that was never heard of leaves it unknown; one that never joined does not count', () => {
  expect(dataTo([till({}), till({ lastSeenAt: null })])).toBeNull();
  expect(dataTo([till({}), till({ deviceId: null, lastSeenAt: null })])).toBe(1_000_000);
  expect(dataTo([])).toBeNull();
});

test('something waiting for long is lagging, silence is offline', () => {
  const now = 1_060_000;
  expect(lagOf(till({}), now)).toBe('current');
  expect(lagOf(till({ waiting: 2, oldestAt: now - 60_000 }), now)).toBe('current');
  expect(lagOf(till({ waiting: 2, oldestAt: now - 600_000 }), now)).toBe('lagging');
  expect(lagOf(till({ waiting: 2, oldestAt: now - 600_000 }), now + 200_000)).toBe('offline');
  expect(lagOf(till({ deviceId: null, lastSeenAt: null }), now)).toBe('never');
});

test('a short name keeps the first name and one letter', () => {
  expect(shortName('Inès de la Tour')).toBe('Inès T.');
  expect(shortName(' Inès ')).toBe('Inès');
});
