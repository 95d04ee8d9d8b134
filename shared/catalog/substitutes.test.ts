import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainDate } from '#shared/kernel/calendar.ts';
import { rankSubstitutes, type SubstitutePack, standsFor } from './substitutes.ts';

const paracetamol = (strength: string, form = 'tablet', genericGroup = '') => ({
  ...{ generics: [{ name: 'Paracetamol', strength }], form, genericGroup },
});

describe('one medicine stands for another', () => {
  test('with the same generics, strengths and form, however they are written', () => {
    expect(standsFor(paracetamol('500 mg'), paracetamol('500MG', 'Tablet'))).toBe(true);
    expect(standsFor(paracetamol('0,5 g'), paracetamol('0.5 g'))).toBe(true);
    const two = [
      { name: 'amoxicillin', strength: '500 mg' },
      { name: 'clavulanic acid', strength: '62.5 mg' },
    ];
    const made = { form: 'tablet', genericGroup: '' };
    expect(standsFor({ ...made, generics: two }, { ...made, generics: two.toReversed() })).toBe(true);
  });

  test('not in another strength or form, and never where the strength is not told', () => {
    expect(standsFor(paracetamol('500 mg'), paracetamol('1000 mg'))).toBe(false);
    expect(standsFor(paracetamol('500 mg'), paracetamol('500 mg', 'syrup'))).toBe(false);
    expect(standsFor(paracetamol(''), paracetamol(''))).toBe(false);
    const nothing = { generics: [], form: 'piece', genericGroup: '' };
    expect(standsFor(nothing, nothing)).toBe(false);
  });

  test('as the register groups them, where it groups both', () => {
    expect(standsFor(paracetamol('', 'tablet', '7'), paracetamol('', 'capsule', '7'))).toBe(true);
    expect(standsFor(paracetamol('500 mg', 'tablet', '7'), paracetamol('500 mg', 'tablet', '8'))).toBe(false);
    expect(standsFor(paracetamol('500 mg', 'tablet', '7'), paracetamol('500 mg'))).toBe(true);
  });
});

describe('substitutes are offered', () => {
  const wanted = { packSize: 16, baseUnit: 'tablet', qtyBase: 20, amountMinor: 300 };

  test('in the quantity wanted: loose, in whole packs, or pack for pack in another unit', () => {
    const packs = [
      pack('loose', { breakable: true, packSize: 10, priceMinor: 100 }),
      pack('whole', { packSize: 12, priceMinor: 130 }),
      pack('drops', { baseUnit: 'ml', packSize: 30, priceMinor: 90 }),
      pack('free', { priceMinor: null }),
    ];
    const rows = rankSubstitutes(wanted, packs).map((row) => [
      row.pack.packId,
      ...[row.qtyBase, row.amountMinor, row.differenceMinor],
    ]);
    expect(rows.toSorted()).toEqual([
      ['drops', 60, 180, -120],
      ['free', 32, null, null],
      ['loose', 20, 200, -100],
      ['whole', 24, 260, -40],
    ]);
  });

  test('by stock, then by the month of expiry, then by what is earned', () => {
    const cost = { minor: 100, qtyBase: 16 };
    const rows = rankSubstitutes(wanted, [
      pack('none', { onHandBase: 0, expiresOn: null }),
      pack('some', { onHandBase: 16, expiresOn: plainDate('2027-01-31') }),
      pack('late', { expiresOn: plainDate('2028-01-31') }),
      pack('unknown cost', { expiresOn: plainDate('2027-03-15') }),
      pack('earns less', { cost: { ...cost, minor: 150 }, expiresOn: plainDate('2027-03-01') }),
      pack('earns more', { cost, expiresOn: plainDate('2027-03-31') }),
    ]);
    expect(rows.map((row) => row.pack.packId)).toEqual([
      ...['earns more', 'earns less', 'unknown cost', 'late', 'some', 'none'],
    ]);
  });

  test('in one order, whatever the order they come in, and never in less than is wanted', () => {
    const some = fc.record({
      packSize: fc.integer({ min: 1, max: 60 }),
      breakable: fc.boolean(),
      onHandBase: fc.integer({ min: 0, max: 80 }),
      priceMinor: fc.option(fc.integer({ min: 0, max: 10_000 })),
    });
    fc.assert(
      fc.property(fc.array(some, { maxLength: 8 }), fc.integer({ min: 1, max: 500 }), (facts, qtyBase) => {
        const packs = facts.map((own, i) => pack(`p${i}`, own));
        const ask = { ...wanted, qtyBase };
        const rows = rankSubstitutes(ask, packs);
        expect(rankSubstitutes(ask, packs.toReversed())).toEqual(rows);
        for (const row of rows) {
          expect(row.qtyBase).toBeGreaterThanOrEqual(qtyBase);
          expect(row.qtyBase - qtyBase).toBeLessThan(row.pack.packSize);
          if (!row.pack.breakable) expect(row.qtyBase % row.pack.packSize).toBe(0);
        }
      }),
      { seed: 20_261_124, numRuns: 200 },
    );
  });
});

function pack(packId: string, own: Partial<SubstitutePack>): SubstitutePack {
  return {
    ...{ packId, name: packId, packSize: 16, baseUnit: 'tablet', breakable: false, priceMinor: 250 },
    ...{ onHandBase: 100, expiresOn: plainDate('2027-06-30'), taxPct3: 2100, taxIncluded: true, cost: null },
    ...own,
  };
}
