import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Change, type Envelope, genesisHash, openEnvelope, type Sealed } from './changeset.ts';
import { type IntakeRules, type IntakeState, planIntake, rowKey } from './plan.ts';
import { fakeChain, fakeHash, fakeVerify } from './test-chain.ts';

const NOW = 1_000_000_000;
const fact = (id: string, more: object = {}): Change => ({
  t: 'fact',
  op: 'insert',
  row: { id, store: 'a', ...more },
});
const edit = (id: string, cols: object = { store: 'a' }): Change => ({
  t: 'register',
  op: 'set',
  id,
  cols: { ...cols },
});

const rules: IntakeRules = {
  sha256Hex: fakeHash,
  verify: fakeVerify,
  open: openEnvelope,
  isFact: (table) => table === 'fact',
  tillWrites: (table) => table !== 'hq-only',
  problemOf: (change, present) =>
    change.op === 'insert'
      ? change.row.bad
        ? 'bad'
        : null
      : change.op !== 'set' && !present
        ? 'no such row'
        : null,
  scopeOf: (_table, row) => (typeof row.store === 'string' ? `store:${row.store}` : null),
  canonical: (row) => JSON.stringify(Object.entries(row).sort()),
  missingRight: ({ actor }) => (actor === 'stranger' ? 'sales.sell' : null),
  noteworthy: (change, present) =>
    change.op === 'set' && present !== null && change.cols.odd === true ? 'ODD' : null,
};
const fresh: IntakeState = {
  nowMs: NOW,
  device: { id: 'till', inc: 1, publicKey: 'key', scopes: new Set(['store:a']), revoked: false },
  head: null,
  ...{ seen: new Map(), facts: new Map(), registers: new Map(), unstorable: new Map() },
};
const plan = (batch: readonly Sealed[], state: Partial<IntakeState> = {}) =>
  planIntake({ ...fresh, ...state }, batch, rules);
function effectsOf(batch: readonly Sealed[], state: Partial<IntakeState> = {}) {
  const planned = plan(batch, state);
  if (!planned.ok) throw new Error(planned.problem.code);
  return planned.effects;
}
const words = (batch: readonly Sealed[], state: Partial<IntakeState> = {}) =>
  effectsOf(batch, state).verdicts.map((v) => v.reason ?? v.verdict);
/** The state after a batch, as an interpreter keeps it. */
function stateAfter(state: IntakeState, batch: readonly Sealed[]): IntakeState {
  const { verdicts, head, accepted } = effectsOf(batch, state);
  const seen = new Map(state.seen);
  for (const { dseq, verdict, reason } of verdicts) {
    const sealed = batch.find((one) => envelopeOf(one).dseq === dseq);
    if (verdict !== 'duplicate')
      seen.set(dseq, { hash: sealed?.hash ?? '', verdict, reason: reason ?? null });
  }
  const facts = new Map(state.facts);
  for (const { envelope } of accepted)
    for (const change of envelope.body.changes)
      if (change.op === 'insert') facts.set(rowKey(change.t, String(change.row.id)), change.row);
  return { ...state, seen, head, facts };
}
function envelopeOf({ text }: Sealed): Envelope {
  const opened = openEnvelope(text);
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value;
}

