import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { get, startTestHq, type TestHq } from '../intake/test-hq.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'pestle-hq-updates-'));
const updates = join(dataDir, 'updates');
let hq: TestHq;
beforeAll(async () => {
  writeFileSync(join(dataDir, 'recovery-key.txt'), 'the key');
  hq = await startTestHq({ dataDir });
});
afterAll(async () => {
  await hq.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

test('where nothing was put there is nothing', async () => {
  const answer = await get(hq.url, '/updates/latest.yml');
  expect([answer.status, await answer.json()]).toMatchObject([404, { code: 'NOT_FOUND' }]);
});

test('what the release wrote is given, whole or in parts, and asked for anew each time', async () => {
  mkdirSync(updates);
  writeFileSync(join(updates, 'latest.yml'), 'version: 1.2.0\n');
  writeFileSync(join(updates, 'Pestle-1.2.0-win-x64.exe'), '0123456789');
  const newest = await get(hq.url, '/updates/latest.yml?noCache=1');
  expect([await newest.text(), newest.headers.get('cache-control')]).toEqual([
    'version: 1.2.0\n',
    'no-cache',
  ]);
  const part = (range: string) =>
    get(hq.url, '/updates/Pestle-1.2.0-win-x64.exe', undefined, { headers: { range } });
  const rest = await part('bytes=4-');
  expect([rest.status, rest.headers.get('content-range'), await rest.text()]).toEqual([
    206,
    'bytes 4-9/10',
    '456789',
  ]);
});

test('nothing beside the folder is given, however it is asked for', async () => {
  mkdirSync(join(updates, '.git'), { recursive: true });
  writeFileSync(join(updates, '.git/config'), 'hidden');
  for (const path of [
    ...['/updates/../recovery-key.txt', '/updates/%2e%2e/recovery-key.txt', '/updates/..%2frecovery-key.txt'],
    ...['/updates/..%5crecovery-key.txt', '/updates/%2e%2e%2f%2e%2e%2fetc/passwd', '/updates//etc/passwd'],
    ...['/updates/.git/config', '/updates/latest.yml%00.txt', '/updates/%zz', '/updates', '/updates/'],
  ])
    expect(await rawStatus(path), path).toBe(404);
  const written = await get(hq.url, '/updates/latest.yml', undefined, {
    method: 'PUT',
    body: 'version: 9.9.9',
  });
  expect(written.status).toBe(404);
});

/** As it stands: fetch would tidy the path first. */
function rawStatus(path: string): Promise<number | undefined> {
  const { hostname, port } = new URL(hq.url);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path, headers: { accept: 'text/html' } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on('error', reject)
      .end();
  });
}
