import { randomBytes } from 'node:crypto';
import { fstatSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { ORPCError } from '@orpc/server';
import { printerProfileIds } from '../devices/escpos/profiles.ts';
import { printerPlace } from '../devices/printer-address.ts';
import type { KeyVault, Log } from '../till/ports.ts';
import { createTillRouter } from '../till/router.ts';
import type { Till } from '../till/till.ts';
import { composeTill } from './compose.ts';
import { createCounterDevices } from './counter-devices.ts';
import { keepCrash, whereItBroke } from './crash-file.ts';
import { openFileVault } from './file-vault.ts';
import { createFileLog, withoutPersons } from './log.ts';
import { startLoopback } from './loopback.ts';
import { createReceiptDesk } from './receipt-desk.ts';
import { createCounterScanners } from './scanners.ts';
import { vaultInstead } from './vault-instead.ts';

/** A till in a browser on this machine: the same screens and the same till as under Electron, but for this file. */
const USAGE = `npm run till -- [options]
  --data DIR        the till's folder (default .data/till)
  --hq URL          HQ to join on first run
  --code CODE       enrolment code for it; passed over once the till is enrolled
  --port N          port on 127.0.0.1 (default 4600; 0 = any)
  --printer ADDR    screen, tcp://host[:9100], usb:/dev/usb/lp0, serial:PORT[?baud=N] or queue:NAME,
                    instead of what was chosen on the screen Devices (screen, until then)
  --profile ID      printer profile, likewise (generic-80, until then)
  --offline         do not look for HQ until told to
  --plain-feed      follow HQ by plain requests, where a proxy breaks long answers
  --json            one JSON line when ready: {"ready":true,"url","token","enrolled"}
  --help`;

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

async function main(): Promise<void> {
  const { values } = parseArgs({ options });
  if (values.help) return console.log(USAGE);
  const { printer } = values;
  const profile = printerProfileIds.find((id) => id === values.profile);
  if (values.profile !== undefined && !profile)
    return fail(`--profile knows ${printerProfileIds.join(', ')}, not "${values.profile}".`);
  if (printer !== undefined && !printerPlace(printer))
    return fail(`--printer: "${printer}" is no place of a printer (--help lists them).`);
  const folder = values.data;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const log = createNodeLog(folder);
  const scanners = createCounterScanners({ file: join(folder, 'devices.json') });
  const composed = composeTill({
    folder,
    devices: {
      scanners,
      ...createCounterDevices({
        file: join(folder, 'devices.json'),
        fonts: at('node_modules/@expo-google-fonts'),
      }),
    },
    migrations: at('migrations/sqlite'),
    vault: vaultIn(folder),
    printer: createReceiptDesk({
      file: join(folder, 'devices.json'),
      given: { ...(printer && { printer }), ...(profile && { profile }) },
      fonts: at('node_modules/@expo-google-fonts'),
    }),
    log,
    version: VERSION,
    plainFeed: values['plain-feed'],
    worker: at('desktop/till/store/quick-check-worker.ts'),
  });
  if (!composed.ok) return fail(`This till's database cannot be opened: ${composed.error.code}.`);
  const { till, close, checkAside } = composed.value;
  saveMemoryOnceWhole(till);
  const token = randomBytes(24).toString('base64url');
  const loopback = await startLoopback({
    router: createTillRouter(till),
    token,
    screens: at('dist/screens'),
    port: Number(values.port),
  });
  scanners.start();
  stopWith(async () => {
    await scanners.stop();
    await loopback.close();
    await close();
  });
  if (values.hq && values.code && till.state().phase === 'first-run')
    await till.join({ hqUrl: values.hq, code: values.code });
  else if (!values.offline) till.start();
  const ready = {
    ready: true,
    url: loopback.url,
    token,
    screen: `${loopback.url}/#token=${token}`,
    enrolled: !['first-run', 'key-lost'].includes(till.state().phase),
  };
  if (till.state().phase === 'key-lost')
    console.error(
      'The key of this till is gone: its screen says how it is got back, and so does npm run recover.',
    );
  console.log(values.json ? JSON.stringify(ready) : `Till ready: ${ready.screen}`);
  await checkAside(at('desktop/till/store/quick-check-worker.ts'));
}

/** Where the file cannot be read, one that takes its place when it is written to. */
function vaultIn(folder: string): KeyVault {
  const file = join(folder, 'vault.json');
  try {
    return openFileVault(file);
  } catch {
    return vaultInstead(file, () => openFileVault(file));
  }
}

/**
 * A till shares its machine: V8 would keep 140 MB of garbage for a tenth of the time (docs/gotchas.md). Only the first
 * base is taken in without: a fifth less work while nobody can sell yet.
 */
function saveMemoryOnceWhole(till: Till): void {
  const isWhole = () => !['first-run', 'key-lost', 'joining'].includes(till.state().phase);
  if (isWhole()) return;
  setFlagsFromString('--no-optimize-for-size');
  const stop = till.live.listen('state', () => {
    if (!isWhole()) return;
    setFlagsFromString('--optimize-for-size');
    stop();
  });
}

/** A line on stderr and the same in the log file: as on a desktop, with nothing of a person in it (log.ts). */
function createNodeLog(folder: string): Log {
  const toFile = createFileLog(join(folder, 'logs/till.log'), Date.now);
  const crash = (problem: unknown) => {
    const broke = whereItBroke(problem);
    keepCrash(folder, broke, { version: VERSION, at: Date.now() });
    toFile('till-crashed', broke);
    console.error(JSON.stringify({ event: 'till-crashed', ...broke }));
    process.exit(1);
  };
  process.on('uncaughtException', crash);
  process.on('unhandledRejection', crash);
  return {
    warn(event, details = {}) {
      toFile(event, details);
      console.error(JSON.stringify({ event, ...withoutPersons(details) }));
    },
  };
}

const VERSION = '0.1.0';
const options = {
  data: { type: 'string', default: '.data/till' },
  hq: { type: 'string' },
  code: { type: 'string' },
  port: { type: 'string', default: '4600' },
  printer: { type: 'string' },
  profile: { type: 'string' },
  offline: { type: 'boolean', default: false },
  'plain-feed': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** Ctrl+C, a stop from outside, or the end of the program that started us over a pipe: closes once, in order. */
function stopWith(close: () => Promise<void>): void {
  let closing = false;
  const stop = async () => {
    if (closing) return;
    closing = true;
    await close();
    process.exit(0);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  if (!isPiped()) return;
  process.stdin.on('end', stop);
  process.stdin.on('error', () => {});
  process.stdin.resume();
}

function isPiped(): boolean {
  try {
    const stdin = fstatSync(0);
    return stdin.isFIFO() || stdin.isSocket();
  } catch {
    return false;
  }
}

/** What could not be begun, in one sentence; a till that is half up must not stay. */
function end(problem: unknown): never {
  fail(sentenceAbout(problem));
  process.exit(1);
}

function sentenceAbout(problem: unknown): string {
  if (!(problem instanceof Error)) return String(problem);
  const code = 'code' in problem ? String(problem.code) : '';
  if (code === 'EADDRINUSE') return 'The port is taken: choose another with --port.';
  if (problem instanceof ORPCError)
    return `HQ could not be joined: ${code} ${JSON.stringify(problem.data ?? {})}.`;
  return `${problem.message.split('\n')[0]} (--help lists the options)`;
}

function fail(sentence: string): void {
  console.error(sentence);
  process.exitCode = 1;
}

setFlagsFromString('--optimize-for-size');
if (import.meta.main) await main().catch(end);
