import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { createQueuePrinter, listQueues } from './queue-printer.ts';

const folder = mkdtempSync(join(tmpdir(), 'pestle-queue-'));
const path = process.env.PATH;
beforeEach(() => {
  process.env.PATH = [folder, path].join(delimiter);
});
afterEach(() => {
  process.env.PATH = path;
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A stand-in program of this name, before all others. */
function program(name: string, script: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\ncd "${folder}"\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
}

const job = Buffer.from('\x1b@Pharmacie\0\xff\n', 'latin1');
const printer = createQueuePrinter({ queue: 'Receipts & more', platform: 'linux', withinMs: 500 });

test('CUPS gets the very bytes, raw, for the queue by its name', async () => {
  program('lp', 'printf "%s|" "$@" > args; cat > job');
  expect(await printer.print(job)).toEqual({ code: 'printed', confirmed: false });
  expect(readFileSync(join(folder, 'args'), 'utf8')).toBe('-d|Receipts & more|-o|raw|-s|');
  expect(readFileSync(join(folder, 'job'))).toEqual(job);
});

test.each([
  ['echo "lp: The printer or class does not exist." >&2; exit 1', { code: 'offline' }],
  ['cat > /dev/null; echo "lp: Destination \\"x\\" is not accepting jobs." >&2; exit 1', { code: 'refused' }],
  ['cat > /dev/null; exec sleep 30', { code: 'unknown', sentBytes: job.length, cause: 'timeout' }],
])('lp that does `%s` is told apart', async (script, outcome) => {
  program('lp', script);
  expect(await printer.print(job)).toEqual(outcome);
});

test('a machine without CUPS has no driver, and nothing is lost', async () => {
  process.env.PATH = '/nowhere';
  expect(await printer.print(job)).toEqual({ code: 'no-driver' });
  expect(await printer.status()).toEqual({ code: 'no-driver' });
  expect(await listQueues()).toEqual([]);
});

test.each([
  ['echo "printer x is idle.  enabled since Mon"', { code: 'ready', answers: false, paperLow: false }],
  ['echo "printer x disabled since Mon - Unplugged or turned off"', { code: 'offline' }],
  ['echo "printer x now printing. enabled"; echo "Alerts: media-empty-error"', { code: 'paper-out' }],
  ['echo "lpstat: Invalid destination name" >&2; exit 1', { code: 'offline' }],
])('what lpstat says with `%s` is the status', async (script, status) => {
  program('lpstat', script);
  expect(await printer.status()).toEqual(status);
});

test('the queues are those that CUPS names', async () => {
  program('lpstat', 'printf "Receipts\\nOffice_A4\\n"');
  expect(await listQueues()).toEqual(['Receipts', 'Office_A4']);
});

test('under Windows the spooler gets them through PowerShell, the name never in the script', async () => {
  program('powershell.exe', 'printf "%s" "$PESTLE_QUEUE" > name; printf "%s" "$4" > script; cat > job');
  const windows = createQueuePrinter({ queue: "O'Brien $(x)", platform: 'win32', withinMs: 500 });
  expect(await windows.print(job)).toEqual({ code: 'printed', confirmed: false });
  expect(readFileSync(join(folder, 'name'), 'utf8')).toBe("O'Brien $(x)");
  expect(readFileSync(join(folder, 'script'), 'utf8')).not.toContain('Brien');
  expect(readFileSync(join(folder, 'job'))).toEqual(job);
  program('powershell.exe', 'exit 2');
  expect(await windows.print(job)).toEqual({ code: 'offline' });
  program('powershell.exe', 'cat > /dev/null; exit 4');
  expect(await windows.print(job)).toMatchObject({ code: 'unknown' });
});
