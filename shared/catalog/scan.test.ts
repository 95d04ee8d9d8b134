import { describe, expect, test } from 'vitest';
import { gs1CheckDigit } from './gtin.ts';
import { hibcCheckCharacter } from './pharma-codes-hibc.ts';
import { parseScan } from './scan.ts';
import type { ScanOptions, WeighedScheme } from './scan-types.ts';

const GS = '\u001d';
const PACK = '010340093010827717280100';
const facts = { gtin14: '03400930108277', expiresOn: '2028-01-31', codes: ['gtin:03400930108277'] };

function read(raw: string, options: Partial<ScanOptions> = {}): unknown {
  const result = parseScan(raw, { todayYear: 2026, ...options });
  return result.ok ? result.value : `${result.error.code}@${result.error.position}`;
}

describe('one pack, however it comes', () => {
  const batch = { batch: 'B1', serial: 'S1' };
  test.each([
    ['DataMatrix', `]d2${PACK}10B1${GS}21S1`, 'gs1-datamatrix'],
    ['DataMatrix with FNC1 sent first', `]d2${GS}${PACK}10B1${GS}21S1`, 'gs1-datamatrix'],
    ['GS1-128', `]C1${PACK}10B1${GS}21S1`, 'gs1-128'],
    ['GS1 QR', `]Q3${PACK}10B1${GS}21S1`, 'gs1-qr'],
    ['DataBar', `]e0${PACK}10B1${GS}21S1`, 'databar'],
    ['DotCode', `]J1${PACK}10B1${GS}21S1`, 'gs1-dotcode'],
    ['Aztec', `]z1${PACK}10B1${GS}21S1`, 'gs1-aztec'],
    ['Macro 05', `]d1[)>\u001e05${GS}${PACK}10B1${GS}21S1\u001e\u0004`, 'datamatrix'],
    ['Digital Link in a QR', ']Q1https://a.example/01/03400930108277/10/B1/21/S1?17=280100', 'qr'],
    ['Digital Link typed', 'https://a.example/01/03400930108277/10/B1/21/S1?17=280100', 'none'],
    ['printed form', '(01)03400930108277(17)280100(10)B1(21)S1', 'none'],
    ['no identifier, GS', `${PACK}10B1${GS}21S1`, 'none'],
    ['no identifier, leading GS', `${GS}${PACK}10B1${GS}21S1`, 'none'],
    ['no identifier, leading ^', `^${PACK}10B1^21S1`, 'none'],
    ['no identifier, |', `${PACK}10B1|21S1`, 'none'],
    ['no identifier, ~', `${PACK}10B1~21S1`, 'none'],
    ['no identifier, symbol for GS', `${PACK}10B1\u241d21S1`, 'none'],
    ['no identifier, {GS}', `${PACK}10B1{GS}21S1`, 'none'],
    ['no identifier, [FNC1]', `[FNC1]${PACK}10B1[FNC1]21S1`, 'none'],
  ])('%s', (_, raw, symbology) => {
    expect(read(raw)).toMatchObject({ scheme: 'gs1', symbology, ...facts, ...batch, missing: [] });
    expect(read(`${raw}\r\n`)).toEqual(read(raw));
    expect(read(`${raw}\t`)).toEqual(read(raw));
  });

  test('no identifier and no separator, when a GTIN with its check digit is in it', () => {
    expect(read(`${PACK}10B1`)).toMatchObject({ ...facts, batch: 'B1' });
    expect(read('172801000103400930108277')).toMatchObject(facts);
    expect(read('172801000103400930108278')).toBe('unrecognised@0');
    expect(read('0103400930108278')).toBe('bad-check-digit@15');
  });

  test('a separator of the scanner’s own, with refusals at the place in what it sent', () => {
    const own = { groupSeparators: ['<gs>'] };
    expect(read(`]d2${PACK}10B1<gs>21S1`, own)).toMatchObject({ ...facts, batch: 'B1', serial: 'S1' });
    expect(read(`${PACK}10B1<gs>21S1<gs>18X`, own)).toBe(`unknown-ai@${PACK.length + 16}`);
    expect(read(`]d2${PACK}10B1^21S1`)).toBe(`bad-character@${3 + PACK.length + 4}`);
  });
});

describe('what the elements say', () => {
  const of = (data: string) => read(`]d20103400930108277${data}`);
  test.each([
    ['30000024', { quantity: 24 }],
    ['3103001250', { weightKg: { amount: 1250, decimals: 3 } }],
    ['31030012503922001999', { price: { amount: 1999, decimals: 2 } }],
    ['31030012503932978001999', { price: { amount: 1999, decimals: 2, currencyNumber: '978' } }],
    ['70032801312359', { expiresOn: '2028-01-31' }],
    ['71003752864', { codes: ['gtin:03400930108277', 'pzn:03752864'] }],
    ['71003752865', { codes: ['gtin:03400930108277'] }],
    ['7113010827', { codes: ['gtin:03400930108277', 'cip7:3010827'] }],
    ['71512345-678', { codes: ['gtin:03400930108277', 'ndc:12345-678'] }],
  ])('%s', (data, said) => expect(of(data)).toMatchObject(said));

  test('a German GTIN is looked up by its PZN too', () =>
    expect(read(']d20104150037528643')).toMatchObject({ codes: ['gtin:04150037528643', 'pzn:03752864'] }));

  test('a second symbol of the pack has no key, but says what it has', () =>
    expect(read(']C117280100' + '10B1')).toMatchObject({
      codes: [],
      batch: 'B1',
      missing: ['17:01,02,03,255,8006,8026', '10:01,02,03,8006,8026'],
    }));
});

