import { afterEach, expect, test } from 'vitest';
import { escposTalk } from './escpos/talk.ts';
import { type FakeBehaviour, type FakeTcpPrinter, startFakeTcpPrinter } from './fake-tcp-printer.ts';
import type { Printer } from './printer.ts';
import { starTalk } from './star/talk.ts';
import { createTcpPrinter } from './tcp-printer.ts';

const job = Buffer.from('\x1b@Pharmacie\n\x1dV\x01', 'latin1');
const starJob = Buffer.from('\x1b@\x18Pharmacie\n\x1bd\x01', 'latin1');
/** More than the sockets' buffers hold, so that a printer that stops reading is felt. */
const longJob = Buffer.alloc(24_000_000, 'Pharmacie\n');
const quick = { host: '127.0.0.1', connectMs: 1000, stallMs: 300, answerMs: 100, finishMs: 300 };

let fake: FakeTcpPrinter | undefined;
afterEach(async () => {
  await fake?.close();
  fake = undefined;
});
async function printerThat(behaviour: FakeBehaviour, talk = escposTalk): Promise<Printer> {
  fake = await startFakeTcpPrinter(behaviour);
  return createTcpPrinter({ ...quick, port: fake.port, talk });
}

test('a printer that answers confirms, and has exactly our bytes', async () => {
  const printer = await printerThat({ answers: true });
  expect(await printer.print(job)).toEqual({ code: 'printed', confirmed: true });
  expect(fake?.received()).toEqual(job);
});

test('a silent printer prints all the same, unconfirmed', async () => {
  const printer = await printerThat({});
  expect(await printer.print(job)).toEqual({ code: 'printed', confirmed: false });
  expect(fake?.received()).toEqual(job);
});

test('without paper or with its cover open it gets not one byte', async () => {
  const empty = await printerThat({ answers: true, paperOut: true });
  expect(await empty.print(job)).toEqual({ code: 'paper-out' });
  expect(fake?.received()).toHaveLength(0);
  await fake?.close();
  const open = await printerThat({ answers: true, coverOpen: true });
  expect(await open.print(job)).toEqual({ code: 'cover-open' });
  expect(fake?.received()).toHaveLength(0);
});

test('paper that runs out within a job leaves its fate unknown, with the reason', async () => {
  const printer = await printerThat({ answers: true, emptyAfter: 5 });
  expect(await printer.print(job)).toEqual({ code: 'unknown', sentBytes: job.length, cause: 'paper-out' });
});

test('a connection reset after some bytes leaves its fate unknown, and says how many went', async () => {
  const printer = await printerThat({ answers: true, resetAfter: 50_000 });
  const outcome = await printer.print(longJob);
  expect(outcome).toMatchObject({ code: 'unknown', cause: 'reset' });
  const sent = 'sentBytes' in outcome ? outcome.sentBytes : 0;
  expect(sent).toBeGreaterThanOrEqual(50_000);
  expect(sent).toBeLessThan(longJob.length);
});

test('a printer that stops reading is given up, and its bytes counted', async () => {
  const printer = await printerThat({ stallAfter: 50_000 });
  const outcome = await printer.print(longJob);
  expect(outcome).toMatchObject({ code: 'unknown', cause: 'stalled' });
  expect('sentBytes' in outcome ? outcome.sentBytes : 0).toBeGreaterThanOrEqual(50_000);
});

test('nobody listening is refused', async () => {
  const printer = await printerThat({});
  await fake?.close();
  expect(await printer.print(job)).toEqual({ code: 'refused' });
  expect(await printer.status()).toEqual({ code: 'refused' });
});

test('no such host is offline', async () => {
  const printer = createTcpPrinter({ ...quick, host: 'printer.invalid', port: 9100 });
  expect(await printer.print(job)).toEqual({ code: 'offline' });
});

test('a status says what the printer says, and that a silent one said nothing', async () => {
  const low = await printerThat({ answers: true, paperLow: true });
  expect(await low.status()).toEqual({ code: 'ready', answers: true, paperLow: true });
  await fake?.close();
  const silent = await printerThat({});
  expect(await silent.status()).toEqual({ code: 'ready', answers: false, paperLow: false });
});

test.each([
  [{ offline: true }, 'offline'],
  [{ fault: true }, 'fault'],
  [{ coverOpen: true }, 'cover-open'],
  [{ paperOut: true }, 'paper-out'],
] as const)('%o is said before the first byte, by both kinds of printer', async (trouble, code) => {
  for (const [answers, talk] of [
    [true, escposTalk],
    ['star', starTalk],
  ] as const) {
    const printer = await printerThat({ answers, ...trouble }, talk);
    expect(await printer.print(job)).toEqual({ code });
    expect(await printer.status()).toEqual({ code });
    expect(fake?.received()).toHaveLength(0);
    // A drawer's pulse needs no paper.
    expect(await printer.print(Buffer.from('pulse'), { needsPaper: false })).toMatchObject({
      code: 'printed',
    });
    expect(fake?.received().toString()).toBe('pulse');
    await fake?.close();
  }
});

test.each([0, 1, 2, 30, 31])(
  'a Star printer whose counter stands at %i says when it is through',
  async (counted) => {
    for (const canResets of [true, false]) {
      const printer = await printerThat({ answers: 'star', counted, canResets }, starTalk);
      expect(await printer.print(starJob)).toEqual({ code: 'printed', confirmed: true });
      expect(fake?.received()).toEqual(starJob);
      await fake?.close();
    }
  },
);

test('a Star printer that runs out of paper within a job never counts, and says why', async () => {
  const printer = await printerThat({ answers: 'star', counted: 7, emptyAfter: 5 }, starTalk);
  expect(await printer.print(starJob)).toEqual({
    code: 'unknown',
    sentBytes: starJob.length,
    cause: 'paper-out',
  });
});

test('two jobs at once are printed one after the other, whole', async () => {
  const printer = await printerThat({ answers: true });
  const second = Buffer.from('second\n');
  const outcomes = await Promise.all([printer.print(job), printer.print(second)]);
  expect(outcomes.map(({ code }) => code)).toEqual(['printed', 'printed']);
  expect(fake?.received()).toEqual(Buffer.concat([job, second]));
  expect(fake?.connections()).toBe(2);
});
