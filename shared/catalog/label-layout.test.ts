import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gs1CheckDigit } from './gtin.ts';
import { shelfLabel } from './label-defaults.ts';
import { type LabelValues, layoutLabel } from './label-layout.ts';
import { parseLabelTemplate } from './label-template.ts';

const template = (source: string) => {
  const read = parseLabelTemplate(source);
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
};
const values: LabelValues = {
  ...{ name: 'Dolorane 500 mg', pack: 'box of 16 tablets', price: '€2.18', unitPrice: '€0.14 / tablet' },
  ...{ code: '3400930000014', batch: '', expiry: '' },
};
const lay = (body: string, said: Partial<LabelValues> = {}, dotsPerMm = 8) =>
  layoutLabel(template(`label 50 x 30\n${body}`), { ...values, ...said }, dotsPerMm);
const items = (...given: Parameters<typeof lay>) => {
  const laid = lay(...given);
  return laid.ok ? laid.value.items : laid.error;
};

test('millimetres become dots of the printer', () => {
  const said = 'text 2 1.5 "{name}" height 3 align end';
  expect(items(said)).toMatchObject([{ x: 16, y: 12, width: 384, height: 24, align: 'right' }]);
  expect(items(said, {}, 12)).toMatchObject([{ x: 24, y: 18, width: 576, height: 36 }]);
});

test('start and end follow the direction of the label', () => {
  const laid = layoutLabel(template('label 50 x 30 rtl\ntext 2 2 "{name}"'), values, 8);
  expect(laid).toMatchObject({ ok: true, value: { direction: 'rtl', items: [{ align: 'right' }] } });
});

test('a name wraps and is cut; a sum is never cut', () => {
  const long = { name: 'Amoxicilline acide clavulanique enfants', price: 'EUR 1,234,567.89' };
  expect(items('text 2 2 "{name}" height 4 width 30 lines 2', long)).toMatchObject([
    { text: 'Amoxicilline' },
    { text: expect.stringMatching(/^acide.*…$/) },
  ]);
  expect(items('text 2 2 "{price}" height 8 width 20', long)).toEqual({ code: 'TOO_WIDE', text: long.price });
});

test('what has nothing to say is left out', () => {
  expect(items('text 2 2 "Lot {batch} {expiry}"\nqr 2 10 "{batch}" height 15')).toEqual([]);
  expect(items('text 2 2 "Lot {batch} {expiry}"', { batch: 'B1' })).toMatchObject([{ text: 'Lot B1' }]);
});

test('a code is an EAN-13 where it is one, else Code 128, and says why it is neither', () => {
  const symbol = (code: string, word = 'code') => items(`${word} 2 2 "{code}"`, { code });
  expect(symbol('3400930000014')).toMatchObject([{ symbol: 'ean13', data: '3400930000014', moduleDots: 3 }]);
  expect(symbol('03400930000014')).toMatchObject([{ symbol: 'ean13', data: '3400930000014' }]);
  expect(symbol('SKU-17')).toMatchObject([{ symbol: 'code128', data: 'SKU-17' }]);
  expect(symbol('SKU-17', 'qr')).toMatchObject([{ symbol: 'qr', digits: 0 }]);
  expect(symbol('3400930000015', 'ean13')).toEqual({ code: 'BAD_CODE', text: '3400930000015' });
  expect(symbol('é17')).toEqual({ code: 'BAD_CODE', text: 'é17' });
  expect(symbol('A^XZ')).toEqual({ code: 'BAD_CODE', text: 'A^XZ' });
  expect(symbol('A'.repeat(60))).toEqual({ code: 'TOO_WIDE', text: 'A'.repeat(60) });
  expect(items('ean13 2 2 "{code}" width 20')).toEqual({ code: 'TOO_WIDE', text: '3400930000014' });
});

test('whatever is said, everything printed lies on the label, codes with their quiet zones', () => {
  const gtin = fc.stringMatching(/^[0-9]{12}$/).map((body) => `${body}${gs1CheckDigit(body)}`);
  const mm = (most: number) => fc.integer({ min: 0, max: most }).map((tenths) => (tenths / 10).toFixed(1));
  const place = fc.record({
    ...{ x: mm(400), y: mm(200), height: mm(90), text: fc.string(), code: fc.oneof(gtin, fc.string()) },
    ...{
      word: fc.constantFrom('text', 'code', 'qr', 'code128', 'rule'),
      dots: fc.constantFrom(6, 8, 12, 24),
    },
  });
  let laid = 0;
  fc.assert(
    fc.property(place, ({ x, y, height, text, code, word, dots }) => {
      const said = word === 'text' ? '"{name}"' : '"{code}"';
      const rest = word === 'rule' ? '' : ` ${said} height ${height}`;
      const read = parseLabelTemplate(`${shelfLabel}\n${word} ${x} ${y}${rest}`);
      if (!read.ok) return;
      const layout = layoutLabel(read.value, { ...values, name: text, code }, dots);
      if (!layout.ok) return;
      laid++;
      for (const item of layout.value.items) {
        const digits = item.kind === 'symbol' ? item.digits : 0;
        expect(item.x).toBeGreaterThanOrEqual(item.kind === 'symbol' ? 4 * item.moduleDots : 0);
        expect(item.x + item.width).toBeLessThanOrEqual(layout.value.width);
        expect(item.y + item.height + digits).toBeLessThanOrEqual(layout.value.height);
      }
    }),
    { seed: 8, numRuns: 800 },
  );
  expect(laid).toBeGreaterThan(100);
});
