import { beforeAll, expect, test } from 'vitest';
import { saleReceipt } from '#shared/sales/receipt.ts';
import { encodeReceipt } from './escpos/encode.ts';
import { printerProfiles } from './escpos/profiles.ts';
import { sampleSale } from './escpos/sample-receipts.ts';
import { escposTalk } from './escpos/talk.ts';
import { type FakeBehaviour, startFakeTcpPrinter } from './fake-tcp-printer.ts';
import type { Printer, PrintOutcome } from './printer.ts';
import { starTalk } from './star/talk.ts';
import type { Talk } from './talk.ts';
import { createTcpPrinter } from './tcp-printer.ts';

const quick = { host: '127.0.0.1', connectMs: 5000, stallMs: 200, answerMs: 200, finishMs: 20 };
const AT_ONCE = 200;
const noRaster = { rasteriser: () => Promise.reject(new Error('not needed')) };
/** Every kind of row that a receipt has, once. */
const shortSale = { ...sampleSale, lines: sampleSale.lines.slice(2), taxes: [], footer: [] };
let receipt: Uint8Array;
beforeAll(async () => {
  receipt = await encodeReceipt(saleReceipt(shortSale), printerProfiles['generic-80'], noRaster);
});

type Ended = { readonly outcomes: readonly PrintOutcome[]; readonly printed: readonly Buffer[] };

/** The receipt sent once to each of the printers that end after so many bytes of it, all known to answer. */
async function endings(ks: readonly number[], endsAfter: (k: number) => FakeBehaviour, talk: Talk) {
  const found: { outcomes: PrintOutcome[]; printed: Buffer[] } = { outcomes: [], printed: [] };
  for (let from = 0; from < ks.length; from += AT_ONCE) {
    const some = ks.slice(from, from + AT_ONCE);
    let acquainted = Number.POSITIVE_INFINITY;
    const fake = await startFakeTcpPrinter((connection) => {
      const k = some[connection - acquainted];
      return k === undefined ? { answers: talk === starTalk ? 'star' : true } : endsAfter(k);
    });
    const printers = some.map(() => createTcpPrinter({ ...quick, port: fake.port, talk }));
    await Promise.all(printers.map(untilAnswered));
    acquainted = fake.connections();
    found.outcomes.push(...(await Promise.all(printers.map((printer) => printer.print(receipt)))));
    found.printed.push(...some.map((_, i) => fake.receivedOn(acquainted + i)));
    await fake.close();
  }
  return found satisfies Ended;
}

/** On a busy machine even a good printer may seem silent for once. */
async function untilAnswered(printer: Printer): Promise<void> {
  for (;;) {
    const status = await printer.status();
    if (status.code === 'ready' && status.answers) return;
  }
}

const allKs = (from: number) => Array.from({ length: receipt.length + 1 - from }, (_, i) => from + i);

/**
 * Never taken for printed; and where it is said that nothing went, nothing did. (Late answers of a busy machine are
 * such a case too, so that their number is compared and not forbidden.)
 */
function expectKnown({ outcomes, printed }: Ended): void {
  expect(outcomes.filter(({ code }) => code === 'printed')).toEqual([]);
  const sureOfNothing = outcomes.filter(({ code }) => code !== 'unknown').length;
  expect(printed.filter(({ length }) => length === 0).length).toBeGreaterThanOrEqual(sureOfNothing);
  expect(sureOfNothing).toBeLessThan(outcomes.length / 2);
}

test.each([
  ['ESC/POS', true, escposTalk],
  ['Star', 'star', starTalk],
] as const)(
  '%s: reset after k bytes, for every k of a receipt, ends in a known state',
  async (_name, answers, talk) => {
    expectKnown(await endings(allKs(1), (resetAfter) => ({ answers, resetAfter }), talk));
    const atOnce = await endings([0], (resetAfter) => ({ answers, resetAfter }), talk);
    expect(atOnce).toEqual({ outcomes: [{ code: 'offline' }], printed: [Buffer.alloc(0)] });
  },
);

test.each([
  ['ESC/POS', true, escposTalk],
  ['Star', 'star', starTalk],
] as const)(
  '%s: a stall after k bytes, for every k of a receipt, ends in a known state',
  async (_name, answers, talk) => {
    const ended = await endings(allKs(0), (stallAfter) => ({ answers, stallAfter }), talk);
    expectKnown(ended);
    const causes = ended.outcomes.flatMap((one) => (one.code === 'unknown' ? [one.cause] : []));
    expect(new Set(causes)).toEqual(new Set(['stalled']));
  },
);

test('paper that ends after k bytes, for every k of a receipt, is said; the last line may have come out', async () => {
  const ended = await endings(allKs(1), (emptyAfter) => ({ answers: true, emptyAfter }), escposTalk);
  expectKnown(ended);
  expect(ended.outcomes).toContainEqual({ code: 'unknown', sentBytes: receipt.length, cause: 'paper-out' });
});

test('a printer that used to answer and says nothing now gets not one byte', async () => {
  const fake = await startFakeTcpPrinter((connection) =>
    connection === 0 ? { answers: true } : { answers: true, stallAfter: 0 },
  );
  const printer = createTcpPrinter({ ...quick, finishMs: 5000, answerMs: 500, port: fake.port });
  expect(await printer.print(receipt)).toEqual({ code: 'printed', confirmed: true });
  expect(await printer.print(receipt)).toEqual({ code: 'timeout' });
  expect(await printer.status()).toEqual({ code: 'timeout' });
  expect(fake.receivedOn(1)).toHaveLength(0);
  await fake.close();
});
