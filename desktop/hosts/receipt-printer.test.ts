import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { saleReceipt } from '#shared/sales/receipt.ts';
import { toText } from '../devices/escpos/interpreter/document.ts';
import { interpret } from '../devices/escpos/interpreter/interpret.ts';
import { sampleSale } from '../devices/escpos/sample-receipts.ts';
import type { Printer, PrintOutcome } from '../devices/printer.ts';
import type { Devices } from './devices-file.ts';
import { createReceiptDesk } from './receipt-desk.ts';

const folder = mkdtempSync(join(tmpdir(), 'pestle-receipts-'));
const file = join(folder, 'devices.json');
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => rmSync(file, { force: true }));

const fonts = 'node_modules/@expo-google-fonts';
const first = 'tcp://first';
const second = 'tcp://second';
type Got = { readonly at: string; readonly bytes: Uint8Array };

/** Two printers that end as the test says; `got` is what either has taken. */
function counterWith(outcomes: Readonly<Record<string, PrintOutcome>>, given: Partial<Devices> = {}) {
  const got: Got[] = [];
  const open = (at: string): Printer => ({
    print: async (bytes, how) => {
      const outcome = outcomes[at] ?? { code: 'offline' };
      const passes = outcome.code === 'printed' || outcome.code === 'unknown';
      if (!passes && how?.needsPaper !== false) return outcome;
      got.push({ at, bytes });
      return passes ? outcome : { code: 'printed', confirmed: false };
    },
    status: async () => ({ code: 'cover-open' }),
  });
  const devices = { printer: first, fallback: second, ...given };
  const pulsesAt = (at: string) =>
    got
      .filter((one) => one.at === at)
      .flatMap(({ bytes }) => interpret(bytes).items)
      .filter((item) => item.kind === 'pulse' || (item.kind === 'setting' && item.name === 'DLE DC4')).length;
  return { desk: createReceiptDesk({ file, fonts, open, given: devices }), got, pulsesAt };
}

const printed = { code: 'printed', confirmed: true } as const;
const torn = { code: 'unknown', sentBytes: 9, cause: 'stalled' } as const;
const cashSale = saleReceipt(sampleSale);
const cardSale = saleReceipt({ ...sampleSale, openDrawer: false });
const copy = saleReceipt({ ...sampleSale, copy: true });

test('the second printer gets what the first certainly did not print, and it is said why', async () => {
  const { desk, got, pulsesAt } = counterWith({ [first]: { code: 'offline' }, [second]: printed });
  expect(await desk.print(cashSale)).toEqual({ state: 'printed', because: 'offline' });
  expect(got.map(({ at }) => at)).toEqual([second]);
  // The drawer does not hang there.
  expect(pulsesAt(second)).toBe(0);
  expect([desk.name, desk.secondName]).toEqual(['first', 'second']);
});

test('what the first may have printed goes nowhere else', async () => {
  const { desk, got } = counterWith({ [first]: torn, [second]: printed });
  expect(await desk.print(cashSale)).toEqual({ state: 'unknown', reason: 'stalled' });
  expect(got.map(({ at }) => at)).toEqual([first]);
});

test('neither printing, both reasons are kept', async () => {
  const { desk } = counterWith({ [first]: { code: 'refused' }, [second]: { code: 'cover-open' } });
  expect(await desk.print(cashSale)).toEqual({ state: 'failed', reason: 'cover-open', because: 'refused' });
  expect(await desk.print(copy)).toMatchObject({ state: 'failed' });
});

test('without paper a cash sale still opens the drawer, once, on the printer that it hangs on', async () => {
  const { desk, got, pulsesAt } = counterWith({ [first]: { code: 'paper-out' }, [second]: printed });
  expect(await desk.print(cashSale)).toEqual({ state: 'printed', because: 'paper-out' });
  expect([pulsesAt(first), pulsesAt(second)]).toEqual([1, 0]);
  expect(got).toHaveLength(2);
  await desk.print(cardSale);
  await desk.print(copy);
  expect([pulsesAt(first), pulsesAt(second)]).toEqual([1, 0]);
});

