import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reportsOf } from './fake-hid.ts';
import { layoutOfDescriptor } from './hid-descriptor.ts';
import { commonLayout, createReportReader } from './hid-report.ts';

const bytes = (hex: string) => Buffer.from(hex.replaceAll(/\s/g, ''), 'hex');

/** Usage, then Input (Data, Var, Abs): one field. */
const field = (usage: string) => `09 ${usage} 81 02`;
const head = '05 8c 09 02 a1 01 09 12 a1 02 85 02 15 00 26 ff 00 75 08';

/** Honeywell and Zebra: byte count, identifiers in one item, two bytes of the maker's page before the flag. */
const makerDescriptor = bytes(`${head} 95 01 05 01 ${field('3b')} 95 03 05 8c 09 fb 09 fc 09 fd 81 02
  95 38 09 fe 82 02 01  06 66 ff 95 02 09 04 09 00 81 02  05 8c 25 01 75 01 95 08 ${field('ff')} c0
  09 14 a1 02 85 04 75 01 95 08 09 00 09 5f 09 60 91 86 c0 c0`);
/** No length; each identifier an item of its own; the flag is one bit with padding behind it. */
const barDescriptor = bytes(`${head} 95 01 ${field('fb')} ${field('fc')} ${field('fd')} 95 38 09 fe 82 02 01
  75 01 95 01 25 01 ${field('ff')} 75 07 81 03 c0 c0`);
/** The flag first, usages with their page in four bytes, globals pushed and popped, no report id. */
const strangeDescriptor =
  bytes(`05 8c 09 02 a1 01 15 00 26 ff 00 a4 75 01 95 01 0b ff 00 8c 00 81 02 75 07 81 03 b4
  75 08 95 01 0b 3b 00 01 00 81 02 fe 02 00 aa bb 95 20 0b fe 00 8c 00 82 02 01 c0`);

describe('a report descriptor says where everything stands', () => {
  test('as Honeywell and Zebra order it', () => {
    expect(layoutOfDescriptor(makerDescriptor)).toEqual(commonLayout(64));
  });

  test('without a length, identifiers one by one', () => {
    expect(layoutOfDescriptor(barDescriptor)).toEqual({
      reportId: 2,
      length: null,
      symbology: 1,
      data: { start: 4, bytes: 56 },
      continued: { byte: 60, mask: 1 },
    });
  });

  test('with the flag first, long items, and no report numbers', () => {
    expect(layoutOfDescriptor(strangeDescriptor)).toEqual({
      reportId: 0,
      length: 1,
      symbology: null,
      data: { start: 2, bytes: 32 },
      continued: { byte: 0, mask: 1 },
    });
  });

  test('and a keyboard’s says that it is none', () => {
    const keyboard = bytes('05 01 09 06 a1 01 05 07 19 e0 29 e7 15 00 25 01 75 01 95 08 81 02 c0');
    expect(layoutOfDescriptor(keyboard)).toBeNull();
  });

  test('cut off or mangled anywhere it is read without a fall', () => {
    fc.assert(
      fc.property(fc.nat(makerDescriptor.length), fc.uint8Array({ maxLength: 40 }), (at, noise) => {
        const cut = Buffer.concat([makerDescriptor.subarray(0, at), noise]);
        const layout = layoutOfDescriptor(cut);
        expect(layout === null || layout.data.start > 0 || layout.reportId === 0).toBe(true);
      }),
      { seed: 20261123, numRuns: 500 },
    );
  });
});

const printable = fc.constantFrom(
  ...Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i)),
  '\u001d',
);

/** A boarding pass of 60 characters: more than one report holds. */
const first = bytes(`02 38 5d 51 30
  4d 31 47 41 54 48 45 52 47 4f 4f 44 2f 4d 49 43 48 41 45 4c 20 59 41 42 43 44 45 46
  20 4c 48 52 44 55 52 41 4b 20 33 35 34 32 20 30 35 32 59 30 30 33 44 32 33 20 20 31 73 00 01`);
