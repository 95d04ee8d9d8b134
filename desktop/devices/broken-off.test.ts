import { beforeAll, expect, test } from 'vitest';
import { saleReceipt } from '#shared/sales/receipt.ts';
import { encodeReceipt } from './escpos/encode.ts';
import { printerProfiles } from './escpos/profiles.ts';
import { sampleSale } from './escpos/sample-receipts.ts';
import { escposTalk } from './escpos/talk.ts';
import { type FakeBehaviour, startFakeTcpPrinter } from './fake-tcp-printer.ts';
import type { PrintOutcome } from './printer.ts';
import { starTalk } from './star/talk.ts';
import type { Talk } from './talk.ts';
import { createTcpPrinter } from './tcp-printer.ts';

/** Long enough that a printer which answers always does, with hundreds of them in one process. */
const quick = { host: '127.0.0.1', connectMs: 5000, stallMs: 2000, answerMs: 2000, finishMs: 20 };
const AT_ONCE = 1000;
const noRaster = { rasteriser: () => Promise.reject(new Error('not needed')) };
/** Every kind of row that a receipt has, once. */
const shortSale = { ...sampleSale, lines: sampleSale.lines.slice(2), taxes: [], footer: [] };
let receipt: Uint8Array;
beforeAll(async () => {
  receipt = await encodeReceipt(saleReceipt(shortSale), printerProfiles['generic-80'], noRaster);
});

type Ended = { readonly outcomes: readonly PrintOutcome[]; readonly printed: readonly Buffer[] };

/** The receipt sent once to each of the printers that end after so many bytes of it. */
async function endings(ks: readonly number[], endsAfter: (k: number) => FakeBehaviour, talk: Talk) {
  const found: { outcomes: PrintOutcome[]; printed: Buffer[] } = { outcomes: [], printed: [] };
  for (let from = 0; from < ks.length; from += AT_ONCE) {
    const some = ks.slice(from, from + AT_ONCE);
    const fake = await startFakeTcpPrinter((connection) => endsAfter(some[connection] ?? 0));
    const printOne = () => createTcpPrinter({ ...quick, port: fake.port, talk }).print(receipt);
    found.outcomes.push(...(await Promise.all(some.map(printOne))));
    found.printed.push(...some.map((_, connection) => fake.receivedOn(connection)));
    await fake.close();
  }
  return found satisfies Ended;
}

const allKs = (from: number) => Array.from({ length: receipt.length + 1 - from }, (_, i) => from + i);
const codesOf = ({ outcomes }: Ended) => [...new Set(outcomes.map(({ code }) => code))];

test.each([
  ['ESC/POS', true, escposTalk],
  ['Star', 'star', starTalk],
] as const)(
  '%s: reset after k bytes, for every k of a receipt, is unknown; nothing went before the first',
  async (_name, answers, talk) => {
    const ended = await endings(allKs(1), (resetAfter) => ({ answers, resetAfter }), talk);
    expect(codesOf(ended)).toEqual(['unknown']);
    expect(new Set(ended.printed.map(({ length }) => length))).toEqual(new Set(allKs(1)));
    const atOnce = await endings([0], (resetAfter) => ({ answers, resetAfter }), talk);
    expect(atOnce).toEqual({ outcomes: [{ code: 'offline' }], printed: [Buffer.alloc(0)] });
  },
);

test.each([
  ['ESC/POS', true, escposTalk],
  ['Star', 'star', starTalk],
] as const)(
  '%s: a stall after k bytes, for every k of a receipt, is unknown',
  async (_name, answers, talk) => {
    const ended = await endings(allKs(1), (stallAfter) => ({ answers, stallAfter }), talk);
    expect(codesOf(ended)).toEqual(['unknown']);
    expect(ended.outcomes.every((one) => one.code === 'unknown' && one.cause === 'stalled')).toBe(true);
  },
);

test('paper that ends after k bytes, for every k of a receipt, is said; the last line may have come out', async () => {
  const ended = await endings(allKs(1), (emptyAfter) => ({ answers: true, emptyAfter }), escposTalk);
  expect(codesOf(ended)).toEqual(['unknown']);
  expect(ended.outcomes.every((one) => one.code === 'unknown' && one.cause === 'paper-out')).toBe(true);
});

test('a printer that used to answer and says nothing now gets not one byte', async () => {
  const fake = await startFakeTcpPrinter((connection) =>
    connection === 0 ? { answers: true } : { answers: true, stallAfter: 0 },
  );
  const printer = createTcpPrinter({ ...quick, answerMs: 100, port: fake.port });
  expect(await printer.print(receipt)).toEqual({ code: 'printed', confirmed: true });
  expect(await printer.print(receipt)).toEqual({ code: 'timeout' });
  expect(await printer.status()).toEqual({ code: 'timeout' });
  expect(fake.receivedOn(1)).toHaveLength(0);
  await fake.close();
});
