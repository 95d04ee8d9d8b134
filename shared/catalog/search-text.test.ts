import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codeKey, fold, scanWords } from './search-text.ts';
import { letterPairs, maxEdits, wordDistance } from './search-text-distance.ts';
import { createDocumenter } from './search-text-document.ts';
import { marksIn } from './search-text-marks.ts';
import { parseQuery } from './search-text-query.ts';

const texts = (text: string) => scanWords(text).map((w) => w.text);

describe('words', () => {
  test('case, accents and ligatures make no difference', () => {
    expect(texts('ŒSTROGEL Æther Gélule straße')).toEqual(['oestrogel', 'aether', 'gelule', 'strasse']);
    expect(fold('Paracétamol')).toBe(fold('PARACE\u0301TAMOL'));
  });

  test('spellings of one Arabic letter, vowel points and digits make no difference', () => {
    expect(texts('أَسْبِرِين')).toEqual(texts('اسبرين'));
    expect(texts('حبة')).toEqual(texts('حبه'));
    expect(texts('باراسيتامول ٥٠٠')).toEqual(['باراسيتامول', '500']);
  });

  test('numbers lose their zeros, units their place, and dots their abbreviations', () => {
    expect(texts('0500mg 1,00 0,50 L.P. B12 5-FU')).toEqual([
      '500',
      'mg',
      '1',
      '0.5',
      'lp',
      'b12',
      '5',
      'fu',
    ]);
  });

  test('any text gives words without spaces, in order, within the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        let last = 0;
        for (const word of scanWords(text)) {
          expect(word.text).not.toMatch(/^$|\s/);
          expect(word.start).toBeGreaterThanOrEqual(last);
          expect(word.end).toBeGreaterThan(word.start);
          last = word.end;
        }
        expect(last).toBeLessThanOrEqual(text.length);
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  test('the short way for Latin text gives what the long way gives', () => {
    const letters = fc.constantFrom(...'aZ9.,- éÀçœß\u00a0µ\u0301Łıİ\u0149'.split(''));
    fc.assert(
      fc.property(fc.string({ unit: letters, maxLength: 20 }), (text) => {
        // A letter of another script at the end forces the long way.
        expect(scanWords(text)).toEqual(scanWords(`${text} ж`).slice(0, -1));
      }),
      { seed: 6, numRuns: 5000 },
    );
  });

  test('a code is its letters and digits', () => expect(codeKey('AB-12 34')).toBe('ab1234'));
});

describe('a document', () => {
  const document = createDocumenter()({
    brand: 'DOLIPRANE 1 000 mg, comprimé sécable',
    generics: [{ name: 'PARACÉTAMOL', strength: '1 000 mg' }],
    form: 'comprimé sécable',
    holder: 'SANOFI',
    label: 'plaquette de 16 comprimés',
    packSize: 16,
    codes: ['gtin:03400930000011', 'sku:AB-77'],
  });

  test('has names without strength and form', () => {
    expect(document.brandKey).toBe('doliprane');
    expect(document.generic).toBe('paracetamol');
    expect(document.codes).toBe('03400930000011 ab77');
  });

  test('has strengths in every way they are said', () => {
    for (const said of [' 1000 mg ', ' 1 g ', ' 16 ', ' comprime ', ' sanofi '])
      expect(document.words).toContain(said);
  });

  test('a brand that is nothing but form and number stays findable', () => {
    const water = {
      brand: 'Solution 5 %',
      generics: [],
      form: 'solution',
      holder: '',
      label: '',
      packSize: 1,
      codes: [],
    };
    expect(createDocumenter()(water).brandKey).toBe('solution 5');
  });
});

describe('a query', () => {
  const query = (text: string) => parseQuery(text, (word) => 'solution'.startsWith(word));

  test('tells names from strengths, sizes and forms', () => {
    expect(query('paracet 500 bte 16')).toEqual({
      names: ['paracet'],
      attributes: ['500', '16'],
      code: null,
    });
    expect(query('dolip 500mg cpr x30')).toEqual({
      names: ['dolip'],
      attributes: ['500 mg', 'comprime', '30'],
      code: null,
    });
    expect(query('doliprane sol')).toEqual({ names: ['doliprane'], attributes: ['sol'], code: null });
    expect(query('sol')).toEqual({ names: ['sol'], attributes: [], code: null });
  });

  test('takes four digits alone for a code, also in groups', () => {
    expect(query('3400 930 00').code).toBe('340093000');
    expect(query('AB-1234').code).toBe('ab1234');
    expect(query('dolip 1000').code).toBeNull();
    expect(query('500').code).toBeNull();
  });

  test('is bounded whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        const { names, attributes, code } = query(text);
        expect(names.length).toBeLessThanOrEqual(6);
        expect(attributes.length).toBeLessThanOrEqual(4);
        expect([...names, ...attributes].every((w) => w.length <= 40)).toBe(true);
        expect((code ?? '').length).toBeLessThanOrEqual(60);
      }),
      { seed: 2, numRuns: 2000 },
    );
  });
});