describe('linear symbols', () => {
  test.each([
    [']E03400930108277', 'ean13', '03400930108277'],
    [']E40' + '2345673', 'ean8', '00000002345673'],
    [']I110614141000415', 'itf14', '10614141000415'],
    [']C03400930108277', 'ean13', '03400930108277'],
    ['3400930108277', 'ean13', '03400930108277'],
    ['036000291452', 'upca', '00036000291452'],
    ['10614141000415', 'gtin14', '10614141000415'],
  ])('%s', (raw, form, gtin14) =>
    expect(read(raw)).toMatchObject({ scheme: 'gtin', form, gtin14, codes: [`gtin:${gtin14}`] }),
  );

  test.each([
    [']E03400930108278', 'bad-check-digit@15'],
    [']E0340093010827', 'bad-length@15'],
    [']E034009301O8277', 'bad-character@11'],
    [']E402345674', 'bad-check-digit@10'],
    [']I110614141000416', 'bad-check-digit@16'],
    [']I11061414100041', 'bad-length@3'],
    ['3400930108278', 'bad-check-digit@12'],
    [']E134', 'unsupported-symbology@0'],
    [']D20103400930108277', 'unsupported-symbology@0'],
    [']', 'unsupported-symbology@0'],
    [']E03400930108277|]e0', 'empty@20'],
    [']E03400930108277|]e018X', 'unknown-ai@20'],
    [']E03400930108277|]e037' + '12', 'excluded-pair@3'],
  ])('%s is refused', (raw, refusal) => expect(read(raw)).toBe(refusal));
});

describe('digits that more than one scheme may claim', () => {
  test.each([
    ['04963406', 'gtin', ['gtin:00049000006346']],
    ['03752864', 'pzn', ['pzn:03752864']],
    ['96385074', 'gtin', ['gtin:00000096385074', 'pzn:96385074']],
    ['3010827', 'cip7', ['cip7:3010827', 'gtin:03400930108277']],
    ['3752864', 'pzn', ['pzn:03752864', 'cip7:3752864', 'gtin:03400937528642']],
  ])('%s', (raw, scheme, codes) => {
    const found = read(raw);
    expect(found).toMatchObject({ scheme });
    expect(found).toHaveProperty(
      'codes',
      raw === '3752864' ? [...codes.slice(0, 2), expect.stringMatching(/^gtin:03400937528/)] : codes,
    );
  });

  test('EAN-8 comes before UPC-E and PZN, and each is there only by its own check digit', () => {
    const seen = new Set<string>();
    for (let n = 0; n < 300_000 && seen.size < 4; n++) {
      const found = parseScan(String(n).padStart(8, '0'), { todayYear: 2026 });
      if (!found.ok) continue;
      const kinds = found.value.codes.map((code) =>
        code.startsWith('gtin:000000') ? 'ean8' : code.startsWith('gtin:') ? 'upce' : 'pzn',
      );
      expect(kinds).toEqual([...kinds].sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b)));
      if (kinds.length > 1) seen.add(kinds.join());
    }
    expect(seen).toContain('ean8,pzn');
  });
  const ORDER = ['ean8', 'upce', 'pzn'];
});

describe('the pharmacy’s other schemes', () => {
  test.each([
    ['-03752864', 'pzn:03752864'],
    ['PZN-03752864', 'pzn:03752864'],
    ['pzn 3752864', 'pzn:03752864'],
    [']C0+A123BJC5D6E71G', 'hibc:A123BJC5D6E71'],
    ['+A123BJC5D6E71G', 'hibc:A123BJC5D6E71'],
    [`[)>\u001e06${GS}9N110375286414\u001e`, 'pzn:03752864'],
  ])('%j', (raw, code) => expect(read(raw)).toHaveProperty('codes', [code]));

  test('a lone HIBC secondary has no key', () => {
    const secondary = '+$$3280929LOT1G';
    expect(read(secondary + hibcCheckCharacter(secondary))).toMatchObject({
      scheme: 'hibc',
      link: 'G',
      batch: 'LOT1',
      codes: [],
    });
  });

  test.each([
    ['-03752865', 'bad-check-digit@8'],
    ['-037528', 'bad-length@1'],
    ['+A123BJC5D6E71H', 'bad-check-digit@14'],
    [']A0-03752865', 'bad-check-digit@11'],
  ])('%s is refused', (raw, refusal) => expect(read(raw)).toBe(refusal));
});

