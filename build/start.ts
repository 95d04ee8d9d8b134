import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Child, type Death, type Program, startChild } from './child.ts';
import { root } from './tools.ts';
import { buildWeb } from './web.ts';

const help = `npm start [-- OPTIONS]
  HQ on its own Postgres and one till with demo data, until Ctrl+C. The data stay in .data/.
  --fresh          delete the data of earlier starts first
  --catalog PATH   a medicine register to import instead of the demo's (BDPM folder or CSV)
  --port N         the till's port (default 4600); HQ takes the next one
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

if (options.help) console.log(help);
else if (!Number.isInteger(port) || port < 1 || port > 65_534)
  fail(`--port wants a number from 1 to 65534, not "${options.port}".`);
else await start();

/** Brings HQ and the till up, waits for Ctrl+C or a death, and stops in the other order: till, then HQ. */
async function start(): Promise<void> {
  const data = join(root, '.data');
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
  const launch = (program: Program): Child => {
    const child = startChild(program);
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

/** Starts HQ, then the till that enrols with it; resolves when one of them has died. */
async function bringUp(
  data: string,
  launch: (program: Program) => Child,
  interrupt: AbortSignal,
): Promise<Death | undefined> {
  if (interrupt.aborted) return undefined;
  console.log('Starting HQ …');
  const catalog = options.catalog === undefined ? [] : ['--catalog', resolve(options.catalog)];
  const hq = launch({
    name: 'HQ',
    file: 'sync-server/main.ts',
    args: ['--json', '--demo', '--data', join(data, 'hq'), '--port', String(port + 1), ...catalog],
    say: (line) => console.log(`  ${line}`),
  });
  const hqReady = await hq.ready;
  if (!hqReady.ok) return hqReady.error;
  if (interrupt.aborted) return undefined;
  console.log('Starting the till …');
  const code = hqReady.value.enrolmentCode;
  const till = launch({
    name: 'The till',
    file: 'desktop/hosts/node.ts',
    args: [
      '--json',
      '--data',
      join(data, 'till'),
      '--hq',
      hqReady.value.url,
      '--port',
      String(port),
      ...(code ? ['--code', code] : []),
    ],
    say: (line) => console.log(`  ${line}`),
  });
  const tillReady = await till.ready;
  if (!tillReady.ok) return tillReady.error;
  announce('Till', tillReady.value);
  announce('HQ', hqReady.value);
  console.log('\nCtrl+C stops both.');
  if (!options['no-open']) openBrowser(tillReady.value.url);
  return Promise.race([hq.died, till.died]);
}

function announce(name: string, { url, signIn }: { readonly url: string; readonly signIn?: unknown }): void {
  console.log(`\n${name}  ${url}`);
  for (const line of readable(signIn)) console.log(`  ${line}`);
}

/** `{email, password}` or a list of people with their PINs, one line each, whatever the fields. */
function readable(value: unknown): readonly string[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(readable);
  if (typeof value !== 'object') return [String(value)];
  return [
    Object.entries(value)
      .map(([key, one]) => `${key} ${typeof one === 'object' ? readable(one).join(', ') : one}`)
      .join('   '),
  ];
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
