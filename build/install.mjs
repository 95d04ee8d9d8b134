/**
 * What has to be true before any TypeScript can run: the packages of package-lock.json are installed, and
 * there is a Node 24. Plain JavaScript without dependencies, because it runs on whatever Node (≥ 18) is there.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** An expected failure of the runners: its message is the one sentence the person gets to read. */
export class Sentence extends Error {}

/**
 * Installs with `npm ci` when node_modules is absent or is not what package-lock.json says.
 * @param {string} root the project's folder
 * @param {(line: string) => void} say where progress goes
 */
export async function ensureInstalled(root, say) {
  const reason = whyInstall(root);
  if (!reason) return stamp(root);
  if (process.platform === 'win32' && process.execPath.startsWith(join(root, 'node_modules'))) {
    throw new Sentence(
      `${reason}; Windows cannot replace a running Node: run "npm ci" once, then this command again.`,
    );
  }
  say(`Installing the packages, because ${reason}: about a minute, 1 GB …`);
  const startedAt = Date.now();
  const code = await npmCi(root, (seconds) => say(`… still installing (${seconds} s)`));
  if (code !== 0) {
    throw new Sentence(
      `The packages could not be installed: "npm ci" ended with code ${code}; the lines above say why (most often the network, a proxy, or a full disk).`,
    );
  }
  stamp(root);
  say(`Packages installed in ${Math.round((Date.now() - startedAt) / 1000)} s.`);
}

/**
 * Why `npm ci` has to run, or undefined when node_modules is up to date.
 * @param {string} root the project's folder
 * @returns {string | undefined}
 */
export function whyInstall(root) {
  if (!existsSync(join(root, 'package-lock.json')))
    throw new Sentence('package-lock.json is missing: this is not a complete copy of Pestle.');
  if (!existsSync(join(root, 'node_modules'))) return 'node_modules is absent';
  if (readOr(stampFile(root), '') === lockHash(root)) return undefined;
  // No stamp of ours: installed by hand with npm, perhaps rightly.
  return firstDifference(root);
}

/**
 * A Node that runs TypeScript by itself (24 or newer): the npm package for this platform, else the one running.
 * @param {string} root the project's folder
 * @returns {string} its path
 */
export function findNode24(root) {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const binary = process.platform === 'win32' ? 'node.exe' : 'node';
  const packaged = join(root, 'node_modules', `node-${platform}-${process.arch}`, 'bin', binary);
  if (existsSync(packaged) && major(spawnSync(packaged, ['--version'], { encoding: 'utf8' }).stdout) >= 24)
    return packaged;
  if (major(process.version) >= 24) return process.execPath;
  throw new Sentence(
    `Pestle needs Node 24, and npm has no package of it that runs on ${process.platform} ${process.arch}: install Node 24 from https://nodejs.org, then run this command again (this is Node ${process.version}).`,
  );
}

/** npm notes what it installed in a hidden lockfile, written last: it also tells a broken-off install. */
function firstDifference(/** @type {string} */ root) {
  const installed = packagesOf(join(root, 'node_modules', '.package-lock.json'));
  if (!installed) return 'node_modules is incomplete';
  for (const [path, wanted] of Object.entries(packagesOf(join(root, 'package-lock.json')) ?? {})) {
    if (path === '' || wanted.optional || wanted.devOptional) continue;
    if (installed[path]?.version !== wanted.version)
      return `${path.replace(/^.*node_modules\//, '')} is not the version of package-lock.json`;
  }
  return undefined;
}

/** @returns {Record<string, { version?: string, optional?: boolean, devOptional?: boolean }> | undefined} */
function packagesOf(/** @type {string} */ file) {
  const text = readOr(file, '');
  return text ? JSON.parse(text).packages : undefined;
}

/** @returns {Promise<number>} npm's exit code */
function npmCi(/** @type {string} */ root, /** @type {(seconds: number) => void} */ tick) {
  const cli = process.env.npm_execpath;
  const viaNode = cli?.endsWith('.js');
  const command = viaNode ? (process.env.npm_node_execpath ?? process.execPath) : 'npm';
  const args = [...(viaNode && cli ? [cli] : []), 'ci', '--no-audit', '--no-fund', '--loglevel=error'];
  return new Promise((resolve) => {
    // npm's words go to stderr: stdout belongs to the command that was asked for.
    const npm = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 2, 2],
      shell: !viaNode && process.platform === 'win32',
    });
    const startedAt = Date.now();
    const timer = setInterval(() => tick(Math.round((Date.now() - startedAt) / 1000)), 15_000);
    const end = (/** @type {number} */ code) => {
      clearInterval(timer);
      resolve(code);
    };
    npm.once('error', () => end(127));
    npm.once('exit', (code) => end(code ?? 1));
  });
}

/** Notes which lockfile node_modules was found to match: the comparison is done once, and a skipped optional package asks for no second install. */
function stamp(/** @type {string} */ root) {
  if (readOr(stampFile(root), '') !== lockHash(root)) writeFileSync(stampFile(root), lockHash(root));
}

const stampFile = (/** @type {string} */ root) => join(root, 'node_modules', '.pestle-stamp');
const lockHash = (/** @type {string} */ root) =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
const major = (/** @type {string | null} */ version) => Number(/^v(\d+)/.exec(version ?? '')?.[1] ?? 0);

function readOr(/** @type {string} */ file, /** @type {string} */ otherwise) {
  return existsSync(file) ? readFileSync(file, 'utf8') : otherwise;
}
