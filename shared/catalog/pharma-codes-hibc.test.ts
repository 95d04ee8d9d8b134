import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hibcCheckCharacter, parseHibc } from './pharma-codes-hibc.ts';

const read = (text: string): unknown => {
  const result = parseHibc(text, { position: 0, todayYear: 2026 });
  return result.ok ? result.value : `${result.error.code}@${result.error.position}`;
};
const withCheck = (text: string) => text + hibcCheckCharacter(text);
const primary = { lic: 'A123', pcn: 'BJC5D6E7', uom: '1' };

describe('HIBC', () => {
  test('a primary code', () => expect(read('+A123BJC5D6E71G')).toEqual({ ...primary, check: 'G' }));

  test('one changed character is refused', () => {
    const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 14 }), fc.constantFrom(...alphabet), (at, other) => {
        const code = '+A123BJC5D6E71G';
        fc.pre(code[at] !== other);
        return typeof read(code.slice(0, at) + other + code.slice(at + 1)) === 'string';
      }),
      { seed: 5 },
    );
  });

  test.each([
    ['$LOT1', { batch: 'LOT1' }],
    ['$+SN1', { serial: 'SN1' }],
    ['$$0928LOT1', { expiresOn: '2028-09-30', batch: 'LOT1' }],
    ['$$0928', { expiresOn: '2028-09-30' }],
    ['$$2092928LOT1', { expiresOn: '2028-09-29', batch: 'LOT1' }],
    ['$$3280929LOT1', { expiresOn: '2028-09-29', batch: 'LOT1' }],
    ['$$428092923LOT1', { expiresOn: '2028-09-29', batch: 'LOT1' }],
    ['$$528060LOT1', { expiresOn: '2028-02-29', batch: 'LOT1' }],
    ['$$62806023LOT1', { expiresOn: '2028-02-29', batch: 'LOT1' }],
    ['$$7LOT1', { batch: 'LOT1' }],
    ['$$8243280929LOT1', { quantity: 24, expiresOn: '2028-09-29', batch: 'LOT1' }],
    ['$$9001003280929LOT1', { quantity: 100, expiresOn: '2028-09-29', batch: 'LOT1' }],
    ['$$824', { quantity: 24 }],
    ['$$+3280929SN1', { expiresOn: '2028-09-29', serial: 'SN1' }],
    ['28060LOT1', { expiresOn: '2028-02-29', batch: 'LOT1' }],
    ['$$3280929LOT1/SSN1/16D20250101', { expiresOn: '2028-09-29', batch: 'LOT1', serial: 'SN1' }],
    ['$LOT1/14D20280929/Q5', { batch: 'LOT1', expiresOn: '2028-09-29', quantity: 5 }],
  ])('secondary %s', (secondary, said) => {
    const joined = withCheck(`+A123BJC5D6E71/${secondary}`);
    expect(read(joined)).toEqual({ ...primary, ...said, check: joined.at(-1) });
    const alone = withCheck(`+${secondary}G`);
    expect(read(alone)).toEqual({ link: 'G', ...said, check: alone.at(-1) });
  });

  test.each([
    ['+', 'bad-length@0'],
    ['++', 'bad-length@0'],
    ['+a123bjc5d6e71g', 'bad-character@1'],
    ['+A123BJC5D6E71H', 'bad-check-digit@14'],
    [withCheck('+1123BJC5D6E71'), 'bad-date@1'],
    [withCheck('+AB'), 'bad-format@1'],
    [withCheck('+A123BJC5D6E7A'), 'bad-format@1'],
    [withCheck(`+A123${'B'.repeat(19)}1`), 'bad-format@1'],
    [withCheck('+A123BJC5D6E71/'), 'bad-date@15'],
    [withCheck('+A123BJC5D6E71/$'), 'empty-element@16'],
    [withCheck('+A123BJC5D6E71/$$1328LOT'), 'bad-date@17'],
    [withCheck('+A123BJC5D6E71/$$3280230LOT'), 'bad-date@18'],
    [withCheck('+A123BJC5D6E71/$$428022924LOT'), 'bad-date@18'],
    [withCheck('+A123BJC5D6E71/$$2'), 'bad-date@18'],
    [withCheck(`+A123BJC5D6E71/$${'L'.repeat(19)}`), 'element-too-long@34'],
    [withCheck('+A123BJC5D6E71/$LOT/XX'), 'bad-format@20'],
    [withCheck('+A123BJC5D6E71/$LOT/14D20280230'), 'bad-date@23'],
  ])('%s is refused', (text, refusal) => expect(read(text)).toBe(refusal));
});
