import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Child, type Death, type Program, type Ready, startChild } from './child.ts';
import { writeSeed } from './seed.ts';
import { announcement, hasSignIn, keepSignIn } from './start-sign-in.ts';
import { root } from './tools.ts';
import { buildWeb } from './web.ts';

const help = `npm start [-- OPTIONS]
  HQ on its own Postgres and one till with demo data, until Ctrl+C. The data stay in .data/.
  --fresh          delete the data of earlier starts first
  --catalog PATH   a medicine register to import instead of the demo's (BDPM folder or CSV)
  --port N         the till's port (default 4600); HQ takes the next one up
  --no-open        do not open a browser`;

const { values: options } = parseArgs({
  options: {
    fresh: { type: 'boolean', default: false },
    catalog: { type: 'string' },
    port: { type: 'string', default: '4600' },
    'no-open': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const port = Number(options.port);

/** Brings HQ and the till up, waits for Ctrl+C or a death, and stops in the other order: till, then HQ. */
async function start(): Promise<void> {
  const data = join(root, '.data');
  const taken = await firstTaken([port, port + 1]);
  if (taken !== null)
    return fail(`Port ${taken} is taken (is Pestle running already?): --port N takes another.`);
  if (options.fresh) {
    console.log(`Deleting the demo's data in ${data}`);
    rmSync(data, { recursive: true, force: true });
  }
  const interrupt = new AbortController();
  const interrupted = new Promise<undefined>((done) => {
    interrupt.signal.addEventListener('abort', () => done(undefined));
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => interrupt.abort());
  });
  const children: Child[] = [];
  const launch = (program: Omit<Program, 'say'>): Child => {
    const child = startChild({ ...program, say: (line) => console.log(`  ${line}`) });
    children.push(child);
    return child;
  };
  if (!(await buildWeb())) return fail('The screens could not be built: the lines above say why.');
  const death = await Promise.race([interrupted, bringUp(data, launch, interrupt.signal)]);
  if (death) reportDeath(death);
  console.log('Stopping …');
  for (const child of children.toReversed()) await child.stop();
  console.log('Stopped. The next start goes on with the same data.');
}

/** Starts HQ, then the till that enrols with it; resolves when one of them has died, or when there is nothing to start. */
async function bringUp(
  data: string,
  launch: (program: Omit<Program, 'say'>) => Child,
  interrupt: AbortSignal,
): Promise<Death | undefined> {
  const seed = await seedArguments(data);
  if (seed === null || interrupt.aborted) return undefined;
  console.log(seed.length > 0 ? 'Starting HQ and giving it the demo …' : 'Starting HQ …');
  const hq = launch({
    name: 'HQ',
    file: 'sync-server/main.ts',
    args: ['--json', '--codes', '--data', join(data, 'hq'), '--port', String(port + 1), ...seed],
  });
  const hqReady = await hq.ready;
  if (!hqReady.ok) return hqReady.error;
  const signIn = keepSignIn(data, hqReady.value);
  rmSync(seedFile(data), { force: true });
  if (interrupt.aborted) return undefined;
  const code = codeOf(hqReady.value, 'S01', 'T01');
  console.log(code ? 'Starting the till and bringing it the catalogue …' : 'Starting the till …');
  const till = launch({
    name: 'The till',
    file: 'desktop/hosts/node.ts',
    args: [
      ...['--json', '--data', join(data, 'till'), '--port', String(port)],
      ...['--hq', hqReady.value.url, ...(code ? ['--code', code] : [])],
    ],
  });
  const tillReady = await till.ready;
  if (!tillReady.ok) return tillReady.error;
  const { url, screen = url, enrolled = true } = tillReady.value;
  console.log(announcement({ data, screen, enrolled, hqUrl: hqReady.value.url, signIn }));
  if (!options['no-open']) openBrowser(screen);
  return Promise.race([hq.died, till.died]);
}

const seedFile = (data: string): string => join(data, 'demo-seed.ndjson');

/** What gives a new HQ the demo; nothing where an earlier start has done so, null when it cannot be made. */
async function seedArguments(data: string): Promise<readonly string[] | null> {
  const catalog = options.catalog === undefined ? undefined : resolve(options.catalog);
  if (hasSignIn(data)) {
    if (catalog) console.log('There are data of an earlier start: --catalog counts with --fresh only.');
    return [];
  }
  const file = seedFile(data);
  console.log(catalog ? `Reading the register in ${catalog} …` : 'Making the demo pharmacy …');
  const written = await writeSeed({ file, catalog, nowMs: Date.now() });
  if (written.ok) return ['--seed', file, ...(catalog ? ['--catalog', catalog] : [])];
  fail(`${written.error.path} is no medicine register that Pestle can read (${written.error.code}).`);
  return null;
}

function codeOf({ stores }: Ready, storeCode: string, tillCode: string): string | null {
  const store = stores?.find((one) => one.code === storeCode);
  return store?.tills.find((one) => one.code === tillCode)?.enrolmentCode ?? null;
}

async function firstTaken(ports: readonly number[]): Promise<number | null> {
  for (const one of ports) {
    const free = await new Promise<boolean>((resolve) => {
      const probe = createServer().once('error', () => resolve(false));
      probe.listen(one, '127.0.0.1', () => probe.close(() => resolve(true)));
    });
    if (!free) return one;
  }
  return null;
}

function reportDeath({ name, code, lastLines }: Death): void {
  fail(
    `${name} ended unexpectedly with code ${code}. Its last lines:\n${lastLines.map((line) => `  ${line}`).join('\n')}`,
  );
}

function openBrowser(url: string): void {
  const opener =
    { darwin: ['open', url], win32: ['cmd', '/c', 'start', '', url] }[process.platform as string] ??
    linuxOpener(url);
  const [command, ...args] = opener;
  if (command === undefined) return;
  // The address is printed: a desktop without an opener is no failure.
  spawn(command, args, { stdio: 'ignore', detached: true })
    .once('error', () => {})
    .unref();
}

function linuxOpener(url: string): readonly string[] {
  const hasDisplay = process.env.DISPLAY !== undefined || process.env.WAYLAND_DISPLAY !== undefined;
  return hasDisplay ? ['xdg-open', url] : [];
}

function fail(message: string): void {
  console.error(message);
  process.exitCode = 1;
}

// Last, when everything above is there.
if (options.help) console.log(help);
else if (!Number.isInteger(port) || port < 1 || port > 65_534)
  fail(`--port wants a number from 1 to 65534, not "${options.port}".`);
else await start();
