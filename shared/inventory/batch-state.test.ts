import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type BatchDecision, batchStatus } from './batch-state.ts';

const decision = (id: string, kind: BatchDecision['kind'], endsId: string | null = null): BatchDecision => ({
  ...{ id, kind, endsId },
});
const quarantine = decision('q', 'quarantine');
const recall = decision('r', 'recall');

test.each<[string, readonly BatchDecision[], string]>([
  ['nothing decided', [], 'sellable'],
  ['a quarantine', [quarantine], 'quarantined'],
  ['a quarantine released', [quarantine, decision('x', 'release', 'q')], 'sellable'],
  [
    'a second quarantine not released',
    [quarantine, decision('q2', 'quarantine'), decision('x', 'release', 'q')],
    'quarantined',
  ],
  ['a recall', [recall], 'recalled'],
  ['a recall lifted', [recall, decision('x', 'lift', 'r')], 'sellable'],
  ['a recall over a quarantine', [quarantine, recall], 'recalled'],
  ['a recall lifted over a quarantine', [quarantine, recall, decision('x', 'lift', 'r')], 'quarantined'],
  ['a release that names a recall', [recall, decision('x', 'release', 'r')], 'recalled'],
  ['a lift that names a quarantine', [quarantine, decision('x', 'lift', 'q')], 'quarantined'],
  ['a lift of another recall', [recall, decision('x', 'lift', 'r2')], 'recalled'],
  ['a release that names nothing', [quarantine, decision('x', 'release')], 'quarantined'],
])('%s', (_, decisions, status) => {
  expect(batchStatus(decisions)).toBe(status);
});

test('the order in which decisions are heard of changes nothing, nor does hearing one twice', () => {
  const kind = fc.constantFrom<BatchDecision['kind']>('quarantine', 'release', 'recall', 'lift');
  const anyDecision = fc
    .tuple(fc.nat(5), kind, fc.option(fc.nat(5)))
    .map(([id, of, ends]) => decision(`d${id}`, of, ends === null ? null : `d${ends}`));
  fc.assert(
    fc.property(
      fc
        .uniqueArray(anyDecision, { selector: (d) => d.id, maxLength: 6 })
        .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
      ([all, shuffled]) => {
        expect(batchStatus([...shuffled, ...all])).toBe(batchStatus(all));
      },
    ),
    { seed: 3, numRuns: 500 },
  );
});
