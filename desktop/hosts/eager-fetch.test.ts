import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { eagerFetch } from './eager-fetch.ts';

async function serve(body: Uint8Array) {
  let closed = 0;
  const server = createServer((_req, res) => {
    res.writeHead(200, { connection: 'close' }).end(body);
    res.socket?.on('close', () => {
      closed += 1;
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/file`, closed: () => closed, stop: () => server.close() };
}

test('a body read only after the other end has closed the connection is whole, and the process lives', async () => {
  const sent = randomBytes(3_000_000);
  const server = await serve(sent);
  const response = await eagerFetch(server.url);
  while (server.closed() === 0) await nextTurn();
  expect(Buffer.from(await response.arrayBuffer()).equals(sent)).toBe(true);
  expect(response.url).toBe(server.url);
  server.stop();
});

test('an aborted request fails for who reads its body', async () => {
  const server = await serve(randomBytes(30_000_000));
  const abort = new AbortController();
  const response = await eagerFetch(server.url, { signal: abort.signal });
  abort.abort();
  await expect(response.arrayBuffer()).rejects.toThrow();
  server.stop();
});
