import { createServer } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodePage } from '../escpos/code-pages.ts';
import { openTcpLine } from '../tcp-line.ts';
import { createLineDisplay } from './line-display.ts';
import { poleBytes, poleModels } from './pole.ts';

const rows = ['2x Dolorane 500 4.36', 'TOTAL          €4.94'] as const;
const text = (row: string) => [...row].map((char) => (char === '€' ? 0xd5 : char.charCodeAt(0)));

test('Epson: initialise, code page, clear, each row at its place', () => {
  expect([...poleBytes(rows, { model: 'epson' })]).toEqual([
    ...[0x1b, 0x40, 0x1b, 0x74, 19, 0x0c],
    ...[0x1f, 0x24, 1, 1, ...text(rows[0])],
    ...[0x1f, 0x24, 1, 2, ...text(rows[1])],
  ]);
});

test('CD5220: ESC Q A and ESC Q B, each to its CR', () => {
  expect([...poleBytes(rows, { model: 'cd5220' })]).toEqual([
    ...[0x1b, 0x40, 0x1b, 0x74, 19],
    ...[0x1b, 0x51, 0x41, ...text(rows[0]), 0x0d],
    ...[0x1b, 0x51, 0x42, ...text(rows[1]), 0x0d],
  ]);
});

test('letters the display lacks lose their accents; what has no letter is a question mark', () => {
  const shown = (row: string) =>
    decodePage('cp858', poleBytes([row, ''], { model: 'epson' }).subarray(10, 30));
  expect(shown('Été œuf Łódź Čaj – 日本')).toBe('Été ouf Lódz Caj - ?');
  expect(shown('دواء')).toBe(`????${' '.repeat(16)}`);
});

test('another code page is asked for by its number, and its letters are sent', () => {
  const bytes = poleBytes(['Ж', ''], { model: 'epson', page: 'cp866' });
  expect([...bytes.subarray(2, 5)]).toEqual([0x1b, 0x74, 17]);
  expect(decodePage('cp866', bytes.subarray(10, 11))).toBe('Ж');
});

test('two rows of sixteen, and four of twenty: each row at its place', () => {
  const narrow = [...poleBytes(['a', 'b'], { model: 'cd5220', columns: 16 })];
  expect(narrow.slice(5)).toEqual([
    ...[0x1b, 0x51, 0x41, ...text('a'.padEnd(16)), 0x0d],
    ...[0x1b, 0x51, 0x42, ...text('b'.padEnd(16)), 0x0d],
  ]);
  const four = ['a', 'b', 'c', 'd'];
  const at = (model: 'epson' | 'cd5220', command: readonly number[]) =>
    expect([...poleBytes(four, { model })].slice(5)).toEqual([
      0x0c,
      ...four.flatMap((row, i) => [...command, 1, i + 1, ...text(row.padEnd(20))]),
    ]);
  at('epson', [0x1f, 0x24]);
  at('cd5220', [0x1b, 0x6c]);
});

test('whatever is said, it is the display’s printable bytes a row and the same commands around them', () => {
  const any = fc.oneof(
    fc.array(fc.nat(0x2fff), { maxLength: 30 }).map((codes) => String.fromCodePoint(...codes)),
    fc.constantFrom('\u001b@', '\u001bQA\r', '\f', '§¶', '\u001f$'),
  );
  fc.assert(
    fc.property(
      any,
      any,
      fc.constantFrom(...poleModels),
      fc.constantFrom(16, 20),
      (upper, lower, model, columns) => {
        const bytes = [...poleBytes([upper, lower], { model, columns })];
        const blank = [...poleBytes(['', ''], { model, columns })];
        expect(bytes).toHaveLength(blank.length);
        const isText = (i: number) => blank[i] === 0x20;
        expect(bytes.filter((_, i) => !isText(i))).toEqual(blank.filter((byte) => byte !== 0x20));
        expect(bytes.some((byte, i) => isText(i) && (byte < 0x20 || byte === 0x7f))).toBe(false);
      },
    ),
  );
});

test('a display that was away shows the latest rows once it is back', async () => {
  const heard: Buffer[] = [];
  const server = createServer((socket) => {
    socket.on('data', (data) => heard.push(data));
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  let there = false;
  const display = createLineDisplay({
    open: async () => (there ? openTcpLine({ host: '127.0.0.1', port }, 1000) : { code: 'offline' }),
    model: 'cd5220',
    stallMs: 200,
  });
  display.show(['never seen', '']);
  await display.settled();
  there = true;
  display.show(['first', '']);
  for (const row of ['overtaken', 'last']) display.show([row, '']);
  await display.settled();
  expect(Buffer.concat(heard)).toEqual(
    Buffer.concat([
      poleBytes(['first', ''], { model: 'cd5220' }),
      poleBytes(['last', ''], { model: 'cd5220' }),
    ]),
  );
  await new Promise((resolve) => server.close(resolve));
});
