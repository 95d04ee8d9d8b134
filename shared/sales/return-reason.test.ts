import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readReason, reasonText, returnReasons } from './return-reason.ts';

test('a reason and its note come back out of what was stored', () => {
  fc.assert(
    fc.property(fc.constantFrom(...returnReasons), fc.string(), (reason, note) => {
      expect(readReason(reasonText({ reason, note }))).toEqual({ reason, note });
    }),
    { seed: 20261123 },
  );
  expect(readReason('damaged: seal: broken')).toEqual({ reason: 'damaged', note: 'seal: broken' });
});

test.each(['', 'batch-swap', 'damagedly', 'what the customer said: other'])('%j is a note alone', (text) => {
  expect(readReason(text)).toEqual({ reason: null, note: text });
});
