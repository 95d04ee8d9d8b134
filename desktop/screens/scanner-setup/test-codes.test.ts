import { expect, test } from 'vitest';
import { symbolModules } from '../../devices/escpos/symbols.ts';
import { testCodes } from './test-codes.ts';

test.each([
  ['code128', 'code128', 'Pestle-AZQWYM-019'],
  ['dataMatrix', 'gs1datamatrix', '(01)09521234543213(10)AZ19(17)491231'],
  ['ean', 'ean13', '9521234543213'],
] as const)('the symbol of %s is the one of its data', async (id, kind, data) => {
  const drawn = await symbolModules(kind, data);
  const row = drawn?.black.map((black) => (black ? '1' : '0')).join('');
  expect(row).toBe(testCodes[id].rows.join(''));
  expect(testCodes[id].data.replaceAll('\u001d', '')).toBe(data.replaceAll(/[()]/g, ''));
});
