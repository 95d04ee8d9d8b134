import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GS, readThrough, type ScannerProfile } from '#shared/auth/scanner-profile.ts';
import { burstOptionsOf, createBurstDetector } from '../scanner/burst.ts';
import { strokesOfText } from '../scanner/stroke.ts';
import { type Layout, shown, strikeAs, typable } from './fake-wedge.ts';
import { learnScanner, type Unsure } from './learn.ts';
import { type TestCodeId, testCodeIds } from './test-codes.ts';

type Wedge = ScannerProfile & { readonly layout: Layout };

/** What people set scanners to: printable ASCII around the data. */
const around = (layout: Layout) =>
  fc
    .array(fc.constantFrom(...typable(layout).filter((char) => char > ' ' && char <= '~')), { maxLength: 4 })
    .map((chars) => chars.join(''));

const separators = fc.oneof(
  fc
    .constantFrom('raw', 'ctrl-]', 'f8', 'alt-029', 'missing')
    .map((separator) => ({ separator, separatorText: '' }) as const),
  fc
    .constantFrom('|', '~', '<GS>', '{FNC1}')
    .map((separatorText) => ({ separator: 'text', separatorText }) as const),
);

const scanners: fc.Arbitrary<Wedge> = fc.constantFrom('us', 'fr', 'de').chain((layout: Layout) =>
  fc
    .record({
      layout: fc.constant(layout),
      prefix: around(layout),
      aim: fc.boolean(),
      inner: around(layout),
      suffix: around(layout),
      end: fc.constantFrom('Enter', 'Tab', 'none'),
    })
    .chain((set) =>
      separators
        .filter(({ separatorText }) => [...separatorText].every((char) => typable(layout).includes(char)))
        // Without an identifier between them the two are one prefix.
        .map((separator) => ({ ...set, ...separator, inner: set.aim ? set.inner : '' })),
    ),
);
const tillLayouts = fc.constantFrom<Layout>('us', 'fr', 'de');
const runs = { seed: 20261123, numRuns: 1500 };

describe('from all three codes', () => {
  test('every prefix, suffix, identifier, separator, end and layout is learnt, at a till of any layout', () => {
    fc.assert(
      fc.property(scanners, tillLayouts, (set, till) => {
        expect(learnScanner(read(set, till, testCodeIds))).toEqual({
          ok: true,
          value: { profile: set, unsure: [] },
        });
      }),
      runs,
    );
  });

  test('every combination of end, identifier, separator and layout is', () => {
    for (const layout of ['us', 'fr', 'de'] as const)
      for (const till of ['us', 'fr', 'de'] as const)
        for (const end of ['Enter', 'Tab', 'none'] as const)
          for (const aim of [true, false])
            for (const separator of ['raw', 'ctrl-]', 'f8', 'alt-029', 'missing'] as const) {
              const set = { ...plainScanner, layout, aim, end, separator };
              expect(learnScanner(read(set, till, testCodeIds))).toMatchObject({ value: { profile: set } });
            }
  });

  test('what is learnt reads later scans to the letter', () => {
    const later = { aim: ']d2', data: `0103400936403114${'10'}aZ-9y${GS}17281231` };
    fc.assert(
      fc.property(scanners, tillLayouts, (set, till) => {
        const learnt = learnScanner(read(set, till, testCodeIds));
        if (!learnt.ok) throw new Error(learnt.error.code);
        const { profile } = learnt.value;
        const lost = set.separator === 'missing' ? '' : GS;
        const text = (set.aim ? later.aim : '') + later.data.replace(GS, lost);
        expect(readThrough(profile, scanWith(profile, set, till, later))).toBe(text);
      }),
      runs,
    );
  });
});

