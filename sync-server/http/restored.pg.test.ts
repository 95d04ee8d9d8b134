import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { protocolVersion } from '#shared/replica/wire.ts';
import { storeScope } from '#shared/tables/scope.ts';
import { baseHandle } from '../intake/shape-handle.ts';
import { body, get, post, signIn, startTestHq, type TestHq } from '../intake/test-hq.ts';
import { type Hq, startHq } from './compose.ts';

const patient = { timeout: 20_000 };

let hq: TestHq;
let other: Hq;
beforeAll(async () => {
  hq = await startTestHq({ times: { holdMs: 500, keepAliveMs: 200, streamMs: 1_000 } });
  other = await startHq({
    pool: hq.pool,
    databaseUrl: hq.pool.options.connectionString ?? '',
    dataDir: '/nonexistent',
    port: 0,
    log: pino({ level: 'silent' }),
  });
});
afterAll(async () => {
  await other.stop();
  await hq.stop();
});

const epochOf = async (url: string) => (await body<{ epoch: string }>(await get(url, '/health'))).epoch;

test('a till that has read further than the log goes makes every node begin a new epoch, without a restart', async () => {
  const device = await hq.device();
  const token = await signIn(hq.url, device);
  const scope = storeScope(device.storeId);
  const was = await epochOf(hq.url);
  const ahead = (handle: string) =>
    get(hq.url, `/v1/shape?table=change_log&scope=${scope}&offset=5000_0&handle=${handle}`, token);

  // A handle of another epoch, a place that is there: nothing happens.
  expect((await ahead(baseHandle('another', scope))).status).toBe(409);
  expect((await get(hq.url, `/sync/changes?scope=${scope}&after=5000&epoch=another`, token)).status).toBe(
    409,
  );
  expect(await epochOf(hq.url)).toBe(was);

  const answers = await Promise.all(Array.from({ length: 10 }, () => ahead(baseHandle(was, scope))));
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 409));
  await expect.poll(() => epochOf(hq.url), patient).not.toBe(was);
  const now = await epochOf(hq.url);
  expect(await epochOf(other.url)).toBe(now);

  for (const url of [hq.url, other.url]) {
    const fresh = await get(url, `/v1/shape?table=change_log&scope=${scope}&offset=-1`, token);
    expect(fresh.headers.get('electric-handle')).toBe(baseHandle(now, scope));
    const old = `/v1/shape?table=change_log&scope=${scope}&offset=0_0&handle=${baseHandle(was, scope)}`;
    expect((await get(url, old, token)).status).toBe(409);
  }
  expect((await get(hq.url, `/sync/changes?scope=${scope}&after=5000&epoch=${now}`, token)).status).toBe(409);
  const who = { device: device.device, inc: device.inc };
  const { challenge } = await body<{ challenge: string }>(await post(hq.url, '/device/challenge', who));
  const sig = device.sealer.sign(device.sealer.sha256Hex(challenge));
  const signedIn = await post(hq.url, '/device/token', { ...who, challenge, sig, protocol: protocolVersion });
  expect(await body(signedIn)).toMatchObject({ epoch: now });
  const { rows } = await hq.pool.query<{ n: number }>('SELECT count(*) AS n FROM hq_epoch');
  expect(rows[0]?.n).toBe(2);
});
