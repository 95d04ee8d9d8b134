import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gtin14OfCip7, isPpn, pznOfGtin14, pznOfPpn, toPzn } from './pharma-codes.ts';

describe('PZN', () => {
  test.each([
    ['03752864', '03752864'],
    ['3752864', '03752864'],
    ['03752865', null],
    ['0375286', null],
    ['375286', null],
    ['0375286A', null],
    ['٠٣٧٥٢٨٦٤', null],
  ])('%s is %s', (typed, pzn) => expect(toPzn(typed)).toBe(pzn));

  test('the German GTIN carries it', () => {
    expect(pznOfGtin14('04150037528643')).toBe('03752864');
    expect(pznOfGtin14('04150037528650')).toBeNull();
    expect(pznOfGtin14('03400930108277')).toBeNull();
  });

  test('one changed digit is refused', () => {
    fc.assert(
      fc.property(fc.nat(7), fc.integer({ min: 1, max: 9 }), (at, by) => {
        const changed = `${'03752864'.slice(0, at)}${(Number('03752864'[at]) + by) % 10}${'03752864'.slice(at + 1)}`;
        return toPzn(changed) === null;
      }),
      { seed: 3 },
    );
  });
});

test('PPN: two check digits, and the PZN behind prefix 11', () => {
  expect(isPpn('110375286414')).toBe(true);
  expect(isPpn('110375286415')).toBe(false);
  expect(isPpn('11')).toBe(false);
  expect(pznOfPpn('110375286414')).toBe('03752864');
  expect(pznOfPpn('120375286414')).toBeNull();
});

describe('CIP7', () => {
  test('stands for the CIP13 that holds it', () => {
    expect(gtin14OfCip7('3010827')).toBe('03400930108277');
    expect(gtin14OfCip7('301082')).toBeNull();
    expect(gtin14OfCip7('301082A')).toBeNull();
  });

  const register = fileURLToPath(new URL('../../../shared/data/bdpm2022/CIS_CIP_bdpm.txt', import.meta.url));
  test.skipIf(!existsSync(register))('does so on every pack of the French register', () => {
    const rows = readFileSync(register, 'latin1').split(/\r?\n/).filter(Boolean);
    for (const row of rows) {
      const fields = row.split('\t');
      expect(gtin14OfCip7(fields[1] ?? '')).toBe(`0${fields[6]}`);
    }
    expect(rows.length).toBeGreaterThan(20_000);
  });
});
