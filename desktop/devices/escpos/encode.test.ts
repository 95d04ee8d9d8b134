import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { type ReceiptDoc, type SaleReceiptInput, saleReceipt } from '#shared/sales/receipt.ts';
import { layoutReceipt, rowText } from '#shared/sales/receipt-layout.ts';
import { starPicture } from '../star/picture.ts';
import { readStar } from '../star/read.ts';
import { pageFor } from './code-pages.ts';
import { encodeReceipt, pulseAtOnce } from './encode.ts';
import { toText } from './interpreter/document.ts';
import { interpret } from './interpreter/interpret.ts';
import { type PrinterProfile, printerProfileIds, printerProfiles } from './profiles.ts';
import { lazyRasteriser, type Rasteriser, receiptFontsUnder } from './raster.ts';
import { sampleSale, sampleSaleArabic, sampleSaleHindi } from './sample-receipts.ts';

const fonts = receiptFontsUnder('node_modules/@expo-google-fonts');
/** Pictures without drawing: what is on them is raster.test.ts's business. */
const blank: Rasteriser = {
  line: ({ dots, height }) => ({ width: dots, height, bits: new Uint8Array((dots / 8) * height) }),
  qr: async () => undefined,
  logo: async () => undefined,
};
const noFonts = { rasteriser: async () => blank };
const escpos = printerProfileIds.filter((id) => printerProfiles[id].commands === 'esc-pos');
const star = printerProfileIds.filter((id) => printerProfiles[id].commands !== 'esc-pos');

const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc
    .array(
      fc.constantFrom(
        '\x1bp\x00\x19\xfa',
        '\x1b@',
        '\x1dV\x00',
        '\x1d(k\x03\x001Q0',
        '\x10\x14\x01\x00\x01',
        '\n',
        '\r',
        '\0',
        '\x7f',
        '\x9b',
        '§¶►◄',
        '{A',
        '€',
        '₹',
        'Œ',
        'علبة',
        'क्षत्रिय',
        'Ibuvance ',
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join('')),
);

const anySale = fc
  .record({
    a: nasty,
    b: nasty,
    c: nasty,
    d: nasty,
    copy: fc.boolean(),
    code: fc.constantFrom('qr', 'code128'),
  })
  .map(
    ({ a, b, c, d, copy, code }): SaleReceiptInput => ({
      ...sampleSale,
      shop: { name: a, address: [b, c], licence: d, taxNumber: a },
      storeName: b,
      tillName: c,
      cashierName: d,
      receiptNumber: a,
      date: b,
      time: c,
      currency: { code: d, symbol: a, minorDigits: 2 },
      lines: sampleSale.lines.map((line) => ({
        ...line,
        name: a,
        taxLabel: b,
        batches: [{ code: c, expiry: d, quantity: a }],
        discounts: [{ label: b, amountMinor: 1 }],
        prescription: { number: c, prescriber: d },
      })),
      taxes: [{ label: a, baseMinor: 1, taxMinor: 1 }],
      tenders: [{ label: b, amountMinor: 1 }],
      prescription: { number: c, prescriber: d, patient: a },
      footer: [b, c],
      copy,
      code: code === 'qr' ? 'qr' : 'code128',
    }),
  );

test('whatever is in the names, the printer gets our commands and the sanitised text, nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(anySale, fc.constantFrom(...escpos), async (input, id) => {
      const profile = printerProfiles[id];
      const doc = saleReceipt(input);
      const printed = interpret(await encodeReceipt(doc, profile, noFonts));
      const count = (kind: string) => printed.items.filter((item) => item.kind === kind).length;
      expect(count('unknown')).toBe(0);
      expect(count('pulse')).toBe(input.copy ? 0 : 1);
      expect(count('cut')).toBe(profile.cut === 'none' ? 0 : 1);
      for (const item of printed.items) if (item.kind === 'setting') expect(ours).toContain(item.name);
      expect(toText(printed)).toBe(expectedText(doc, profile));
    }),
    { numRuns: 200 },
  );
});

test("the same holds in Star's sets, which have other control bytes", async () => {
  await fc.assert(
    fc.asyncProperty(anySale, fc.constantFrom(...star), async (input, id) => {
      const profile: PrinterProfile = printerProfiles[id];
      const doc = saleReceipt(input);
      const printed = readStar(await encodeReceipt(doc, profile, noFonts));
      expect(printed.unknown).toEqual([]);
      expect(printed.pulses).toBe(input.copy ? 0 : 1);
      expect(printed.cuts).toBe(1);
      expect(printed.text).toBe(expectedText(doc, profile));
    }),
    { numRuns: 200 },
  );
});

/** Every command that a receipt may hold besides text, pictures, codes, cut and pulse. */
const ours = ['ESC @', 'FS .', 'ESC M', 'ESC t', 'ESC E', 'GS !', 'ESC a', 'GS (', 'GS h', 'GS w', 'GS H'];

