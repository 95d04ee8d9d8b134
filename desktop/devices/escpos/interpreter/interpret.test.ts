import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type PrintedItem, toText } from './document.ts';
import { interpret } from './interpret.ts';
import { toPng } from './png.ts';
import { toSvg } from './svg.ts';
import { tokenLength, tokens } from './tokens.ts';

const read = (stream: string): readonly PrintedItem[] => interpret(Buffer.from(stream, 'latin1')).items;
const noSettings = (stream: string) => read(stream).filter((item) => item.kind !== 'setting');

/** Bytes that look like a printer's: opcodes with whatever behind them. */
const looksLikeEscPos = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 12 }),
      fc
        .constantFrom(
          '\x1b*',
          '\x1dv0\0',
          '\x1d(k',
          '\x1d(L',
          '\x1dk',
          '\x1b&',
          '\x1cq',
          '\x1d8L',
          '\x1b!',
          '\x1bt',
          '\n',
        )
        .map((s) => Buffer.from(s, 'latin1')),
    ),
    { maxLength: 30 },
  )
  .map((parts) => Buffer.concat(parts));

test('any bytes are cut into tokens that are the stream again', () => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), looksLikeEscPos), (bytes) => {
      let at = 0;
      for (const token of tokens(bytes)) {
        expect(token.offset).toBe(at);
        at += tokenLength(token);
      }
      expect(at).toBe(bytes.length);
    }),
    { numRuns: 3000 },
  );
});

test('any bytes give a document, a text and a picture, and never throw', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 300 }), looksLikeEscPos), async (bytes) => {
      const doc = interpret(bytes);
      expect(toText(doc)).toEqual(expect.any(String));
      expect(await toSvg(doc, 384)).toMatch(/^<svg .*<\/svg>$/s);
    }),
    { numRuns: 500 },
  );
});

test('what has no meaning is reported with its place in the stream', () => {
  expect(noSettings('ab\x1b\x02cd\x07')).toMatchObject([
    { kind: 'text', text: 'ab' },
    { kind: 'unknown', offset: 2, why: 'no such command' },
    { kind: 'text', text: 'cd' },
    { kind: 'unknown', offset: 6, why: 'no such command' },
  ]);
});

test('a stream that ends within a command says so, and prints nothing of it', () => {
  expect(noSettings('a\x1dv0\0\x48\0\x20\0xyz')).toMatchObject([
    { kind: 'text', text: 'a' },
    { kind: 'unknown', offset: 1, why: 'cut short' },
  ]);
});

test('styles last until changed, and ESC @ ends them all', () => {
  const styles = read('\x1bE\x01\x1d!\x11\x1ba\x01bold\n\x1b@plain').flatMap((item) =>
    item.kind === 'text' ? [item.style] : [],
  );
  expect(styles).toMatchObject([
    { bold: true, wide: 2, high: 2, align: 'center' },
    { bold: false, wide: 1, high: 1, align: 'left' },
  ]);
});

test('code pages decode what follows them', () => {
  expect(toText(interpret(Buffer.from('\x1bt\x13\xd5 \x1bt\x10\x80 \x1bt\x00\x9d', 'latin1')))).toBe('€ € ¥');
});

test('a drawer pulse, a cut and a reversed feed are what they are', () => {
  expect(noSettings('\x1bp\x01\x19\xfa\x1be\x03\x1dVA\x03\x1dV\x00')).toMatchObject([
    { kind: 'pulse', drawer: 2, onMs: 50, offMs: 500 },
    { kind: 'feed', lines: -3 },
    { kind: 'cut', full: true, feeds: true },
    { kind: 'cut', full: true, feeds: false },
  ]);
});

test('bar codes of both forms, with code sets taken out of Code 128', () => {
  expect(noSettings('\x1dk\x02012345678901\0\x1dk\x49\x08{B{{x{C\x0c')).toMatchObject([
    { kind: 'symbol', symbol: 'ean13', data: '012345678901' },
    { kind: 'symbol', symbol: 'code128', data: '{x12' },
  ]);
});

test('pictures by rows and by columns hold the same dots', () => {
  const rows = noSettings('\x1dv0\0\x01\0\x08\0\x80\x40\x20\x10\x08\x04\x02\x01');
  const columns = noSettings('\x1b*\x01\x08\0\x80\x40\x20\x10\x08\x04\x02\x01');
  const bits = (item: PrintedItem | undefined) => (item?.kind === 'raster' ? [...item.bits] : []);
  expect(bits(rows[0])).toEqual([0x80, 0x40, 0x20, 0x10, 8, 4, 2, 1]);
  expect(bits(columns[0])).toEqual(bits(rows[0]));
});

test('markup in a name is text in the picture', async () => {
  const svg = await toSvg(interpret(Buffer.from('<script>alert("&")</script>\n')), 576);
  expect(svg).toContain('&lt;script&gt;alert(&quot;&amp;&quot;)&lt;/script&gt;');
  expect(svg).not.toContain('<script');
});

test('a QR code is drawn from its modules, centred where it was asked to be', async () => {
  const qr = '\x1ba\x01\x1d(k\x03\x001C\x06\x1d(k\x08\x001P0S01-A\x1d(k\x03\x001Q0';
  expect(noSettings(qr)).toMatchObject([{ kind: 'symbol', data: 'S01-A', moduleDots: 6, align: 'center' }]);
  expect(await toSvg(interpret(Buffer.from(qr, 'latin1')), 576)).toContain(
    'translate(225 24) scale(6 6)" d="M0 0.5h7',
  );
});

test('the PNG is as wide as the paper and its margins', async () => {
  const png = Buffer.from(await toPng(interpret(Buffer.from('hello\n')), 384));
  expect([png.subarray(1, 4).toString(), png.readUInt32BE(16)]).toEqual(['PNG', 384 + 48]);
});

test('a picture that promises more rows than it brings has only those it brings', () => {
  const items = noSettings('\x1d(L\x0c\x000p0\x01\x011\xff\xff\xff\xffxx\x1d(L\x02\x0002');
  expect(items).toMatchObject([{ kind: 'raster', width: 65_535, height: 0 }]);
});
