import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normaliseBatchCode } from './batch.ts';

test.each([
  ['kx 220-a', 'KX220-A'],
  [' LOT\t7 ', 'LOT7'],
  ['ＡＢ１', 'AB1'],
  ['a/b.c_1', 'A/B.C_1'],
  ['e\u0301t', 'ÉT'],
])('%j names the batch %s', (text, code) => {
  expect(normaliseBatchCode(text)).toEqual({ ok: true, value: code });
});

test.each([
  ['', 'empty-batch-code'],
  [' \u00a0', 'empty-batch-code'],
  ['A\u001dB', 'bad-batch-code'],
  ['A\u200bB', 'bad-batch-code'],
  ['A\u202eB', 'bad-batch-code'],
  ['\ud800', 'bad-batch-code'],
  ['x'.repeat(41), 'batch-code-too-long'],
])('%j is refused as %s', (text, code) => {
  expect(normaliseBatchCode(text)).toEqual({ ok: false, error: { code, text } });
});

test('a letter that upper case takes apart is put together again', () => {
  expect(normaliseBatchCode('ΐ')).toEqual({ ok: true, value: 'Ϊ́'.normalize('NFKC') });
});

test('a normalised code stays as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 45 }), (text) => {
      const once = normaliseBatchCode(text);
      if (once.ok) expect(normaliseBatchCode(once.value)).toEqual(once);
    }),
    { seed: 23, numRuns: 3_000 },
  );
});
