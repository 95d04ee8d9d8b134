import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Protocol } from 'electron';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serveScreens } from './screens.ts';

const folder = mkdtempSync(join(tmpdir(), 'pestle-screens-'));
let get: (url: string, init?: RequestInit) => Promise<Response>;

beforeAll(() => {
  mkdirSync(join(folder, 'screens/assets'), { recursive: true });
  mkdirSync(join(folder, 'screens-of-others'));
  writeFileSync(join(folder, 'secret.json'), '{}');
  writeFileSync(join(folder, 'screens-of-others/index.html'), 'not ours');
  writeFileSync(
    join(folder, 'screens/index.html'),
    '<meta nonce="__CSP_NONCE__"><script nonce="__CSP_NONCE__">',
  );
  writeFileSync(join(folder, 'screens/assets/a.js'), 'let a = "__CSP_NONCE__"');
  writeFileSync(join(folder, 'screens/assets/notes.txt'), 'no type of ours');
  const handled: ((request: Request) => Response | Promise<Response>)[] = [];
  // The one method that is called, of the class that Protocol is.
  const protocol = { handle: (_scheme: string, handler: (typeof handled)[number]) => handled.push(handler) };
  serveScreens(protocol as unknown as Protocol, join(folder, 'screens'));
  get = async (url, init) =>
    (await handled[0]?.(new Request(url, init))) ?? new Response(null, { status: 500 });
});
afterAll(() => rmSync(folder, { recursive: true }));

test('a page gets a nonce of its own, the same in its policy and in its tags', async () => {
  const first = await get('pestle://till/index.html');
  const policy = first.headers.get('content-security-policy') ?? '';
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
  expect(await first.text()).toBe(`<meta nonce="${nonce}"><script nonce="${nonce}">`);
  expect(policy).toMatch(/^default-src 'none'; script-src 'self'; /);
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
  const second = await get('pestle://till/');
  expect(second.headers.get('content-security-policy')).not.toBe(policy);
});

test('what is no page is served as it is, with its type and nothing to guess', async () => {
  const script = await get('pestle://till/assets/a.js');
  expect(await script.text()).toBe('let a = "__CSP_NONCE__"');
  expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect(script.headers.get('x-content-type-options')).toBe('nosniff');
});

test.each([
  'pestle://till/../secret.json',
  'pestle://till/%2e%2e/secret.json',
  'pestle://till/..%2fsecret.json',
  'pestle://till/assets/..%2f..%2fsecret.json',
  'pestle://till/..%5csecret.json',
  'pestle://till/..%2fscreens-of-others/index.html',
  'pestle://till/index.html%00.js',
  'pestle://till/%e0%a4%a',
  'pestle://till//etc/passwd.json',
  'pestle://other/index.html',
  'pestle://till/assets/notes.txt',
  'pestle://till/assets',
  'pestle://till/missing.js',
])('%s is not found', async (url) => {
  const answer = await get(url);
  expect([answer.status, await answer.text()]).toEqual([404, '']);
});

test('nothing can be sent to it', async () => {
  expect((await get('pestle://till/index.html', { method: 'POST', body: 'x' })).status).toBe(405);
  expect(await (await get('pestle://till/index.html', { method: 'HEAD' })).text()).toBe('');
});
