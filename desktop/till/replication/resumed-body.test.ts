import { createHash, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import { type AddressInfo, connect, createServer as createProxy, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import express from 'express';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { eagerFetch } from '../../hosts/eager-fetch.ts';
import { createHq, HqError } from './hq.ts';

/** Lines that do not compress to nothing, so that the file is several hundred kilobytes on the wire. */
const text = Array.from({ length: 4_000 }, (_, i) => `${i} ${randomBytes(48).toString('hex')}\n`).join('');
const whole = gzipSync(text);

let folder: string;
let file: string;
let server: Server;
/** What stands between: it cuts a connection once so many bytes have come down it. */
let cuts: number[];
let asked: (string | undefined)[];
let proxy: ReturnType<typeof createProxy>;
let url: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pestle-resume-'));
  file = join(folder, 'snapshot');
  writeFileSync(file, whole);
  [cuts, asked] = [[], []];
  server = createServer(servingAsHq()).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  proxy = createProxy((client) => pass(client, (server.address() as AddressInfo).port)).listen(
    0,
    '127.0.0.1',
  );
  await new Promise((resolve) => proxy.once('listening', resolve));
  url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await Promise.all([new Promise((done) => server.close(done)), new Promise((done) => proxy.close(done))]);
  await rm(folder, { recursive: true, force: true });
});

/** As sync-server/http/sync-routes.ts serves a snapshot's file. */
function servingAsHq() {
  const app = express();
  app.get('/file', (req, res) => {
    asked.push(req.get('range'));
    const etag = `"${createHash('sha256').update(whole).digest('hex')}"`;
    res.set({ 'content-type': 'application/gzip', etag: changed ? '"another"' : etag });
    res.sendFile(file, { acceptRanges: true, cacheControl: false, dotfiles: 'allow' });
  });
  return app;
}
let changed = false;
beforeEach(() => {
  changed = false;
});

function pass(client: Socket, port: number): void {
  const upstream = connect(port, '127.0.0.1');
  const most = cuts.shift();
  let passed = 0;
  upstream.on('data', (piece) => {
    const left = most === undefined ? piece.length : most - passed;
    passed += piece.length;
    if (most !== undefined && passed >= most)
      client.write(piece.subarray(0, left), () => {
        client.resetAndDestroy();
        upstream.destroy();
      });
    else client.write(piece);
  });
  client.on('data', (piece) => upstream.write(piece));
  for (const [one, other] of [
    [client, upstream],
    [upstream, client],
  ] as const) {
    one.on('error', () => other.destroy());
    one.on('close', () => other.destroy());
  }
}

const open = (signal = new AbortController().signal, fetch: typeof globalThis.fetch = globalThis.fetch) =>
  createHq({ url, fetch, nowMs: () => 0, pausesMs: [5, 10, 20, 40] }).open('/file', 'token', signal);
const textOf = async (answer: Promise<Response>) => (await answer).text();

test('a download that breaks goes on where it had come to, over as many connections as it takes', async () => {
  cuts = [2_000, 60_000, 120_000, 700];
  expect(await textOf(open())).toBe(text);
  expect(cuts).toEqual([]);
  const starts = asked.slice(1).map((range) => Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1]));
  expect(starts).toEqual(starts.toSorted((a, b) => a - b));
  expect(starts.at(-1)).toBeGreaterThan(100_000);
});

test('at whatever byte it breaks, the file is the same', async () => {
  const header = 400;
  for (const at of [
    header,
    header + 1,
    1_024,
    65_536,
    65_537,
    Math.floor(whole.length / 2),
    whole.length - 1,
  ]) {
    cuts = [at];
    expect((await textOf(open())) === text, `cut at ${at}`).toBe(true);
  }
});

test('what is read ahead and lost with its connection is asked for again', async () => {
  cuts = [90_000, 50_000];
  expect((await textOf(open(undefined, eagerFetch))) === text).toBe(true);
});

/** As a snapshot is read: line by line, with other work between two lines. */
async function linesOf(
  answer: Promise<Response>,
  between: (n: number) => void | Promise<void>,
): Promise<number> {
  const { body } = await answer;
  let lines = 0;
  if (!body) throw new Error('no body');
  for await (const _ of createInterface({ input: Readable.fromWeb(body as ReadableStream) }))
    await between(lines++);
  return lines;
}

test('bytes of another file are not joined to the first ones: the reader fails, and nobody else', async () => {
  cuts = [90_000];
  const reading = linesOf(open(), () => {
    changed = true;
  });
  await expect(reading).rejects.toThrow(/HQ has other bytes now/);
});

test('a line that stays dead fails the reader, once it was tried for a while', async () => {
  cuts = [90_000, ...Array.from({ length: 20 }, () => 0)];
  await expect(linesOf(open(), () => {})).rejects.toThrow(HqError);
  expect(asked).toHaveLength(5);
});

test('who turns away in the middle is not followed by an error, nor kept waiting for the next try', async () => {
  for (const [at, fetch] of [
    [90_000, eagerFetch],
    [150_000, globalThis.fetch],
  ] as const) {
    cuts = [at];
    const leaving = new AbortController();
    const reading = linesOf(open(leaving.signal, fetch), async (n) => {
      if (n === 20) leaving.abort();
      await nextTurn();
      if (n > 20) throw new Error('aborted');
    });
    await expect(reading.catch(() => 'left')).resolves.toBeDefined();
  }
});
