import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type FarEnd, openFarEnd } from './far-end.ts';
import { createFraming } from './framing.ts';
import type { Reader } from './scanner.ts';
import { createSerialScanner, type SerialScanner } from './serial-scanner.ts';
import { listSerialPorts } from './serialport-driver.ts';

describe('a line is cut into codes', () => {
  test.each([
    ['CR LF', 'one\r\ntwo\r\n'],
    ['Tab', 'one\ttwo\t'],
    ['STX and ETX', '\u0002one\u0003\u0002two\u0003'],
    ['NUL', 'one\u0000two\u0000'],
  ])('that end with %s', (_, sent) => {
    expect(createFraming().feed(Buffer.from(sent))).toEqual(['one', 'two']);
  });

  test('wherever the system cuts the bytes, GS included', () => {
    const code = fc.string({ unit: fc.constantFrom(...'0123]dAZ~!', '\u001d'), minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(
        fc.array(code, { maxLength: 6 }),
        fc.array(fc.nat(60), { maxLength: 10 }),
        (codes, cuts) => {
          const framing = createFraming();
          const sent = Buffer.from(codes.map((one) => `${one}\r`).join(''));
          const at = [0, ...cuts.map((cut) => Math.min(cut, sent.length)), sent.length].toSorted(
            (a, b) => a - b,
          );
          const got = at.slice(1).flatMap((end, i) => framing.feed(sent.subarray(at[i], end)));
          expect(got).toEqual(codes);
          expect(framing.pause()).toBeNull();
        },
      ),
      { seed: 20261123, numRuns: 300 },
    );
  });

  test('a pause ends one that has no end', () => {
    const framing = createFraming();
    expect(framing.feed(Buffer.from('3400936'))).toEqual([]);
    expect(framing.feed(Buffer.from('403114'))).toEqual([]);
    expect(framing.pause()).toBe('3400936403114');
    expect(framing.pause()).toBeNull();
  });
});

describe('over a pair of pseudo terminals', () => {
  let far: FarEnd;
  let scanner: SerialScanner;
  let scans: string[];
  let readers: readonly Reader[];
  beforeEach(async () => {
    far = await openFarEnd();
    scans = [];
    readers = [];
    scanner = createSerialScanner(far.open, 20);
    scanner.start({
      onScan: (_, text) => scans.push(text),
      onReaders: (now) => {
        readers = now;
      },
    });
  });
  afterEach(async () => {
    await scanner.stop();
    await far.end();
  });
  const opened = () => vi.waitFor(() => expect(readers).toMatchObject([{ fault: null }]));

  test('twenty codes a second’s worth at once, none lost and none doubled', async () => {
    scanner.use([{ path: far.path, baud: 9600 }]);
    await opened();
    const codes = Array.from({ length: 100 }, (_, i) => `]d20103400936403114${i}\u001d17281231`);
    for (const code of codes) far.send(`${code}\r`);
    await vi.waitFor(() => expect(scans).toHaveLength(100));
    expect(scans).toEqual(codes);
  });

  test('a code without an end is one after a pause', async () => {
    scanner.use([{ path: far.path, baud: 115_200 }]);
    await opened();
    far.send('3400936403114');
    await vi.waitFor(() => expect(scans).toEqual(['3400936403114']));
  });

  test('a line that breaks off says so, and one that is not there does', async () => {
    scanner.use([
      { path: far.path, baud: 9600 },
      { path: '/dev/tty-none', baud: 9600 },
    ]);
    await vi.waitFor(() => expect(readers).toMatchObject([{ fault: null }, { fault: 'gone' }]));
    await far.end();
    await vi.waitFor(() => expect(readers).toMatchObject([{ fault: 'gone' }, { fault: 'gone' }]));
    scanner.use([]);
    await vi.waitFor(() => expect(readers).toEqual([]));
  });
});

test('lines are listed, or there are none to list', async () => {
  expect(Array.isArray(await listSerialPorts())).toBe(true);
});
