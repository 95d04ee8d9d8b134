import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parseScan } from './scan.ts';
import type { Scan } from './scan-types.ts';

const FOLDER = fileURLToPath(new URL('../../../shared/data/gs1/', import.meta.url));
if (!existsSync(FOLDER)) console.warn('GS1 vectors not at hand: running the small set of our own');
const options = { todayYear: 2026 };

type ScanVector = {
  readonly scan: string;
  readonly ok: boolean;
  readonly hri?: readonly string[];
  readonly error?: string;
};
type BracketedVector = { readonly bracketed: string; readonly ok: boolean; readonly dataStr: string };
type AiVector = { readonly dataStr: string; readonly ok: boolean };
type SchemeVector = {
  readonly scan: string;
  readonly scheme: string;
  readonly expect: Readonly<Record<string, string>> | null;
};

/** A vector file, or our own few when there is none. */
function vectors<T>(file: string, own: readonly T[]): readonly T[] {
  return existsSync(FOLDER + file) ? JSON.parse(readFileSync(FOLDER + file, 'utf8')) : own;
}

function parsed(raw: string): Scan | null {
  const result = parseScan(raw, options);
  return result.ok ? result.value : null;
}

/** `01 034…` by AI, from the vectors' human readable lines or from our elements. */
const fromLines = (lines: readonly string[]) =>
  Object.fromEntries(lines.map((line) => /^\((\d+)\) (.*)$/.exec(line)?.slice(1) ?? ['?', line]));
const elementsOf = (scan: Scan | null) => (scan?.scheme === 'gs1' ? scan.elements : undefined);

describe.each([
  [
    'gs1_unit_scan_vectors.json',
    [
      { scan: ']d1TESTING', ok: true, hri: [] },
      { scan: ']Q3', ok: false },
      {
        scan: ']e0010952123454321310ABC\u001d99X',
        ok: true,
        hri: ['(01) 09521234543213', '(10) ABC', '(99) X'],
      },
      { scan: ']C1010952123454321410ABC\u001d99X', ok: false },
      { scan: ']E09521234543213', ok: true, hri: [] },
      {
        scan: ']E09521234543213|]e099C\u001d98X',
        ok: true,
        hri: ['(01) 09521234543213', '(99) C', '(98) X'],
      },
    ],
  ],
  [
    'pharma_scan_vectors.json',
    [
      {
        scan: ']d2010340093010827717280100\u001d10AB',
        ok: true,
        hri: ['(01) 03400930108277', '(17) 280100', '(10) AB'],
      },
      { scan: ']d201034009301082771728023010AB', ok: false },
      { scan: ']d2010340093010827017280100', ok: false },
    ],
  ],
] as const)('%s', (file, own) => {
  test.each(vectors<ScanVector>(file, own).map((vector) => [vector.scan, vector] as const))(
    '%j',
    (raw, vector) => {
      const scan = parsed(raw);
      expect(scan !== null).toBe(vector.ok);
      if (!scan || !vector.hri?.length) return;
      // A composite's linear part is our (01); the vectors list the composite alone.
      const linear = raw.includes('|]e0') && scan.gtin14 ? { '01': scan.gtin14 } : {};
      expect(elementsOf(scan)).toEqual({ ...linear, ...fromLines(vector.hri) });
    },
  );
});

describe('bracketed_vectors.json', () => {
  const own = [
    { bracketed: '(01)09521234543213(10)A\\(', ok: true, dataStr: '^010952123454321310A(' },
    { bracketed: '(10)(11)990101', ok: false, dataStr: '' },
  ];
  test.each(
    vectors<BracketedVector>('bracketed_vectors.json', own).map(
      (vector) => [vector.bracketed, vector] as const,
    ),
  )('%s', (raw, vector) => {
    const scan = parsed(raw);
    expect(scan !== null).toBe(vector.ok);
    // The same elements as the element string that the vector gives for it.
    if (scan) expect(elementsOf(scan)).toEqual(elementsOf(parsed(vector.dataStr)));
  });
});

describe('processAI_vectors.json', () => {
  const own = [
    { dataStr: '^0109521234543213^99A', ok: true },
    { dataStr: '0109521234543213', ok: true },
    { dataStr: '^99~A', ok: false },
    { dataStr: '^423528', ok: true },
    { dataStr: '^4235285', ok: false },
  ];
  test.each(
    vectors<AiVector>('processAI_vectors.json', own).map((vector) => [vector.dataStr, vector] as const),
  )('%j', (raw, vector) => {
    expect(parsed(raw) !== null).toBe(vector.ok);
    // The caret stands for FNC1; a scanner with identifiers sends GS.
    if (raw.startsWith('^'))
      expect(parsed(`]d2${raw.slice(1).replaceAll('^', '\u001d')}`) !== null).toBe(vector.ok);
  });
});

describe('other_schemes.json', () => {
  const own = [
    { scan: ']A0-03752864', scheme: 'PZN', expect: { pzn: '03752864' } },
    { scan: ']A0-03752865', scheme: 'PZN', expect: null },
    {
      scan: ']A0+A123BJC5D6E71G',
      scheme: 'HIBC',
      expect: { lic: 'A123', pcn: 'BJC5D6E7', uom: '1', check: 'G' },
    },
  ];
  test.each(vectors<SchemeVector>('other_schemes.json', own).map((vector) => [vector.scan, vector] as const))(
    '%j',
    (raw, vector) => {
      const scan = parsed(raw);
      if (vector.expect === null) return expect(scan).toBeNull();
      const { expiry, ...same } = vector.expect;
      return expect(scan).toMatchObject(expiry === undefined ? same : { ...same, expiresOn: expiry });
    },
  );
});
