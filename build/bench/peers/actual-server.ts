/**
 * `actual-server.ts PEERS FOLDER`: Actual's sync server as it ships, its files in FOLDER. Its SQLite has a rollback
 * journal and `synchronous=FULL` (the library's defaults): every request that brings messages is fsynced.
 */
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { endWithRunner, requireFrom, sayReady } from './program.ts';

const [peers = '', folder = ''] = process.argv.slice(2);
endWithRunner();
mkdirSync(folder, { recursive: true });
const port = await freePort();
Object.assign(process.env, {
  ACTUAL_DATA_DIR: folder,
  ACTUAL_HOSTNAME: '127.0.0.1',
  ACTUAL_PORT: String(port),
  // It takes 500 requests a minute from one address; the bench gives each request an address, as tills have.
  ACTUAL_TRUSTED_PROXIES: '127.0.0.0/8',
  // A file of 400,000 rows is larger than the 50 MB it takes by default.
  ACTUAL_UPLOAD_SYNC_ENCRYPTED_FILE_SYNC_SIZE_LIMIT_MB: '1000',
});
const program = requireFrom(peers).resolve('@actual-app/sync-server/package.json');
await import(pathToFileURL(join(program, '../build/app.js')).href);
const url = `http://127.0.0.1:${port}`;
while (!(await isUp(url))) await pause(50);
sayReady(url);

async function isUp(address: string): Promise<boolean> {
  try {
    return (await fetch(`${address}/health`)).ok;
  } catch {
    return false; // it does not listen yet
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
