import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { escposTalk } from './escpos/talk.ts';
import { openFileLine } from './file-line.ts';
import { createLinePrinter } from './line-printer.ts';
import { openSerialLine } from './serial-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'pestle-lines-'));
afterAll(() => rmSync(folder, { recursive: true }));
const quick = { talk: escposTalk, stallMs: 300, answerMs: 300, finishMs: 500 };
const job = Buffer.from('\x1b@Pharmacie\n\x1dV\x01', 'latin1');

/** A pseudo-terminal: its one end is a device like a serial printer's, its other end is this test. */
type Pty = { readonly path: string; readonly heard: () => Buffer; readonly answering: (on: boolean) => void };
let ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends) end();
  ends = [];
});

async function openPty(): Promise<Pty> {
  const shell = 'stty raw -echo; tty; exec sleep 60';
  const child: ChildProcess = spawn('script', ['-qfc', shell, '/dev/null'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  ends.push(() => child.kill('SIGKILL'));
  const { stdin, stdout } = child;
  if (!stdin || !stdout) throw new Error('script has no pipes');
  let heard = Buffer.alloc(0);
  let answers = true;
  const path = await new Promise<string>((resolve) => {
    stdout.on('data', (data: Buffer) => {
      const text = data.toString('latin1');
      const named = /\/dev\/pts\/\d+/.exec(text);
      if (named) return resolve(named[0]);
      heard = Buffer.concat([heard, data]);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the protocol's own bytes
      for (const [question] of text.matchAll(/\x10\x04[\x01-\x04]|\x1dr\x01/g))
        if (answers) stdin.write(Uint8Array.of(question.startsWith('\x10') ? 0x12 : 0));
    });
  });
  return {
    path,
    heard: () => heard,
    answering: (on) => {
      answers = on;
    },
  };
}

test.each([
  ['device file', (path: string) => openFileLine(path)],
  ['serial line', (path: string) => openSerialLine({ path, baudRate: 19_200 })],
] as const)('a printer on a %s is asked, printed on and says when it is through', async (_name, openLine) => {
  const pty = await openPty();
  const printer = createLinePrinter({ ...quick, open: () => openLine(pty.path) });
  expect(await printer.status()).toEqual({ code: 'ready', answers: true, paperLow: false });
  expect(await printer.print(job)).toEqual({ code: 'printed', confirmed: true });
  expect(pty.heard().toString('latin1')).toContain(job.toString('latin1'));
  expect(await printer.print(job)).toEqual({ code: 'printed', confirmed: true });
  pty.answering(false);
  expect(await printer.print(job)).toEqual({ code: 'timeout' });
});

test('a USB printer that never answers takes the very bytes', async () => {
  const path = join(folder, 'lp0');
  writeFileSync(path, '');
  const printer = createLinePrinter({ ...quick, answerMs: 30, open: () => openFileLine(path) });
  expect(await printer.print(job)).toEqual({ code: 'printed', confirmed: false });
  expect(readFileSync(path).toString('latin1')).toContain(job.toString('latin1'));
});

test('a device that is not there is offline, on either', async () => {
  const path = join(folder, 'lp9');
  for (const open of [() => openFileLine(path), () => openSerialLine({ path, baudRate: 9600 })])
    expect(await createLinePrinter({ ...quick, open }).print(job)).toEqual({ code: 'offline' });
});
