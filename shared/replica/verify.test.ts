import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Change, genesisHash, openEnvelope, type Sealed, seal } from './changeset.ts';
import { sealKey, sealRows } from './log-seal.ts';
import { fakeChain, fakeHash, fakeSealer, fakeVerify } from './test-chain.ts';
import type { VerifyTools } from './verify.ts';
import { type JournalCopy, journalCheck, verifyJournal } from './verify-journal.ts';
import { type LogCopy, type LogRow, verifyLog } from './verify-log.ts';

const tools: VerifyTools = {
  ...{ sha256Hex: fakeHash, verify: fakeVerify, open: openEnvelope },
  keyOf: (device) => (device === 'nobody' ? null : 'key'),
};
const fact = (id: string): Change => ({ t: 'fact', op: 'insert', row: { id } });
const opened = (text: string) => {
  const envelope = openEnvelope(text);
  if (!envelope.ok) throw new Error(envelope.error.code);
  return envelope.value;
};

function journalOf(sealed: readonly Sealed[]): JournalCopy {
  const rows = sealed.map((one) => {
    const { device, inc, dseq, scope, type, hlc, at, body } = opened(one.text);
    const [change] = body.changes;
    const subjectId = change?.op === 'insert' ? String(change.row.id) : null;
    return {
      ...{ ...one, device, inc, dseq, scope, seq: null, type, hlc, madeAt: at },
      ...{ state: 'waiting', reason: null, subjectId },
    };
  });
  const last = rows.at(-1);
  return {
    rows,
    ends: [{ device: 'till', inc: 1, dseq: last?.dseq ?? 0, hash: last?.hash ?? genesisHash }],
  };
}
const journalTools = { ...tools, subjectOf: () => null };
const wrongIn = (copy: JournalCopy) =>
  verifyJournal(copy, journalTools).map(({ dseq, what, detail }) => `${dseq} ${what} ${detail}`.trim());

/** A log of one scope: HQ's own changesets and a till's in turns, sealed at the end where asked. */
function logOf(count: number, sealed = false): LogCopy {
  const [hq, till] = [fakeChain({ device: 'hq' }), fakeChain()];
  const rows = Array.from({ length: count }, (_, i) =>
    logRow((i % 2 ? hq : till).add([fact(`f${i}`)]), i + 1),
  );
  const value = sealRows('store:a', rows, fakeHash);
  if (sealed) {
    const change: Change = { t: 'setting', op: 'set', id: 's', cols: { key: sealKey, value } };
    rows.push(logRow(hq.add([change]), count + 1));
  }
  return {
    rows,
    quarantine: [],
    answers: rows.map(({ device, inc, dseq, hash }) => ({
      ...{ device, inc, dseq, hash, verdict: 'accepted', reason: null },
    })),
    ends: [
      { device: 'hq', inc: 1, ...hq.head() },
      { device: 'till', inc: 1, ...till.head() },
    ],
    heads: new Map([['store:a', rows.length]]),
    hq: { device: 'hq', inc: 1, epoch: 'e1' },
  };
}
function logRow(one: Sealed, seq: number): LogRow {
  const { device, inc, dseq, scope, type, v, hlc, at } = opened(one.text);
  return {
    ...{ ...one, device, inc, dseq, scope, seq, type, v },
    ...{ epoch: 'e1', effHlc: hlc, atMicros: at * 1_000, counted: null },
  };
}
const edited = (copy: LogCopy, seq: number, over: Partial<LogRow>): LogCopy => ({
  ...copy,
  rows: copy.rows.map((row) => (row.seq === seq ? { ...row, ...over } : row)),
});
const wrongOf = (copy: LogCopy) =>
  verifyLog(copy, tools).map(({ seq, what, detail }) => `${seq} ${what} ${detail}`.trim());