describe('from fewer', () => {
  test('what is learnt wrong is said to be unsure', () => {
    const some = fc.subarray([...testCodeIds], { minLength: 1, maxLength: 2 });
    fc.assert(
      fc.property(scanners, tillLayouts, some, (set, till, codes) => {
        const learnt = learnScanner(read(set, till, codes));
        if (!learnt.ok) throw new Error(learnt.error.code);
        const { profile, unsure } = learnt.value;
        const wrong: (readonly [boolean, readonly Unsure[]])[] = [
          [profile.layout !== set.layout, ['layout']],
          [surroundings(profile) !== surroundings(set), ['identifier', 'layout']],
          [separatorsOf(profile) !== separatorsOf(set), ['separator', 'layout']],
        ];
        for (const [differs, said] of wrong)
          if (differs) expect(said.some((part) => unsure.includes(part))).toBe(true);
      }),
      runs,
    );
  });

  test('digits alone do not tell QWERTY from QWERTZ, nor an identifier from a prefix', () => {
    const learnt = learnScanner(read(plainScanner, 'us', ['ean']));
    expect(learnt).toMatchObject({ value: { unsure: ['layout', 'separator'] } });
    const prefixed = learnScanner(read({ ...plainScanner, prefix: ']E0', aim: false }, 'us', ['ean']));
    expect(prefixed).toMatchObject({ value: { profile: { aim: true, prefix: '' } } });
    expect(prefixed.ok && prefixed.value.unsure).toContain('identifier');
  });
});

describe('a scanner that cannot be learnt', () => {
  test.each([
    ['another code', '4006381333931', 'UNREADABLE'],
    ['other case', shown.code128.data.toUpperCase(), 'CASE'],
  ])('is told: %s', (_, text, code) => {
    const readings = [{ code: 'code128', strokes: strokesOfText(text) }] as const;
    expect(learnScanner(readings)).toEqual({ ok: false, error: { code, at: 'code128' } });
  });

  test('is told when it keeps the check digit', () => {
    const readings = [{ code: 'ean', strokes: strokesOfText(shown.ean.data.slice(0, -1)) }] as const;
    expect(learnScanner(readings)).toEqual({ ok: false, error: { code: 'CHECK_DIGIT', at: 'ean' } });
  });

  test('is told when it sends identifiers of its maker', () => {
    const own = { code128: 'j', dataMatrix: 'w', ean: 'd' };
    const readings = testCodeIds.map((code) => ({
      code,
      strokes: strokesOfText(own[code] + shown[code].data),
    }));
    expect(learnScanner(readings)).toEqual({ ok: false, error: { code: 'VARIES' } });
  });
});

test('text from a serial line is learnt as typed', () => {
  const readings = testCodeIds.map((code) => ({
    code,
    strokes: strokesOfText(`*${shown[code].aim}${shown[code].data}`),
  }));
  expect(learnScanner(readings)).toMatchObject({
    value: { profile: { layout: 'as-typed', prefix: '*', aim: true, separator: 'raw' }, unsure: [] },
  });
});

const plainScanner: Wedge = {
  layout: 'us',
  prefix: '',
  aim: false,
  inner: '',
  suffix: '',
  end: 'Enter',
  separator: 'ctrl-]',
  separatorText: '',
};

const surroundings = ({ prefix, aim, inner, suffix }: ScannerProfile) =>
  JSON.stringify([prefix, aim, inner, suffix]);
const separatorsOf = ({ separator, separatorText }: ScannerProfile) => separator + separatorText;

const read = (set: Wedge, till: Layout, codes: readonly TestCodeId[]) =>
  codes.map((code) => ({ code, strokes: strikeAs(set, till, shown[code]) }));

/** The text that the burst detector makes of a scan, once it knows the scanner. */
function scanWith(
  profile: ScannerProfile,
  set: Wedge,
  till: Layout,
  code: { aim: string; data: string },
): string {
  const detector = createBurstDetector(burstOptionsOf(profile));
  const scans: (string | null)[] = [];
  let atMs = 0;
  const last = strikeAs(set, till, code);
  for (const [i, stroke] of last.entries()) {
    atMs += 3;
    scans.push(detector.feed({ ...stroke, type: 'down', atMs, editable: false }).scan);
    if (stroke.alt && !last[i + 1]?.alt)
      detector.feed({ ...stroke, type: 'up', key: 'Alt', code: 'AltLeft', atMs, editable: false });
  }
  scans.push(detector.idle().scan);
  return scans.filter((scan) => scan !== null).join('!');
}