function expectedText(doc: ReceiptDoc, profile: PrinterProfile): string {
  const widths = { normal: profile.columns, small: profile.smallColumns, double: profile.columns >> 1 };
  return layoutReceipt(doc, widths)
    .map((row) => {
      if (row.kind === 'rule') return `${'-'.repeat(profile.columns)}\n`;
      if (row.kind === 'feed') return '\n'.repeat(row.lines);
      if (row.kind === 'cut') return '\n'.repeat(profile.feedBeforeCut);
      if (row.kind !== 'text') return '';
      const text = rowText(row.cells);
      return pageFor(text, profile) === undefined ? '' : `${text}\n`;
    })
    .join('');
}

test('in a receipt of text alone no byte below 0x20 and no DEL stands outside a command', async () => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  const commands = /\x1b@|\x1c\.|\x1bM[\0\x01]|\x1bt[\0\x10\x13]|\x1bE[\0\x01]|\x1d![\0\x01\x11]|\n/g;
  await fc.assert(
    fc.asyncProperty(fc.array(nasty, { maxLength: 6 }), async (texts) => {
      const kept = texts.filter((text) =>
        pageFor(text.replace(/[^ -~]/g, ''), printerProfiles['generic-80']),
      );
      const nodes = kept.map((text) => ({ kind: 'text', text: text.replace(/[^\0-\x7f]/g, '') }) as const);
      const bytes = await encodeReceipt({ direction: 'ltr', nodes }, printerProfiles['generic-80'], noFonts);
      const rest = Buffer.from(bytes).toString('latin1').replace(commands, '');
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
      expect(rest).not.toMatch(/[\0-\x1f\x7f]/);
    }),
    { numRuns: 300 },
  );
});

test('€, accents and Œ go out in a page that has them, and come back', async () => {
  const doc: ReceiptDoc = {
    direction: 'ltr',
    nodes: ['café', '3 × 4,20 €', 'Œuf'].map((text) => ({ kind: 'text', text })),
  };
  const printed = interpret(await encodeReceipt(doc, printerProfiles['generic-80'], noFonts));
  expect(toText(printed)).toBe('café\n3 × 4,20 €\nŒuf\n');
  const pages = printed.items.flatMap((item) =>
    item.kind === 'setting' && item.name === 'ESC t' ? [item.args[0]] : [],
  );
  expect(pages).toEqual([0, 19, 16]);
});

test('a code page without € is not used for €: the line becomes a picture', async () => {
  const profile: PrinterProfile = {
    ...printerProfiles['generic-80'],
    codePages: [{ page: 'cp437', number: 0 }],
  };
  const doc: ReceiptDoc = { direction: 'ltr', nodes: [{ kind: 'text', text: '4,20 €' }] };
  const printed = interpret(await encodeReceipt(doc, profile, noFonts));
  expect(toText(printed)).toBe('');
  expect(printed.items.filter((item) => item.kind === 'raster')).toMatchObject([{ width: 576, height: 32 }]);
});

test('every character of a page goes out as a printable byte that means it', async () => {
  for (const { page, number } of printerProfiles['generic-80'].codePages) {
    const profile: PrinterProfile = { ...printerProfiles['generic-80'], codePages: [{ page, number }] };
    const all = Array.from({ length: 0x2700 - 0x21 }, (_, i) => String.fromCharCode(i + 0x21));
    const texts = all.filter((char) => pageFor(char, profile) && !/\s/.test(char));
    expect(texts.length).toBeGreaterThan(180);
    const nodes = texts.map((text) => ({ kind: 'text', text }) as const);
    const printed = interpret(await encodeReceipt({ direction: 'ltr', nodes }, profile, noFonts));
    expect(toText(printed)).toBe(expectedText({ direction: 'ltr', nodes }, profile));
  }
});

test('the drawer is opened before the first line, and the last command is the cut', async () => {
  const printed = interpret(
    await encodeReceipt(saleReceipt(sampleSale), printerProfiles['generic-80'], noFonts),
  );
  const kinds = printed.items.map((item) => item.kind).filter((kind) => kind !== 'setting');
  expect([kinds[0], kinds.at(-1)]).toEqual(['pulse', 'cut']);
  expect(printed.items.find((item) => item.kind === 'pulse')).toMatchObject({ drawer: 1, onMs: 100 });
});

test('the code holds the receipt number; a printer without QR gets its picture', async () => {
  const drawing = { rasteriser: lazyRasteriser(fonts) };
  const doc = saleReceipt(sampleSale);
  const own = interpret(await encodeReceipt(doc, printerProfiles['epson-tm-t20'], drawing));
  expect(own.items.filter((item) => item.kind === 'symbol')).toMatchObject([
    { symbol: 'qrcode', data: 'S01-T02A-004518', align: 'center' },
  ]);
  const drawn = interpret(await encodeReceipt(doc, printerProfiles['generic-58'], drawing));
  expect(drawn.items.filter((item) => item.kind === 'symbol')).toEqual([]);
  expect(drawn.items.filter((item) => item.kind === 'raster')).toMatchObject([{ width: 384, height: 126 }]);
});

