import fc from 'fast-check';
import { expect, test } from 'vitest';
import { badgeOf, personOnBadge } from './badge.ts';

test('a badge names the person it was made for, also under Caps Lock', () => {
  fc.assert(
    fc.property(fc.uuid(), (id) => {
      expect(personOnBadge(badgeOf(id))).toBe(id);
      expect(personOnBadge(` ${badgeOf(id).toUpperCase()}\n`)).toBe(id);
    }),
    { seed: 11, numRuns: 200 },
  );
});

test.each(['3400936403114', 'P:', 'P:Amélie', 'V:0190c0de-0000-7000-8000-000000000001', 'p:0190c0de'])(
  'what is on a pack, a voucher or a visiting card is no badge: %s',
  (code) => expect(personOnBadge(code)).toBeNull(),
);