describe('distance', () => {
  test.each([
    ['paracetmo', 'paracetamol', 1, 2],
    ['paracetmol', 'paracetamol', 1, 1],
    ['dolirpane', 'doliprane', 1, 1],
    ['xoliprane', 'doliprane', 1, 1],
    ['doli', 'doliprane', 0, 3],
    ['efferalgan', 'doliprane', 3, 3],
  ])('%s → %s: %i as a beginning, %i as a whole', (typed, term, prefix, whole) => {
    expect(wordDistance(typed, term, 2)).toEqual({ prefix, whole });
  });

  test('agrees with the plain definition', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 7 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        const { prefix, whole } = wordDistance(a, b, 2);
        expect(Math.min(whole, 3)).toBe(Math.min(plain(a, b), 3));
        const beginnings = Array.from({ length: b.length + 1 }, (_, n) => plain(a, b.slice(0, n)));
        expect(Math.min(prefix, 3)).toBe(Math.min(...beginnings, 3));
      }),
      { seed: 3, numRuns: 1000 },
    );
  });

  test('one edit leaves all but three pairs of letters', () => {
    expect(letterPairs('aspirine')).toEqual(['^a', 'as', 'sp', 'pi', 'ir', 'ri', 'in', 'ne']);
    expect(letterPairs('asipirne').filter((p) => letterPairs('aspirine').includes(p)).length).toBeGreaterThan(
      0,
    );
    expect([3, 4, 6].map(maxEdits)).toEqual([0, 1, 2]);
  });
});

describe('marks', () => {
  test('mark what was typed in the original text', () => {
    const text = 'Paracétamol 500 mg';
    expect(marksIn(text, ['parace', '500']).map(([a, b]) => text.slice(a, b))).toEqual(['Paracé', '500']);
    expect(marksIn('ŒSTROGEL', ['oes'])).toEqual([[0, 2]]);
    expect(marksIn('ŒSTROGEL', ['oestrogel'])).toEqual([[0, 8]]);
  });

  test('stay within any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (text) => {
        for (const [from, to] of marksIn(
          text,
          scanWords(text).map((w) => w.text.slice(0, 2)),
        )) {
          expect(from).toBeLessThan(to);
          expect(to).toBeLessThanOrEqual(text.length);
        }
      }),
      { seed: 4, numRuns: 1000 },
    );
  });
});

/** Optimal string alignment, as its definition says it. */
function plain(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length;
  const same = a.at(-1) === b.at(-1) ? 0 : 1;
  const short = [a.slice(0, -1), b.slice(0, -1)] as const;
  const swap = a.length > 1 && b.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1);
  return Math.min(
    plain(short[0], short[1]) + same,
    plain(a, short[1]) + 1,
    plain(short[0], b) + 1,
    swap ? plain(a.slice(0, -2), b.slice(0, -2)) + 1 : Number.POSITIVE_INFINITY,
  );
}
