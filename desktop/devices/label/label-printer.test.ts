import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shelfLabel } from '#shared/catalog/label-defaults.ts';
import { type LabelLayout, type LabelValues, layoutLabel } from '#shared/catalog/label-layout.ts';
import { parseLabelTemplate } from '#shared/catalog/label-template.ts';
import { printableText } from '#shared/sales/receipt-text.ts';
import { interpret } from '../escpos/interpreter/interpret.ts';
import { lazyRasteriser, type Rasteriser, receiptFontsUnder } from '../escpos/raster.ts';
import type { Printer } from '../printer.ts';
import { createLabelPrinter, type LabelLanguage } from './label-printer.ts';
import { encodeZpl } from './zpl.ts';
import { readZpl } from './zpl-reader.ts';

const rasteriser = lazyRasteriser(receiptFontsUnder('node_modules/@expo-google-fonts'));
const noPictures = async (): Promise<Rasteriser> => ({
  line: ({ dots, height }) => ({ width: dots, height, bits: new Uint8Array(Math.ceil(dots / 8) * height) }),
  qr: async () => undefined,
  logo: async () => undefined,
});

function label(said: Partial<LabelValues> = {}, source = shelfLabel): LabelLayout {
  const read = parseLabelTemplate(source);
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  const values = {
    ...{ name: 'Dolorane 500 mg', pack: 'box of 16 tablets', price: '€2.18', unitPrice: '€0.14 / tablet' },
    ...{ code: '3400930000014', batch: 'B1', expiry: '08/2027' },
  };
  const laid = layoutLabel(read.value, { ...values, ...said }, 8);
  if (!laid.ok) throw new Error(JSON.stringify(laid.error));
  return laid.value;
}

function printerOf(language: LabelLanguage) {
  const jobs: Uint8Array[] = [];
  const printer: Printer = {
    print: async (bytes) => {
      jobs.push(bytes);
      return { code: 'printed', confirmed: true };
    },
    status: async () => ({ code: 'ready', answers: true, paperLow: false }),
  };
  return { jobs, ...createLabelPrinter({ printer, language, rasteriser }) };
}

test('a shelf label in ZPL, byte for byte', async () => {
  const zpl = Buffer.from(await encodeZpl(label(), { copies: 3, rasteriser })).toString('latin1');
  expect(zpl.split('\n')).toEqual([
    '^XA^CI28^LH0,0^PW400^LL240',
    '^FO16,12^A0N,28,28^FB368,1,0,L,0^FH_^FDDolorane 500 mg^FS',
    '^FO16,74^A0N,19,17^FB368,1,0,L,0^FH_^FDbox of 16 tablets^FS',
    '^FO16,106^A0N,18,16^FB176,1,0,L,0^FH_^FD_E2_82_AC0_2E14 _2F tablet^FS',
    '^FO176,94^A0N,48,48^FB208,1,0,R,0^FH_^FD_E2_82_AC2_2E18^FS',
    '^FO49,152^BY3^BEN,56,Y,N^FH_^FD340093000001^FS',
    '^PQ3,0,1,Y^XZ',
    '',
  ]);
});

test('no data can be a ZPL command: the commands are the same whatever is said, and the text comes back', async () => {
  const evil = fc.constantFrom(
    '^XZ',
    '~JA',
    '^FS^XA',
    '_5E',
    '_',
    '^FH\\^FD',
    '\\&',
    '\u001b@',
    '~',
    '^CC+',
    '\n^XZ',
    '€',
    'é',
    '日本',
    'دواء',
    '"',
    ',',
  );
  const text = fc
    .array(fc.oneof(evil, fc.string({ unit: 'grapheme' })), { minLength: 1, maxLength: 6 })
    .map((parts) => parts.join(''));
  await fc.assert(
    fc.asyncProperty(text, text, async (name, batch) => {
      const source = 'label 90 x 30\ntext 1 1 "{name}" height 0.5\ntext 1 5 "{batch}" height 0.5\nrule 1 9';
      const layout = {
        ...label({}, source),
        items: label({ name: 'n', batch: 'b' }, source).items.map((item) =>
          item.kind === 'text' ? { ...item, text: item.text === 'n' ? name : batch } : item,
        ),
      };
      const bytes = await encodeZpl(layout, { copies: 1, rasteriser: noPictures });
      expect(bytes.every((byte) => byte === 0x0a || (byte >= 0x20 && byte < 0x7f))).toBe(true);
      const { commands, data } = readZpl(bytes);
      const body = commands.map((command) => command.name).join(' ');
      expect(body).toMatch(/^XA CI LH PW LL (FO (A0 FB FH FD|GF) FS ){2}FO GB FS PQ XZ$/);
      const printed = [name, batch].map((said) => printableText(said).replaceAll('\\', '/'));
      for (const said of data) expect(printed).toContain(said);
    }),
    { seed: 21, numRuns: 300 },
  );
});

test('codes keep to their data in every symbol', async () => {
  const source =
    'label 90 x 60\nean13 1 1 "{code}" height 6\ncode128 1 15 "{batch}" height 6\nqr 1 30 "{batch}" height 20';
  const { data } = readZpl(await encodeZpl(label({ batch: 'LOT_7/A' }, source), { copies: 1, rasteriser }));
  expect(data).toEqual(['340093000001', 'LOT_7/A', 'MA,LOT_7/A']);
});

test('what the printer has no letters for goes as a picture', async () => {
  const { commands, data } = readZpl(await encodeZpl(label({ name: 'دولوران' }), { copies: 1, rasteriser }));
  expect(data).not.toContain('دولوران');
  const [picture] = commands.filter(({ name }) => name === 'GF');
  expect(picture?.parameters).toMatch(/^A,(\d+),\1,46,[0-9A-F]+$/);
  expect(picture?.parameters).toMatch(/[1-9A-F]{2}/);
});

test('an ESC/POS printer gets a picture for each copy and nothing it could take for text', async () => {
  const { jobs, print } = printerOf('esc-pos');
  expect(await print([{ layout: label({ name: '\u001bp0 opens the drawer' }), copies: 2 }])).toMatchObject({
    code: 'printed',
  });
  const { items } = interpret(jobs[0] ?? new Uint8Array());
  const printed = items.filter(({ kind }) => kind !== 'setting').map(({ kind }) => kind);
  expect(printed).toEqual(['raster', 'newline', 'raster', 'newline', 'feed']);
});

test('all labels of a call are one job', async () => {
  const { jobs, print } = printerOf('zpl');
  await print([
    { layout: label(), copies: 1 },
    { layout: label({ name: 'Other' }), copies: 4 },
  ]);
  expect(jobs).toHaveLength(1);
  const amounts = readZpl(jobs[0] ?? new Uint8Array()).commands.filter(({ name }) => name === 'PQ');
  expect(amounts.map(({ parameters }) => parameters)).toEqual(['1,0,1,Y', '4,0,1,Y']);
});

test('the preview is a picture without markup of the data, and its words beside it', async () => {
  const { svg, text } = await printerOf('zpl').preview(label({ name: '<script>' }));
  expect(svg).toMatch(/^<svg [^<>]*viewBox="0 0 400 240"[^<>]*>(<path [^<>]*\/>){2}<\/svg>$/);
  expect(text.split('\n')).toEqual([
    '<script>',
    'box of 16 tablets',
    '€0.14 / tablet',
    '€2.18',
    '3400930000014',
  ]);
});
