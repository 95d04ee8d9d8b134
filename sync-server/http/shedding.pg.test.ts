import { connect, type Socket } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterEach, expect, test } from 'vitest';
import type { Change } from '#shared/replica/changeset.ts';
import type { PushReply } from '#shared/replica/wire.ts';
import { storeScope } from '#shared/tables/scope.ts';
import { createDeviceTokens } from '../auth/device-tokens.ts';
import { createTestDevice, saleRows, type TestDevice } from '../intake/test-device.ts';
import { body, get, post, signIn, startTestHq, type TestHq } from '../intake/test-hq.ts';
import { syncLimits } from './shedding.ts';

let hq: TestHq | undefined;
afterEach(() => hq?.stop());

const change = ({ device, tillId, storeId, publicKey, inc }: TestDevice): Change => ({
  t: 'device',
  op: 'set',
  id: device,
  cols: { tillId, storeId, publicKey, inc, enrolledAt: 1, revoked: false },
});

test('400 tills push at once: each is taken or told when to come again, all get in, nothing is lost', async () => {
  const at = await startTestHq({ limits: { ...syncLimits, push: { running: 2, waiting: 6 } } });
  hq = at;
  const [storeId] = at.stores;
  const devices = Array.from({ length: 400 }, () => createTestDevice({ storeId }));
  await at.write(devices.map(change));
  const tokens = createDeviceTokens(at.hq.keys.tokenKey);
  const made = devices.map((device, i) => ({
    changesets: [device.make(saleRows({ ...device, receiptN: i + 1 }))],
    token: tokens.issue({ device: device.device, inc: 1, scopes: ['org', storeScope(storeId)] }, Date.now())
      .token,
  }));
  const push = async ({ changesets, token }: (typeof made)[number]) => {
    const answer = await post(
      at.url,
      '/sync/push',
      { changesets, waiting: 1, oldestAt: null, version: '1', read: [] },
      token,
    );
    if (answer.status === 429) {
      expect(await body(answer)).toMatchObject({ code: 'BUSY', detail: { retryAfterS: expect.any(Number) } });
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
      expect(Number(answer.headers.get('retry-after'))).toBeLessThanOrEqual(30);
      return false;
    }
    expect(answer.status).toBe(200);
    expect((await body<PushReply>(answer)).verdicts).toMatchObject([{ verdict: 'accepted' }]);
    return true;
  };

  const lag = monitorEventLoopDelay({ resolution: 10 });
  lag.enable();
  const done = await Promise.all(made.map(push));
  lag.disable();
  const later = made.filter((_, i) => !done[i]);
  expect(later.length).toBeGreaterThan(100);
  expect(lag.percentile(99) / 1e6).toBeLessThan(1_000);

  // They come again, as many together as there is room for.
  for (let from = 0; from < later.length; from += 8)
    expect(await Promise.all(later.slice(from, from + 8).map(push))).not.toContain(false);
  const { rows } = await at.pool.query<{ n: number }>('SELECT count(*) AS n FROM sale');
  expect(rows[0]?.n).toBe(devices.length);
});

test('what is too much is refused by its head alone, and a place is free again when its till has gone', async () => {
  const at = await startTestHq({ limits: { ...syncLimits, push: { running: 1, waiting: 0 } } });
  hq = at;
  const device = await at.device();
  const token = await signIn(at.url, device);
  const stalled = await pushHead(at.url, token);
  const refused = await pushHead(at.url, token);
  expect(await firstLine(refused)).toContain('429');
  refused.destroy();
  stalled.destroy();
  const push = () =>
    post(at.url, '/sync/push', { changesets: [], waiting: 0, oldestAt: null, version: '1', read: [] }, token);
  await expect.poll(async () => (await push()).status).toBe(200);
  // Reading goes on beside it, by limits of its own.
  expect((await get(at.url, `/sync/changes?scope=org&after=0`, token)).status).toBe(200);
  expect(await pushHead(at.url, 'no token').then(firstLine)).toContain('401');
});

/** The head of a push whose body does not come. */
async function pushHead(url: string, token: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  const lines = [
    'POST /sync/push HTTP/1.1',
    'host: hq',
    `authorization: Bearer ${token}`,
    'content-type: application/json',
    'content-length: 500000',
  ];
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  // Its place is taken once HQ has read the head: what the next line asks on another connection comes after it.
  await get(url, '/health');
  return socket;
}

const firstLine = (socket: Socket): Promise<string> =>
  new Promise((resolve) => {
    socket.once('data', (data) => resolve(String(data).split('\r\n')[0] ?? ''));
  });
