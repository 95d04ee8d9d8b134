import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import WebSocket from 'ws';
import type { tillContract } from '#shared/contract.ts';
import { commandId, openShop } from '../../build/proof/open-shop.ts';
import { ean } from '../../build/proof/shop.ts';
import { createTillRouter } from '../till/router.ts';
import { type Loopback, startLoopback } from './loopback.ts';

const token = 'test-token';
let shop: Awaited<ReturnType<typeof openShop>>;
let screens: string;
let loopback: Loopback;
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pestle-screens-'));
  screens = join(folder, 'screens');
  mkdirSync(screens);
  writeFileSync(join(screens, 'index.html'), '<script nonce="__CSP_NONCE__">1</script>');
  writeFileSync(join(screens, 'main.js'), 'export {};');
  writeFileSync(join(folder, 'secret.json'), '{}');
  shop = await openShop();
  loopback = await start(0);
});
afterAll(async () => {
  await loopback.close();
  await shop.close();
});

const start = (port: number) => startLoopback({ router: createTillRouter(shop.till), token, screens, port });
const port = () => Number(new URL(loopback.url).port);

type Asked = { readonly path: string; readonly method?: string; readonly headers?: Record<string, string> };
function ask({ path, method = 'GET', headers = {} }: Asked) {
  return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: string }>(
    (resolve, reject) => {
      const sent = httpRequest({ host: '127.0.0.1', port: port(), path, method, headers }, async (answer) => {
        const body = (await answer.toArray()).join('');
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body });
      });
      sent.on('error', reject);
      sent.end();
    },
  );
}

/** Opens a socket; the status it was refused with, or 101. */
function dial(protocols: readonly string[], headers: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(loopback.url.replace('http', 'ws'), [...protocols], { headers });
    socket.on('unexpected-response', (_, answer) => resolve(answer.statusCode ?? 0));
    socket.on('open', () => {
      socket.close();
      resolve(101);
    });
    socket.on('error', () => {});
  });
}

const socketTo = (url: string) => new WebSocket(url.replace('http', 'ws'), ['pestle', `bearer.${token}`]);
const clientOf = (socket: WebSocket): ContractRouterClient<typeof tillContract> =>
  createORPCClient(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }));

test('the screens come with a policy that lets no script run but theirs', async () => {
  const page = await ask({ path: '/' });
  expect(page.status).toBe(200);
  const policy = String(page.headers['content-security-policy']);
  const nonce = /nonce="([^"]+)"/.exec(page.body)?.[1] ?? '';
  expect(nonce.length).toBeGreaterThan(20);
  expect(policy).toContain(`script-src 'self' 'nonce-${nonce}';`);
  expect(policy).toMatch(/^default-src 'none'/);
  expect(policy).toMatch(/frame-ancestors 'none'/);
  expect(policy).not.toMatch(/unsafe|\*|https?:/);
  expect((await ask({ path: '/' })).body).not.toContain(nonce);
  const script = await ask({ path: '/main.js?v=1' });
  expect([script.status, script.headers['content-type'], script.headers['x-content-type-options']]).toEqual([
    ...[200, 'text/javascript; charset=utf-8', 'nosniff'],
  ]);
});

test.each([
  ['/../secret.json', 404],
  ['/..%2fsecret.json', 404],
  ['/%2e%2e/secret.json', 404],
  ['/..%5csecret.json', 404],
  ['/....//secret.json', 404],
  ['/main.js%00.html', 404],
  ['/%', 404],
  ['/%E0%A4%A', 404],
  ['//', 404],
  ['//[', 404],
  ['/missing.js', 404],
  ['/', 200],
])('a path that leads out, or none at all (%s), gets nothing and ends nothing', async (path, status) => {
  expect((await ask({ path })).status).toBe(status);
  expect((await ask({ path: '/main.js' })).status).toBe(200);
});

test('a page of another site reaches nothing: not by name, not by script, not by form', async () => {
  const here = `127.0.0.1:${port()}`;
  for (const headers of [
    { host: 'evil.example' },
    { host: `evil.example:${port()}` },
    { host: '127.0.0.1' },
    { host: here, origin: 'https://evil.example' },
    { host: here, origin: 'null' },
    { host: here, origin: 'http://127.0.0.1:1' },
  ])
    expect((await ask({ path: '/', headers })).status).toBe(403);
  for (const host of [here, `localhost:${port()}`])
    expect((await ask({ path: '/', headers: { host, origin: `http://${host}` } })).status).toBe(200);
  expect((await ask({ path: '/', method: 'POST' })).status).toBe(405);
});

test('the contract wants the token, from a page of ours', async () => {
  expect(await dial(['pestle', `bearer.${token}`])).toBe(101);
  for (const protocols of [
    ['pestle'],
    ['pestle', 'bearer.'],
    ['pestle', 'bearer.wrong-token'],
    ['pestle', 'bearer.test-toke'],
  ])
    expect(await dial(protocols)).toBe(401);
  expect(await dial(['pestle', `bearer.${token}`], { origin: 'https://evil.example' })).toBe(401);
  expect(await dial(['pestle', `bearer.${token}`], { host: 'evil.example' })).toBe(401);
});

test('a connection that breaks off, sends too much or no text ends itself alone', async () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => {});
  const raw = connect(port(), '127.0.0.1');
  raw.on('error', () => {});
  raw.write(
    `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port()}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
  );
  raw.resetAndDestroy();
  for (const data of ['x'.repeat(1_100_000), '{"i":', '\u0000', Buffer.from([1, 2, 3])]) {
    const socket = socketTo(loopback.url);
    await new Promise((open) => socket.on('open', open));
    socket.send(data);
    socket.terminate();
  }
  const long = socketTo(loopback.url);
  const closed = new Promise((done) => long.on('close', done));
  long.on('open', () => long.send('x'.repeat(1_100_000)));
  await closed;
  said.mockRestore();
  const socket = socketTo(loopback.url);
  const { cart } = await clientOf(socket).sales.scan({ commandId: commandId(), code: ean('syrup') });
  expect(cart.lines).toHaveLength(1);
  socket.close();
});

test('after the host was restarted on its port a screen connects again and sees the cart as it is', async () => {
  await shop.client.sales.clear({ commandId: commandId() });
  const socket = socketTo(loopback.url);
  const client = clientOf(socket);
  const before = await client.sales.cart();
  expect((await before.next()).value).toMatchObject({ lines: [] });
  await client.sales.scan({ commandId: commandId(), code: ean('syrup') });
  expect((await before.next()).value).toMatchObject({ lines: [{ qtyBase: 1 }] });
  const ended = before.next().then(
    ({ done }) => done,
    () => true,
  );
  const at = port();
  await loopback.close();
  expect(await ended).toBe(true);
  await shop.client.sales.scan({ commandId: commandId(), code: ean('syrup') });
  loopback = await start(at);
  const second = socketTo(loopback.url);
  const after = await clientOf(second).sales.cart();
  expect((await after.next()).value).toMatchObject({ lines: [{ qtyBase: 2 }] });
  await after.return?.();
  second.close();
});
