import { expect, test } from 'vitest';
import { parseScan } from '#shared/catalog/scan.ts';
import { plainDate } from '#shared/kernel/calendar.ts';
import { demoCatalogue } from './catalogue.ts';
import { instantOf } from './days.ts';
import { demoOrganisation } from './organisation.ts';
import { demoScan, demoScans } from './scans.ts';
import { demoStock } from './stock.ts';

test('a scan of a pack in hand tells its GTIN, batch, expiry and serial', () => {
  const options = { seed: 7, todayIso: '2026-11-24' };
  const register = demoCatalogue(options);
  const [store] = demoOrganisation(options).stores;
  if (store === undefined) throw new Error('no store');
  const { batches } = demoStock(options, { store, register, range: 400 });
  const codes = new Map(register.packCodes.map(({ packId, code }) => [`${packId} ${code}`, code]));
  const scans = [...demoScans(batches, register.packCodes)];
  expect(scans).toHaveLength(batches.length);
  for (const [index, { ean13, dataMatrix, packId }] of scans.entries()) {
    const matrix = parseScan(dataMatrix, { todayYear: 2026 });
    const plain = parseScan(ean13 ?? '', { todayYear: 2026 });
    const batch = batches[index];
    if (!matrix.ok || !plain.ok || batch === undefined) throw new Error(`no scan: ${dataMatrix}`);
    expect(codes.has(`${packId} ${plain.value.codes[0]}`)).toBe(true);
    expect(matrix.value.codes).toEqual(plain.value.codes);
    // An article's "never" (2099) cannot be printed with two digits of a year, and must not read as 1999.
    expect(matrix.value.expiresOn).toBe(batch.expiresOn < '2070' ? batch.expiresOn : undefined);
    expect(matrix.value).toMatchObject({
      batch: batch.code,
      serial: String(index + 1).padStart(10, '0'),
    });
  }
});

test('a code that is no GTIN cannot be scanned as one', () => {
  expect(() =>
    demoScan({ code: 'sku:PLASTERS-20', batch: { code: 'A1', expiresOn: '2027-01-31' }, serial: '1' }),
  ).toThrow(RangeError);
});

test.each([
  ['2026-10-24', 510, '2026-10-24T06:30:00.000Z'],
  ['2026-10-25', 510, '2026-10-25T07:30:00.000Z'],
  ['2026-03-29', 510, '2026-03-29T06:30:00.000Z'],
])('half past eight in Paris on %s', (day, minutes, iso) => {
  expect(new Date(instantOf(plainDate(day), minutes, 'Europe/Paris')).toISOString()).toBe(iso);
});