describe('a journal', () => {
  const chain = fakeChain();
  const sealed = Array.from({ length: 6 }, (_, i) => chain.add([fact(`sale ${i}`)]));
  const copy = journalOf(sealed);

  test('is whole as it was made', () => {
    expect(wrongIn(copy)).toEqual([]);
    expect(wrongIn(journalOf([]))).toEqual([]);
  });
  test('tells a changeset taken out, and an end cut off', () => {
    expect(wrongIn({ ...copy, rows: copy.rows.filter(({ dseq }) => dseq !== 3) })).toEqual([
      '4 MISSING 3 to 3',
    ]);
    expect(wrongIn({ ...copy, rows: copy.rows.slice(0, 4) })).toEqual(['6 MISSING 5 to 6']);
    expect(wrongIn({ ...copy, rows: [] })).toEqual(['6 MISSING the whole chain']);
    expect(wrongIn({ ...copy, ends: [] })).toEqual(['6 HEAD_DIFFERS no end is written down']);
  });
  test('made anew to its end without the device’s key has no signature that holds', () => {
    const forger = fakeChain({ key: 'another' });
    const forged = journalOf(sealed.map((_, i) => forger.add([fact(`forged ${i}`)])));
    expect(wrongIn(forged)).toEqual([1, 2, 3, 4, 5, 6].map((dseq) => `${dseq} BAD_SIGNATURE`));
  });
  test('whose signer skips its predecessor is broken although every signature is good', () => {
    const envelope = { ...opened(sealed[3]?.text ?? ''), prevHash: sealed[1]?.hash ?? '' };
    const relinked = journalOf([
      ...sealed.slice(0, 3),
      seal(envelope, fakeSealer('key')),
      ...sealed.slice(4),
    ]);
    expect(wrongIn(relinked)).toEqual(['4 CHAIN_BROKEN', '5 CHAIN_BROKEN']);
  });
  test('in pieces, however they fall, tells what the whole tells: rows gone, changed or cut off', () => {
    const places = (findings: readonly { dseq: number | null; what: string; detail: string }[]) =>
      findings.map(({ dseq, what, detail }) => `${dseq} ${what} ${detail}`).sort();
    fc.assert(
      fc.property(
        fc.array(fc.nat(5), { maxLength: 4 }),
        fc.subarray([0, 1, 2, 3, 4, 5]),
        fc.constantFrom('text', 'subjectId', 'made', 'none'),
        (cuts, kept, change) => {
          const rows = copy.rows
            .filter((_, i) => kept.includes(i))
            .map((row, i) => {
              if (i !== 1 || change === 'none') return row;
              if (change === 'text') return { ...row, text: `${row.text} ` };
              return change === 'made' ? { ...row, madeAt: 5 } : { ...row, subjectId: 'another' };
            });
          const check = journalCheck(journalTools);
          const ends = [0, ...cuts.toSorted((a, b) => a - b), rows.length];
          const found = ends.slice(1).flatMap((to, i) => check.take(rows.slice(ends[i], to)));
          const whole = verifyJournal({ ...copy, rows }, journalTools);
          expect(places([...found, ...check.end(copy.ends)])).toEqual(places(whole));
        },
      ),
      { numRuns: 300, seed: 2 },
    );
  });
  test('tells any character of any text that is another, at its changeset', () => {
    fc.assert(
      fc.property(fc.nat(5), fc.nat(), (row, n) => {
        const rows = copy.rows.map((one, i) => {
          if (i !== row) return one;
          const at = n % one.text.length;
          const other = String.fromCharCode(one.text.charCodeAt(at) ^ 1);
          return { ...one, text: `${one.text.slice(0, at)}${other}${one.text.slice(at + 1)}` };
        });
        expect(wrongIn({ ...copy, rows })).toContain(`${row + 1} NOT_AS_HASHED`);
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});

describe('a log', () => {
  test('is whole as it was written, sealed or not', () => {
    expect(wrongOf(logOf(8))).toEqual([]);
    expect(wrongOf(logOf(8, true))).toEqual([]);
  });
  test('two numbers changed for each other are found by the seal, at both', () => {
    const copy = logOf(8, true);
    const swapped = copy.rows.map((row) =>
      row.seq === 3 ? { ...row, seq: 4 } : row.seq === 4 ? { ...row, seq: 3 } : row,
    );
    expect(wrongOf({ ...copy, rows: swapped })).toEqual([
      expect.stringMatching(/^3 NOT_AS_SEALED/),
      expect.stringMatching(/^4 NOT_AS_SEALED/),
    ]);
    const bare = logOf(8);
    const loose = bare.rows.map((row) =>
      row.seq === 3 ? { ...row, seq: 4 } : row.seq === 4 ? { ...row, seq: 3 } : row,
    );
    expect(wrongOf({ ...bare, rows: loose })).toEqual([]);
  });
  test('a stamp or a time of arrival that is another is found by the seal, and beyond it by HQ’s own bounds', () => {
    const copy = logOf(8, true);
    const [first] = copy.rows;
    const earlier = `0${first?.effHlc.slice(1)}`.replace(/.$/, '1');
    expect(wrongOf(edited(copy, 1, { effHlc: earlier }))).toContainEqual(
      expect.stringMatching(/^1 NOT_AS_SEALED/),
    );
    expect(wrongOf(edited(copy, 1, { atMicros: 5 }))).toContainEqual(
      expect.stringMatching(/^1 NOT_AS_SEALED/),
    );
    expect(wrongOf(edited(logOf(8), 1, { effHlc: 'f'.repeat(16) }))).toEqual(['1 TIME_DIFFERS eff_hlc']);
  });
  test('a movement said to be counted before that was not is found', () => {
    const copy = edited(logOf(8), 3, { counted: '["f2"]' });
    expect(wrongOf(copy)).toEqual(['3 COUNTED_DIFFERS']);
  });
  test('an epoch that HQ never had is found, first, last or between', () => {
    for (const seq of [1, 4, 8])
      expect(wrongOf(edited(logOf(8), seq, { epoch: 'e0' }))).toContainEqual(`${seq} EPOCH_DIFFERS e0`);
  });
  test('an HQ that was restored once has two epochs', () => {
    const copy = logOf(8);
    const rows = copy.rows.map((row) => (row.seq < 5 ? { ...row, epoch: 'e0' } : row));
    expect(wrongOf({ ...copy, rows, hq: { ...copy.hq, inc: 2 } })).toEqual([]);
  });
  test('a refused changeset fills its place in the chain; refused and logged differ in HQ’s answer', () => {
    const copy = logOf(8);
    const [first, ...rest] = copy.rows;
    if (!first) throw new Error('a log of eight has a first');
    const held = { ...first, id: 'till/1/1', reason: 'BAD_ROW', state: 'open', scope: 'store:a' };
    const moved = {
      ...copy,
      rows: rest.map((row) => ({ ...row, seq: row.seq - 1 })),
      heads: new Map([['store:a', 7]]),
    };
    const answers = copy.answers.map((answer) =>
      answer.hash === first.hash ? { ...answer, verdict: 'refused', reason: 'BAD_ROW' } : answer,
    );
    expect(wrongOf({ ...moved, quarantine: [{ ...held, seq: null }], answers })).toEqual([]);
    expect(wrongOf({ ...moved, quarantine: [{ ...held, seq: null }] })).toEqual([
      'null ANSWER_DIFFERS verdict or reason',
    ]);
  });
});
