import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shelfLabel } from './label-defaults.ts';
import { labelTemplateProblems } from './label-problems.ts';
import { parseLabelTemplate } from './label-template.ts';

test('every faulty line is told with its number and its first fault', () => {
  const source = [
    '# a remark',
    'label 50 x 30',
    'txet 1 1 "{name}"',
    'text 1 1 "{nmae}"',
    'rule 1 1',
    'text 1 1 "',
  ];
  expect(labelTemplateProblems(source.join('\n'))).toEqual([
    { code: 'UNKNOWN_WORD', line: 3, word: 'txet' },
    { code: 'UNKNOWN_FIELD', line: 4, word: 'nmae' },
    { code: 'UNCLOSED_QUOTE', line: 6 },
  ]);
});

test('without a size, or too long, nothing else is told', () => {
  expect(labelTemplateProblems('txet')).toEqual([{ code: 'NO_SIZE' }]);
  expect(labelTemplateProblems('label 50 by 30\ntxet')).toEqual([{ code: 'MISSING', line: 1, what: 'size' }]);
  expect(labelTemplateProblems(`label 50 x 30\n${'rule 1 1\n'.repeat(41)}`)).toEqual([{ code: 'TOO_LONG' }]);
});

test('there are none exactly where the template can be read', () => {
  const line = fc.constantFrom(
    ...shelfLabel.split('\n'),
    'rule 1 1',
    'text 60 1 "x"',
    'qr 1',
    '# x',
    'code 1 1 "',
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
      const source = lines.join('\n');
      expect(labelTemplateProblems(source).length === 0).toBe(parseLabelTemplate(source).ok);
    }),
    { seed: 20_261_123 },
  );
});