describe('in-store labels', () => {
  const scheme: WeighedScheme = {
    prefix: '21',
    itemDigits: 5,
    valueDigits: 5,
    measures: 'price',
    decimals: 2,
  };
  const label = `211234501999${gs1CheckDigit('211234501999')}`;

  test('are read by the store’s layout, from a scanner or typed', () => {
    const weighed = { scheme: 'weighed', item: '12345', price: { amount: 1999, decimals: 2 } };
    for (const raw of [`]E0${label}`, label])
      expect(read(raw, { weighedSchemes: [scheme] })).toMatchObject(weighed);
    const zeroed = `211234500000${gs1CheckDigit('211234500000')}`;
    expect(read(label, { weighedSchemes: [scheme] })).toHaveProperty('codes', [
      'weighed:2112345',
      `gtin:0${zeroed}`,
    ]);
    expect(read(label, { weighedSchemes: [{ ...scheme, measures: 'weightKg', decimals: 3 }] })).toMatchObject(
      { weightKg: { amount: 1999, decimals: 3 } },
    );
    expect(read(label, { weighedSchemes: [{ ...scheme, measures: 'quantity', decimals: 0 }] })).toMatchObject(
      { quantity: 1999 },
    );
    const upcA = `23456701999${gs1CheckDigit('23456701999')}`;
    expect(read(upcA, { weighedSchemes: [{ ...scheme, prefix: '02' }] })).toMatchObject({
      scheme: 'weighed',
      item: '34567',
    });
  });

  test('are refused by a layout that cannot be, rather than read wrongly', () => {
    expect(read(label, { weighedSchemes: [{ ...scheme, itemDigits: 6 }] })).toBe('bad-weighed-scheme@0');
    const upcA = `23456701999${gs1CheckDigit('23456701999')}`;
    expect(read(upcA, { weighedSchemes: [{ ...scheme, prefix: '02', itemDigits: 6 }] })).toBe(
      'bad-weighed-scheme@0',
    );
  });

  test('are plain EAN-13 without one', () =>
    expect(read(label)).toMatchObject({ scheme: 'gtin', form: 'ean13' }));
});

describe('text', () => {
  test('in a symbol is the store’s own, typed only where the store says so', () => {
    expect(read(']C0ab-12')).toEqual({
      scheme: 'text',
      symbology: 'code128',
      text: 'ab-12',
      codes: ['sku:AB-12'],
    });
    expect(read(']Q1hello world')).toMatchObject({ scheme: 'text', codes: [] });
    expect(read('ab-12')).toBe('unrecognised@0');
    expect(read('ab-12', { ownSkus: true })).toMatchObject({ codes: ['sku:AB-12'] });
    expect(read('hello world', { ownSkus: true })).toBe('unrecognised@0');
    expect(read('3400930108278', { ownSkus: true })).toMatchObject({
      scheme: 'text',
      codes: ['sku:3400930108278'],
    });
  });

  test.each([
    ['', 'empty@0'],
    ['\r\n', 'empty@0'],
    ['paracet', 'unrecognised@0'],
    ['123456', 'unrecognised@0'],
    ['٣٤٠٠٩٣٠١٠٨٢٧٧', 'bad-character@0'],
    ['34009301０8277', 'bad-character@8'],
    ['\0', 'bad-character@0'],
    ['3400930\x088277', 'bad-character@7'],
    [']C0a\0b', 'bad-character@4'],
    [']Q1🙂é\0', 'bad-character@6'],
    [']Q1a\u0085', 'bad-character@4'],
    ['HtTps://a.example/01/03400930108277', 'unrecognised@0'],
    ['abc|def', 'unrecognised@0'],
  ])('%j is refused', (raw, refusal) => expect(read(raw)).toBe(refusal));
});

test('a hundred thousand characters are refused at once, whatever they begin with', () => {
  for (const start of [
    '',
    ']d2',
    ']d210',
    '(10)',
    'https://a/',
    `]d1[)>\u001e06${GS}`,
    '+A123',
    ']E0',
    '^',
  ]) {
    expect(read(start + '1'.repeat(100_000))).toBe('too-long@8192');
  }
});

test('the longest strings taken are read in bounded time', () => {
  const started = performance.now();
  for (const unit of [
    '1',
    '(',
    '(10)A',
    '\\(',
    '/01/',
    `10A${GS}`,
    '2012',
    '%41',
    '&17=280100',
    '[)>',
    '+',
    `1TA${GS}`,
    '^',
    '🙂',
  ]) {
    for (const start of [
      '',
      ']d2',
      ']Q1',
      '(10)',
      'https://a/01/03400930108277/',
      `[)>\u001e06${GS}`,
      '+',
      '9',
    ]) {
      read((start + unit.repeat(8192)).slice(0, 8192));
    }
  }
  // 112 strings of the greatest length; a quadratic step would take minutes.
  expect(performance.now() - started).toBeLessThan(5_000);
});