describe('the chain', () => {
  test('a batch of its own is accepted in order and the head moves to its end', () => {
    const chain = fakeChain();
    const batch = [chain.add([fact('1')]), chain.add([fact('2')])];
    expect(effectsOf(batch)).toMatchObject({
      verdicts: [
        { dseq: 1, verdict: 'accepted' },
        { dseq: 2, verdict: 'accepted' },
      ],
      head: chain.head(),
      ackedThrough: 2,
    });
    expect(effectsOf([])).toMatchObject({ verdicts: [], head: null, ackedThrough: 0 });
  });

  test('a duplicate is answered as before', () => {
    const chain = fakeChain();
    const batch = [chain.add([fact('1')]), chain.add([edit('r', {})])];
    const state = stateAfter(fresh, batch);
    expect(effectsOf(batch, state)).toMatchObject({
      verdicts: [
        { dseq: 1, verdict: 'duplicate', first: 'accepted' },
        { dseq: 2, verdict: 'duplicate', first: 'refused', reason: 'FOREIGN_SCOPE' },
      ],
      accepted: [],
      refused: [],
      ackedThrough: 2,
    });
  });

  test('fork: the same number with another content, or a chain that does not continue', () => {
    const chain = fakeChain();
    const state = stateAfter(fresh, [chain.add([fact('1')]), chain.add([fact('2')])]);
    const other = fakeChain();
    expect(plan([other.add([fact('9')])], state)).toEqual({ ok: false, problem: { code: 'FORK', dseq: 1 } });
    other.add([fact('8')]);
    expect(plan([other.add([fact('7')])], state)).toEqual({ ok: false, problem: { code: 'FORK', dseq: 3 } });
  });

  test('gap: the batch begins past the head, or leaves one out', () => {
    const chain = fakeChain();
    const [one, two, three] = [chain.add([fact('1')]), chain.add([fact('2')]), chain.add([fact('3')])];
    expect(plan([two])).toEqual({ ok: false, problem: { code: 'GAP', after: 0, hash: genesisHash } });
    expect(plan([one, three])).toEqual({ ok: false, problem: { code: 'GAP', after: 1, hash: one.hash } });
    expect(plan([two], stateAfter(fresh, [one])).ok).toBe(true);
  });

  test('forged: another key, another device or incarnation, or one character changed', () => {
    const forged = { ok: false, problem: { code: 'FORGED' } };
    expect(plan([fakeChain({ key: 'other' }).add([fact('1')])])).toEqual(forged);
    expect(plan([fakeChain({ device: 'else' }).add([fact('1')])])).toEqual(forged);
    expect(plan([fakeChain({ inc: 2 }).add([fact('1')])])).toEqual(forged);
    const chain = fakeChain();
    const [first, second] = [chain.add([fact('1')]), chain.add([fact('2')])];
    expect(plan([{ ...first, text: first.text.replace('ann', 'bob') }, second])).toEqual(forged);
  });

  test('a forged changeset does not hide before a genuine one played again', () => {
    const chain = fakeChain();
    const genuine = chain.add([fact('1')]);
    const state = stateAfter(fresh, [genuine]);
    const forger = fakeChain({ key: 'other' });
    forger.add([fact('1')]);
    const forgery = forger.add([fact('2')], { prevHash: genuine.hash });
    expect(plan([forgery, genuine], state).ok).toBe(false);
  });
});

describe('refusals', () => {
  test('each with its reason, holding up nothing', () => {
    const chain = fakeChain();
    const batch = [
      chain.add([{ t: 'hq-only', op: 'set', id: 'x', cols: {} }]),
      chain.add([{ t: 'fact', op: 'set', id: 'x', cols: {} }]),
      chain.add([fact('1', { bad: true })]),
      chain.add([fact('1', { store: 'b' })]),
      chain.add([fact('1')], { scope: 'store:b' }),
      chain.add([fact('1'), fact('2', { store: null })]),
      chain.add([fact('1')]),
    ];
    expect(words(batch)).toEqual([
      'NOT_YOURS_TO_WRITE',
      'WRONG_OPERATION',
      'BAD_ROW',
      'FOREIGN_SCOPE',
      'FOREIGN_SCOPE',
      'FOREIGN_SCOPE',
      'accepted',
    ]);
  });

  test('an unreadable text that continues the chain is refused, and the chain goes on behind it', () => {
    const chain = fakeChain();
    const odd = chain.add([{ t: 'fact', op: 'upsert' } as never]);
    expect(words([odd, chain.add([fact('1')])])).toEqual(['UNREADABLE', 'accepted']);
  });

  test('what the database would not store is refused by its words', () => {
    const chain = fakeChain();
    const batch = [chain.add([fact('1')]), chain.add([fact('2')])];
    const { refused, accepted } = effectsOf(batch, { unstorable: new Map([[1, 'fact_positive']]) });
    expect(refused).toMatchObject([{ dseq: 1, reason: 'BAD_ROW', detail: 'fact_positive' }]);
    expect(accepted).toHaveLength(1);
  });

  test('an edit that names no store has its row’s, and reaches no other', () => {
    const registers = new Map([
      [rowKey('register', 'own'), { id: 'own', store: 'a' }],
      [rowKey('register', 'foreign'), { id: 'foreign', store: 'b' }],
    ]);
    const chain = fakeChain();
    const batch = [
      chain.add([edit('own', { x: 1 })]),
      chain.add([edit('foreign', { x: 1 })]),
      chain.add([edit('foreign', { store: 'a' })]),
      chain.add([{ t: 'register', op: 'delete', id: 'foreign' }]),
      chain.add([edit('unknown', { x: 1 })]),
      chain.add([edit('made', { store: 'a' })]),
      chain.add([edit('made', { x: 1 })]),
      chain.add([{ t: 'register', op: 'delete', id: 'nothing' }]),
    ];
    expect(words(batch, { registers })).toEqual([
      'accepted',
      'FOREIGN_SCOPE',
      'FOREIGN_SCOPE',
      'FOREIGN_SCOPE',
      'FOREIGN_SCOPE',
      'accepted',
      'accepted',
      'BAD_ROW',
    ]);
  });

  test('a fact with the id of another is refused, also within one batch; the same fact twice is not', () => {
    const chain = fakeChain();
    const batch = [chain.add([fact('1')]), chain.add([fact('1')]), chain.add([fact('1', { x: 2 })])];
    expect(words(batch)).toEqual(['accepted', 'accepted', 'FACT_DIFFERS']);
    const facts = new Map([[rowKey('fact', '1'), { id: '1', store: 'a', x: 2 }]]);
    expect(words(batch, { facts })).toEqual(['FACT_DIFFERS', 'FACT_DIFFERS', 'accepted']);
  });

  test('a fact of a refused changeset does not count as known', () => {
    const chain = fakeChain();
    const batch = [
      chain.add([fact('1', { x: 1 }), fact('2', { bad: true })]),
      chain.add([fact('1', { x: 2 })]),
    ];
    expect(words(batch)).toEqual(['BAD_ROW', 'accepted']);
  });
});