test('Code 128 keeps its braces; where it is wider than the paper a QR code takes its place', async () => {
  const code = async (data: string) => {
    const doc: ReceiptDoc = { direction: 'ltr', nodes: [{ kind: 'code128', data }] };
    const { items } = interpret(await encodeReceipt(doc, printerProfiles['epson-tm-t20'], noFonts));
    return items.find((item) => item.kind === 'symbol');
  };
  expect(await code('S01-{A}')).toMatchObject({ symbol: 'code128', data: 'S01-{A}' });
  expect(await code('S01-T02A-004518-AND-SOMETHING-MORE')).toMatchObject({ symbol: 'qrcode' });
});

test('a Star printer gets its drawn rows as one picture in bands, its codes and the logo in its own words', async () => {
  const drawing = { rasteriser: lazyRasteriser(fonts) };
  const arabic = saleReceipt(sampleSaleArabic);
  const printed = readStar(await encodeReceipt(arabic, printerProfiles['star-prnt-80'], drawing));
  expect(printed.unknown).toEqual([]);
  expect(printed.symbols).toEqual([{ kind: 'qr', data: 'S01-T02A-004518' }]);
  // Rows of 24, 32 and 56 dots: filled up one by one they would be half as high again.
  expect(printed.bands.length).toBeLessThan(60);
  expect(printed.bands.every(({ width }) => width === 576)).toBe(true);
  expect(printed.bands.filter(({ ink }) => ink > 0).length).toBeGreaterThan(25);
  const plain = readStar(await encodeReceipt(arabic, printerProfiles['star-line-plain'], drawing));
  expect(plain.symbols).toEqual([]);
  expect(plain.bands.length).toBeGreaterThan(printed.bands.length);
  const code: ReceiptDoc = { direction: 'ltr', nodes: [{ kind: 'code128', data: 'S01-5%{' }] };
  const coded = readStar(await encodeReceipt(code, printerProfiles['star-line-80'], noFonts));
  expect(coded.symbols).toEqual([{ kind: 'code128', data: 'S01-5%{' }]);
});

test('a band holds the picture column by column, its highest dot in the highest bit', () => {
  const bits = Uint8Array.of(0b1000_0000, 0b0100_0000, ...Array<number>(23).fill(0));
  const bytes = starPicture([{ width: 8, height: 25, bits }]);
  expect([...bytes.subarray(0, 6)]).toEqual([0x1b, 0x30, 0x1b, 0x58, 8, 0]);
  expect([...bytes.subarray(6, 12)]).toEqual([0x80, 0, 0, 0x40, 0, 0]);
  expect(readStar(bytes).bands.map(({ ink }) => ink)).toEqual([2, 0]);
  expect(starPicture([])).toHaveLength(0);
});

test('a pulse at once is one command of each set and nothing else', () => {
  expect([...pulseAtOnce(printerProfiles['generic-80'], 2)]).toEqual([0x10, 0x14, 1, 1, 1]);
  expect(readStar(pulseAtOnce(printerProfiles['star-line-80'], 1))).toMatchObject({ pulses: 1, unknown: [] });
});

test('a receipt that the printer can say needs neither canvas nor fonts', async () => {
  const never = { rasteriser: () => Promise.reject(new Error('loaded')) };
  await expect(
    encodeReceipt(saleReceipt(sampleSale), printerProfiles['generic-80'], never),
  ).resolves.toBeDefined();
});

let arabic: number;
beforeAll(async () => {
  const printed = interpret(
    await encodeReceipt(saleReceipt(sampleSaleArabic), printerProfiles['generic-80'], {
      rasteriser: lazyRasteriser(fonts),
    }),
  );
  arabic = printed.items.filter((item) => item.kind === 'raster').length;
});

test('an Arabic receipt is drawn line by line, a Hindi one where its letters ask for it', async () => {
  expect(arabic).toBeGreaterThan(20);
  const printed = interpret(
    await encodeReceipt(saleReceipt(sampleSaleHindi), printerProfiles['generic-80'], {
      rasteriser: lazyRasteriser(fonts),
    }),
  );
  expect(printed.items.filter((item) => item.kind === 'raster').length).toBe(7);
  expect(toText(printed)).toContain('Cortavel 20 mg');
  expect(toText(printed)).not.toContain('?');
});

test("the shop's logo stands on top in its slot, and a broken file leaves the slot empty", async () => {
  const { createCanvas } = await import('@napi-rs/canvas');
  const canvas = createCanvas(100, 40);
  canvas.getContext('2d').fillRect(0, 0, 100, 40);
  const doc = saleReceipt({ ...sampleSale, shop: { ...sampleSale.shop, logo: true } });
  const pictures = async (logo: Uint8Array) => {
    const means = { rasteriser: lazyRasteriser(fonts), logo };
    const { items } = interpret(await encodeReceipt(doc, printerProfiles['generic-80'], means));
    return items.filter((item) => item.kind === 'raster');
  };
  expect(await pictures(canvas.toBuffer('image/png'))).toMatchObject([{ width: 576, height: 40 }]);
  expect(await pictures(Buffer.from('no picture'))).toEqual([]);
});
