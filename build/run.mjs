/**
 * The first thing every npm script of Pestle calls: `node build/run.mjs COMMAND [options]`. It installs what is
 * missing, finds Node 24 and runs the command's TypeScript under it; on a fresh machine nothing else could.
 * It writes to stderr only, so that `--json` commands keep stdout to themselves.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled, findNode24, Sentence } from './install.mjs';

const commands = {
  start: 'build/start.ts',
  test: 'build/test.ts',
  check: 'build/check.ts',
  hq: 'sync-server/main.ts',
  till: 'desktop/hosts/node.ts',
  recover: 'desktop/hosts/recover.ts',
  restore: 'desktop/hosts/restore-command.ts',
  'restore-drill': 'build/restore-drill/main.ts',
  desktop: 'build/desktop.ts',
  demo: 'build/demo.ts',
  bench: 'build/bench/main.ts',
  simulate: 'build/simulate/main.ts',
  sequences: 'build/sequences/main.ts',
  proof: 'build/proof/main.ts',
  chaos: 'build/chaos/main.ts',
  verify: 'build/verify/main.ts',
  'build:web': 'build/web.ts',
  package: 'build/package.ts',
};

const root = fileURLToPath(new URL('..', import.meta.url));
const say = (/** @type {string} */ line) => process.stderr.write(`${line}\n`);

try {
  process.exitCode = await run(process.argv[2] ?? '', process.argv.slice(3));
} catch (error) {
  if (!(error instanceof Sentence)) throw error;
  say(error.message);
  process.exitCode = 1;
}

/** @returns {Promise<number>} the command's exit code */
async function run(/** @type {string} */ name, /** @type {string[]} */ args) {
  const file = new Map(Object.entries(commands)).get(name);
  if (!file)
    throw new Sentence(`There is no command "${name}"; there are: ${Object.keys(commands).join(', ')}.`);
  if (Number(process.versions.node.split('.')[0]) < 18)
    throw new Sentence(`Pestle's commands need Node 18 or newer to begin with; this is ${process.version}.`);
  if (!existsSync(join(root, file)))
    throw new Sentence(`"${name}" is not part of this version of Pestle (${file} is missing).`);
  await ensureInstalled(root, say);
  return runUnder(findNode24(root), file, args);
}

/** Runs the TypeScript file with Node 24 and the installed tools first in PATH; signals go on to it. */
function runUnder(/** @type {string} */ node, /** @type {string} */ file, /** @type {string[]} */ args) {
  const path = [dirname(node), join(root, 'node_modules', '.bin'), process.env.PATH ?? ''].join(delimiter);
  const child = spawn(node, [join(root, file), ...args], {
    cwd: root,
    stdio: 'inherit',
    env: {
      // Types are stripped and code is compiled once, not at every start: a till starts in half the time.
      NODE_COMPILE_CACHE: join(root, '.cache', 'compile'),
      // glibc keeps a heap for each of up to 8 threads a core, also of those that have ended: 50 MB of a till.
      MALLOC_ARENA_MAX: '2',
      ...process.env,
      PATH: path,
    },
  });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill(signal));
  }
  // npm passes SIGTERM to the shell between us, which dies without passing it on: being orphaned is the signal.
  const parent = process.ppid;
  setInterval(() => process.ppid === parent || child.kill('SIGTERM'), 500).unref();
  return /** @type {Promise<number>} */ (
    new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal ?? 'SIGTERM']));
    })
  );
}
