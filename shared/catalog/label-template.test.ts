import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shelfLabel } from './label-defaults.ts';
import { longestTemplate, parseLabelTemplate } from './label-template.ts';

const errorOf = (source: string) => {
  const read = parseLabelTemplate(source);
  return read.ok ? null : read.error;
};

test('a template says its size and what stands where, in tenths of a millimetre', () => {
  const source =
    '# remark\nlabel 50 x 30.5\ntext 2 1.5 "{name} ""{price}""" height 3 width 20 lines 2 align end bold # more\nrule 0 9\nqr 2 10 "{code}" height 15';
  expect(parseLabelTemplate(source)).toEqual({
    ok: true,
    value: {
      ...{ width10: 500, height10: 305, direction: 'ltr' },
      items: [
        {
          ...{
            kind: 'text',
            x10: 20,
            y10: 15,
            width10: 200,
            height10: 30,
            lines: 2,
            align: 'end',
            bold: true,
          },
          parts: [{ field: 'name' }, { text: ' "' }, { field: 'price' }, { text: '"' }],
        },
        { kind: 'rule', x10: 0, y10: 90, width10: 500 },
        {
          ...{ kind: 'code', x10: 20, y10: 100, width10: 480, height10: 150, symbol: 'qr' },
          parts: [{ field: 'code' }],
        },
      ],
    },
  });
  expect(parseLabelTemplate('label 40 x 20 rtl')).toMatchObject({ ok: true, value: { direction: 'rtl' } });
  expect(parseLabelTemplate(shelfLabel).ok).toBe(true);
});

test.each([
  ['', { code: 'NO_SIZE' }],
  ['text 1 1 "x"', { code: 'NO_SIZE' }],
  ['label 50', { code: 'MISSING', line: 1, what: 'size' }],
  ['label 0 x 30', { code: 'MISSING', line: 1, what: 'size' }],
  ['label 50 x 30 sideways', { code: 'UNKNOWN_WORD', line: 1, word: 'sideways' }],
  ['label 50 x 301', { code: 'BAD_NUMBER', line: 1, word: '301' }],
  ['label 50 x 30\nprint 1 1', { code: 'UNKNOWN_WORD', line: 2, word: 'print' }],
  ['label 50 x 30\ntext 1', { code: 'MISSING', line: 2, what: 'position' }],
  ['label 50 x 30\ntext 1 1 name', { code: 'MISSING', line: 2, what: 'text' }],
  ['label 50 x 30\ntext 1 1 "{cost}"', { code: 'UNKNOWN_FIELD', line: 2, word: 'cost' }],
  ['label 50 x 30\ntext 1 1 "open', { code: 'UNCLOSED_QUOTE', line: 2 }],
  ['label 50 x 30\ntext 1 1.25 "x"', { code: 'BAD_NUMBER', line: 2, word: '1.25' }],
  ['label 50 x 30\ntext -1 1 "x"', { code: 'BAD_NUMBER', line: 2, word: '-1' }],
  ['label 50 x 30\ntext 1 1 "x" height', { code: 'MISSING', line: 2, what: 'value' }],
  ['label 50 x 30\ntext 1 1 "x" align left', { code: 'UNKNOWN_WORD', line: 2, word: 'left' }],
  ['label 50 x 30\nrule 1 1 bold', { code: 'UNKNOWN_WORD', line: 2, word: 'bold' }],
  ['label 50 x 30\ntext 1 28 "x" height 3', { code: 'OUTSIDE', line: 2 }],
  ['label 50 x 30\ntext 40 1 "x" width 11', { code: 'OUTSIDE', line: 2 }],
  ['label 50 x 30\nean13 1 20 "{code}" height 8', { code: 'OUTSIDE', line: 2 }],
  ['label 50 x 30\nrule 60 1', { code: 'OUTSIDE', line: 2 }],
  ['x'.repeat(longestTemplate + 1), { code: 'TOO_LONG' }],
  [`label 50 x 30\n${'rule 1 1\n'.repeat(41)}`, { code: 'TOO_LONG' }],
])('%j is refused with its reason', (source, error) => {
  expect(errorOf(source)).toEqual(error);
});

test('whatever is typed gives a template or a reason', () => {
  const word = fc.constantFrom(
    'label',
    '50',
    'x',
    '30',
    'text',
    'qr',
    'rule',
    '"{name}"',
    '"',
    '{',
    '#',
    'bold',
    '\n',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(word).map((words) => words.join(' ')),
        fc.string(),
      ),
      (source) => {
        const read = parseLabelTemplate(source);
        expect(read.ok || typeof read.error.code === 'string').toBe(true);
      },
    ),
    { seed: 4, numRuns: 1000 },
  );
});
