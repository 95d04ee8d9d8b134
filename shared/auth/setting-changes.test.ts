import fc from 'fast-check';
import { expect, test } from 'vitest';
import { settingChanges } from './setting-changes.ts';

test.each([
  [10_000, 15_000, { value: '10000 → 15000' }],
  [{ enabled: false, perMinor: 100 }, { enabled: true, perMinor: 100 }, { enabled: 'false → true' }],
  [null, { address: 'tcp://10.0.0.8' }, { address: '– → tcp://10.0.0.8' }],
  [
    [{ currency: 'USD', ratePpm: 920_000 }],
    [
      { currency: 'GBP', ratePpm: 1_150_000 },
      { currency: 'USD', ratePpm: 930_000 },
    ],
    { 'USD.ratePpm': '920000 → 930000', 'GBP.ratePpm': '– → 1150000' },
  ],
  ['label 50 x 30\nrule 1 1', 'label 50 x 30\nrule 2 1', { 'line 2': 'rule 1 1 → rule 2 1' }],
  [{ header: ['a'] }, { header: ['a', 'b'] }, { 'header.2': '– → b' }],
])('%j to %j', (before, after, told) => {
  expect(settingChanges(before, after)).toEqual(told);
});

test('a picture is told by its size alone, a long text by its beginning', () => {
  const told = settingChanges({ logo: null }, { logo: `data:image/png;base64,${'A'.repeat(978)}` });
  expect(told).toEqual({ logo: '– → picture, 1000' });
  expect(settingChanges('', 'x'.repeat(99))).toEqual({ value: `– → ${'x'.repeat(60)}…` });
});

test('what changed is told, what did not is not, and the whole stays short', () => {
  const setting = fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), fc.oneof(fc.integer(), fc.boolean()), {
    maxKeys: 20,
  });
  fc.assert(
    fc.property(setting, setting, (before, after) => {
      const told = settingChanges(before, after);
      const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
      const changed = names.filter((name) => before[name] !== after[name]);
      expect(Object.keys(told).filter((name) => name !== 'more')).toHaveLength(Math.min(changed.length, 12));
      for (const name of Object.keys(told)) if (name !== 'more') expect(changed).toContain(name);
      expect(told.more).toBe(changed.length > 12 ? String(changed.length - 12) : undefined);
    }),
    { seed: 20_261_123 },
  );
});

test('the same twice is no change', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(settingChanges(value, structuredCloneOf(value))).toEqual({});
    }),
    { seed: 4 },
  );
});

const structuredCloneOf = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