const second = bytes(`02 04 5d 51 30 32 33 34 35 ${'00'.repeat(52)} 73 00 00`);
const pass = 'M1GATHERGOOD/MICHAEL YABCDEF LHRDURAK 3542 052Y003D23  1';

describe('reports', () => {
  test('byte for byte: two of them are one code, with its identifier before it and no trace of the maker’s', () => {
    expect([first.length, second.length, pass.length]).toEqual([64, 64, 56]);
    const reader = createReportReader(commonLayout(64));
    expect(reader.feed(first, 0)).toBeNull();
    expect(reader.feed(second, 8)).toBe(`]Q0${pass}2345`);
  });

  test('a GS1 Data Matrix keeps its group separators', () => {
    const report =
      bytes(`02 19 5d 64 32 30 31 30 33 34 30 30 39 33 36 34 30 33 31 31 34 31 30 41 31 1d 31 37 33 31
      ${'00'.repeat(31)} 77 00 00`);
    const text = ']d2010340093640311410A1\u001d1731';
    expect(createReportReader(commonLayout(64)).feed(report, 0)).toBe(text);
  });

  test('62 bytes, without anything of the maker’s', () => {
    const [report = Buffer.alloc(0)] = reportsOf(']E0', '3400936403114', 'plain');
    expect(report.toString('hex')).toBe(`020d5d453033343030393336343033313134${'00'.repeat(43)}00`);
    expect(createReportReader(commonLayout(62)).feed(report, 0)).toBe(']E03400936403114');
  });

  test('without a length the first NUL ends the data', () => {
    const layout = layoutOfDescriptor(barDescriptor);
    const report = bytes(`02 5d 45 30 ${Buffer.from('3400936403114').toString('hex')} ${'00'.repeat(43)} 00`);
    expect(layout && createReportReader(layout).feed(report, 0)).toBe(']E03400936403114');
  });

  test('no identifier, and an Enter behind the data, are no part of the code', () => {
    const [report] = reportsOf('\u0000\u0000\u0000', '3400936403114\r\n');
    expect(report && createReportReader(commonLayout(64)).feed(report, 0)).toBe('3400936403114');
  });

  test('a code whose end never came does not run into the next', () => {
    for (const [aim, atMs] of [
      [']E0', 10],
      [']Q0', 2000],
    ] as const) {
      const reader = createReportReader(commonLayout(64));
      reader.feed(first, 0);
      const [next = Buffer.alloc(0)] = reportsOf(aim, '3400936403114');
      expect(reader.feed(next, atMs)).toBe(`${aim}3400936403114`);
    }
  });

  test('of another kind, too short, or with an impossible length are passed over', () => {
    const reader = createReportReader(commonLayout(64));
    const impossible = Buffer.from(first);
    impossible.writeUInt8(200, 1);
    for (const report of [bytes('04 01'), bytes('02'), Buffer.alloc(0), impossible, Buffer.alloc(64, 7)])
      expect(reader.feed(report, 0)).toBeNull();
    expect(reader.feed(second, 0)).toBe(']Q02345');
  });

  test('any codes in any order come through, each once', () => {
    const codes = fc.array(
      fc.tuple(
        fc.constantFrom(']E0', ']d2', ']C1'),
        fc.string({ unit: printable, minLength: 1, maxLength: 200 }),
      ),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(codes, fc.constantFrom('maker', 'plain'), (sent, make) => {
        const reader = createReportReader(commonLayout(make === 'maker' ? 64 : 62));
        const reports = sent.flatMap(([aim, data]) => reportsOf(aim, data, make));
        const got = reports.map((report, i) => reader.feed(report, i * 8)).filter((text) => text !== null);
        expect(got).toEqual(sent.map(([aim, data]) => aim + data));
      }),
      { seed: 20261123, numRuns: 300 },
    );
  });
});