describe('authority', () => {
  test('facts are taken and flagged, edits alone are refused', () => {
    const chain = fakeChain({ actor: 'stranger' });
    expect(
      words([chain.add([fact('1')]), chain.add([fact('2'), edit('r')]), chain.add([edit('r')])]),
    ).toEqual(['MISSING_RIGHT sales.sell', 'MISSING_RIGHT sales.sell', 'MISSING_RIGHT']);
  });

  test('a revoked device’s work and a clock ahead are flagged, never refused', () => {
    const device = { ...fresh.device, revoked: true };
    expect(effectsOf([fakeChain().add([fact('1')])], { device }).accepted).toMatchObject([
      { flag: 'DEVICE_REVOKED' },
    ]);
    const ahead = fakeChain().add([fact('1')], { at: NOW + 300_001 });
    expect(effectsOf([ahead]).accepted).toMatchObject([{ flag: 'CLOCK_AHEAD' }]);
    expect(effectsOf([fakeChain().add([fact('1')], { at: NOW + 300_000 })]).accepted).toMatchObject([
      { flag: null },
    ]);
  });

  test('what is odd about an edit is noted', () => {
    const chain = fakeChain();
    const batch = [chain.add([edit('r')]), chain.add([edit('r', { store: 'a', odd: true })])];
    expect(words(batch)).toEqual(['accepted', 'ODD']);
  });
});

describe('business transactions of several parts', () => {
  const parts = (chain: ReturnType<typeof fakeChain>, n: number) =>
    Array.from({ length: n }, (_, i) => chain.add([fact(`p${i}`)], { tx: 'whole', parts: n }));

  test('one that is cut off at the end of the batch waits for the next', () => {
    const chain = fakeChain();
    const before = chain.add([fact('1')]);
    const [first, second, third] = parts(chain, 3);
    if (!first || !second || !third) throw new Error('three parts');
    expect(effectsOf([before, first, second])).toMatchObject({ ackedThrough: 1, verdicts: [{ dseq: 1 }] });
    expect(words([before, first, second, third])).toEqual(['accepted', 'accepted', 'accepted', 'accepted']);
  });

  test('one that can never become whole is refused instead of holding up what follows', () => {
    const chain = fakeChain();
    const [first] = parts(chain, 2);
    if (!first) throw new Error('a part');
    const next = chain.add([fact('n')], { dseq: 2, prevHash: first.hash });
    expect(words([first])).toEqual(['INCOMPLETE_TRANSACTION']);
    expect(words([first, next])).toEqual(['INCOMPLETE_TRANSACTION', 'accepted']);
  });
});

test('however a chain is cut into batches and sent again, HQ ends with the same', () => {
  const chain = fakeChain();
  const all = Array.from({ length: 12 }, (_, i) =>
    chain.add(
      i % 5 === 4 ? [fact(`${i}`, { bad: true })] : [fact(`${i}`)],
      i % 4 === 3 ? { actor: 'stranger' } : {},
    ),
  );
  const whole = stateAfter(fresh, all);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(12), fc.integer({ min: 1, max: 12 })), { maxLength: 12 }),
      (cuts) => {
        let state = fresh;
        for (const [from, length] of [...cuts, [0, 12] as const]) {
          const start = Math.min(from, state.head?.dseq ?? 0);
          state = stateAfter(state, all.slice(start, start + length));
        }
        expect(state.head).toEqual(whole.head);
        expect([...state.seen].sort(([a], [b]) => a - b)).toEqual([...whole.seen]);
        expect(state.facts).toEqual(whole.facts);
      },
    ),
    { seed: 20260304 },
  );
});
