import { describe, expect, test } from 'vitest';
import { parseScan } from './scan.ts';
import { packCode } from './scan-keys.ts';

describe('a code from a register', () => {
  test.each([
    ['gtin', '3400930108277', 'gtin:03400930108277'],
    ['gtin', '96385074', 'gtin:00000096385074'],
    ['gtin', '3400930108278', null],
    ['gtin', '340093010827', null],
    ['pzn', '3752864', 'pzn:03752864'],
    ['pzn', '03752865', null],
    ['cip7', '3010827', 'cip7:3010827'],
    ['cip7', '301082', null],
    ['hibc', 'A123BJC5D6E71', 'hibc:A123BJC5D6E71'],
    ['hibc', 'a123', null],
    ['weighed', '2112345', 'weighed:2112345'],
    ['weighed', 'x', null],
    ['sku', 'ab-12', 'sku:AB-12'],
    ['sku', 'a b', null],
    ['sku', '', null],
    ['ndc', '0002-8215-01', 'ndc:0002-8215-01'],
    ['ndc', '', null],
  ] as const)('%s %j is %s', (kind, text, key) => expect(packCode(kind, text)).toBe(key));

  test.each([
    ['gtin', '3400930108277', ']d20103400930108277'],
    ['pzn', '3752864', ']A0-03752864'],
    ['cip7', '3010827', '3010827'],
    ['hibc', 'A123BJC5D6E71', '+A123BJC5D6E71G'],
    ['sku', 'ab-12', ']C0AB-12'],
    ['ndc', '0002-8215-01', ']d201034009301082777150002-8215-01'],
  ] as const)('%s %s is found by the scan of it', (kind, text, scan) => {
    const found = parseScan(scan, { todayYear: 2026 });
    expect(found.ok && found.value.codes).toContain(packCode(kind, text));
  });
});
