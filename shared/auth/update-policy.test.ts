import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareVersions, mayUpdate, nextVersion, type TillStanding } from './update-policy.ts';

const idle: TillStanding = {
  ...{ cartLines: 0, openCardAttempts: 0, openShifts: 0, upkeep: false, schema: 7 },
  ...{ databaseBytes: 400_000_000, freeBytes: 2_000_000_000, hqUrl: 'https://hq.example' },
};
const offer = { version: '1.3.0', schema: 9 };
const asked = (till: Partial<TillStanding>, to = offer) => {
  const answer = mayUpdate('1.2.0', to, { ...idle, ...till });
  return answer.ok ? answer.value : answer.error.code;
};

test('a till with nothing in hand is updated', () => {
  expect(asked({})).toBe('now');
});

test('never over an open sale, an open card payment, an open shift, or a backup', () => {
  expect(asked({ cartLines: 1 })).toBe('SALE_OPEN');
  expect(asked({ openCardAttempts: 1 })).toBe('CARD_OPEN');
  expect(asked({ openShifts: 1 })).toBe('SHIFT_OPEN');
  expect(asked({ upkeep: true })).toBe('UPKEEP');
});

test('a person is told what a version waits for, and nothing of one that will not come', () => {
  const fetched = { ...offer, tried: false };
  const said = (till: Partial<TillStanding>, to = fetched) => nextVersion('1.2.0', to, { ...idle, ...till });
  expect(said({})).toEqual({ version: '1.3.0', waitsFor: null });
  expect(said({ openShifts: 1 })).toEqual({ version: '1.3.0', waitsFor: 'SHIFT_OPEN' });
  expect(said({}, { ...fetched, tried: true })).toEqual({ version: '1.3.0', waitsFor: 'TRIED_TODAY' });
  expect(said({}, { ...fetched, version: '1.2.0' })).toBeNull();
  expect(said({ schema: 10 })).toBeNull();
  expect([nextVersion('1.2.0', null, idle), nextVersion('1.2.0', fetched, null)]).toEqual([null, null]);
});

test('an older version, the same, or no version at all is refused', () => {
  for (const version of ['1.1.9', '1.2.0', '1.2.0+build.5', '1.2.0-rc.1', 'latest', '', '1.3'])
    expect(asked({}, { ...offer, version }), version).toBe('NOT_NEWER');
});

test('a newer version that knows less of the database is refused', () => {
  expect(asked({}, { ...offer, schema: 6 })).toBe('OLDER_SCHEMA');
});

test('where a migration comes, its copy must fit on the disk; where none comes it need not', () => {
  expect(asked({ freeBytes: 500_000_000 })).toBe('NO_ROOM_FOR_COPY');
  expect(asked({ freeBytes: 500_000_000 }, { ...offer, schema: 7 })).toBe('now');
  expect(mayUpdate('1.2.0', { version: '1.3.0', schema: null }, { ...idle, freeBytes: 0 })).toMatchObject({
    error: { code: 'NO_ROOM_FOR_COPY', neededBytes: 816_000_000 },
  });
});

/** SemVer 2.0.0 §11's own example, in order, and numbers that text would order otherwise. */
const rising = [
  ...['0.9.0', '1.0.0-alpha', '1.0.0-alpha.1', '1.0.0-alpha.beta', '1.0.0-beta', '1.0.0-beta.2'],
  ...['1.0.0-beta.11', '1.0.0-rc.1', '1.0.0', '1.2.0', '1.10.0', '2.0.0', '10.0.0'],
];

test('versions are ordered as Semantic Versioning orders them', () => {
  for (const [i, a] of rising.entries())
    for (const [j, b] of rising.entries()) expect(compareVersions(a, b), `${a} ${b}`).toBe(Math.sign(i - j));
});

const version = fc
  .tuple(
    fc.array(fc.nat(30), { minLength: 3, maxLength: 3 }),
    fc.array(fc.stringMatching(/^[0-9a-z]{1,3}$/), { maxLength: 3 }),
  )
  .map(([numbers, pre]) => numbers.join('.') + (pre.length > 0 ? `-${pre.join('.')}` : ''));

test('of two versions at most one is an update of the other', () => {
  fc.assert(
    fc.property(version, version, (a, b) => {
      const opposite = compareVersions(b, a) ?? 9;
      expect((compareVersions(a, b) ?? 9) + opposite).toBe(0);
      const allowed = [
        mayUpdate(a, { version: b, schema: 7 }, idle).ok,
        mayUpdate(b, { version: a, schema: 7 }, idle).ok,
      ];
      expect(allowed.filter(Boolean).length).toBe(opposite === 0 ? 0 : 1);
    }),
    { seed: 20261124 },
  );
});