test('whatever the printers do, no copy and no card sale opens a drawer, and no cash sale opens it twice', async () => {
  const ends = fc.constantFrom<PrintOutcome>(
    printed,
    torn,
    { code: 'offline' },
    { code: 'paper-out' },
    { code: 'cover-open' },
    { code: 'timeout' },
    { code: 'no-driver' },
  );
  const drawers = fc.constantFrom(1 as const, 2 as const, null);
  await fc.assert(
    fc.asyncProperty(ends, ends, drawers, fc.boolean(), async (one, other, drawer, hasSecond) => {
      const given = { drawer, ...(hasSecond ? {} : { fallback: null }) };
      const { desk, pulsesAt } = counterWith({ [first]: one, [second]: other }, given);
      await desk.print(copy);
      await desk.print(cardSale);
      expect(pulsesAt(first) + pulsesAt(second)).toBe(0);
      const outcome = await desk.print(cashSale);
      expect(pulsesAt(first)).toBeLessThanOrEqual(drawer === null ? 0 : 1);
      expect(pulsesAt(second)).toBe(0);
      if (outcome.state === 'printed' && outcome.because === undefined)
        expect(pulsesAt(first)).toBe(drawer === null ? 0 : 1);
    }),
    { numRuns: 60 },
  );
});

test('a no-sale is a pulse and nothing on paper; without a drawer it says so', async () => {
  const { desk, got } = counterWith({ [first]: printed }, { drawer: 2 });
  expect(await desk.openDrawer()).toEqual({ state: 'printed' });
  const { items } = interpret(got[0]?.bytes ?? new Uint8Array());
  expect(items.filter(({ kind }) => kind !== 'setting')).toMatchObject([{ kind: 'pulse', drawer: 2 }]);
  const none = counterWith({ [first]: printed }, { drawer: null });
  expect(await none.desk.openDrawer()).toEqual({ state: 'failed', reason: 'no-drawer' });
  expect(none.got).toEqual([]);
});

test('a choice is kept and holds for the next job, without a restart', async () => {
  const { desk, got } = counterWith({ [first]: printed, [second]: printed });
  const { setup } = desk;
  expect(setup?.chosen()).toMatchObject({ printer: first, fallback: second });
  const next = {
    printer: second,
    profile: 'star-prnt-58',
    fallback: null,
    fallbackProfile: 'generic-80',
    drawer: 2,
  } as const;
  expect(setup?.choose(next)).toBe(true);
  await desk.print(cardSale);
  expect(got.map(({ at }) => at)).toEqual([second]);
  expect(desk.name).toBe('second');
  // The next start reads it; what the command line said was for until somebody chose.
  expect(createReceiptDesk({ file, fonts }).setup?.chosen()).toEqual(next);
  expect(setup?.choose({ ...next, printer: 'file:///etc/passwd' })).toBe(false);
  expect(setup?.chosen()).toEqual(next);
  expect(await setup?.status(second, 'generic-80')).toEqual({
    ...{ ready: false, reason: 'cover-open', answers: true, paperLow: false },
  });
});

let logo: Buffer;
beforeAll(async () => {
  const { createCanvas } = await import('@napi-rs/canvas');
  const canvas = createCanvas(100, 40);
  canvas.getContext('2d').fillRect(0, 0, 100, 40);
  logo = canvas.toBuffer('image/png');
});

test("the shop's logo is a picture beside devices.json, on paper and in the preview; a lost one is left out", async () => {
  writeFileSync(join(folder, 'logo.png'), logo);
  const { desk, got } = counterWith({ [first]: printed }, { logo: 'logo.png' });
  await desk.print(cashSale);
  const kinds = interpret(got[0]?.bytes ?? new Uint8Array())
    .items.map(({ kind }) => kind)
    .filter((kind) => kind !== 'setting');
  expect(kinds.slice(0, 2)).toEqual(['pulse', 'raster']);
  const lost = counterWith({ [first]: printed }, { logo: 'no-such.png' });
  await lost.desk.print(cashSale);
  expect((await desk.preview(cashSale)).svg).not.toBe((await lost.desk.preview(cashSale)).svg);
  expect(toText(interpret(lost.got[0]?.bytes ?? new Uint8Array()))).toContain('TOTAL');
});

test('the preview of a Star receipt shows the same rows', async () => {
  const star = counterWith({}, { profile: 'star-line-80' });
  const escpos = counterWith({}, { profile: 'generic-80' });
  expect((await star.desk.preview(cashSale)).text.trimEnd()).toBe(
    (await escpos.desk.preview(cashSale)).text.trimEnd(),
  );
});
