import { isChangeMessage, ShapeStream } from '@electric-sql/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PushReply } from '#shared/replica/wire.ts';
import { storeScope } from '#shared/tables/scope.ts';
import { saleRows, type TestDevice } from '../intake/test-device.ts';
import { body, get, post, signIn, startTestHq, type TestHq } from '../intake/test-hq.ts';

/** A machine with other work is slow, not broken. */
const patient = { timeout: 20_000 };

let hq: TestHq;
beforeAll(async () => {
  hq = await startTestHq({ times: { holdMs: 1_000, keepAliveMs: 500, streamMs: 2_000 } });
});
afterAll(() => hq.stop());

let receipts = 0;
const push = (changesets: readonly object[], token: string) =>
  post(hq.url, '/sync/push', { changesets, waiting: 0, oldestAt: null, version: '1' }, token);
const sell = (device: TestDevice) => device.make(saleRows({ ...device, receiptN: ++receipts }));
const health = async (): Promise<number> => (await get(hq.url, '/health')).status;

test('HQ outlives a kill -9 of Postgres: typed 503, then everything goes on and nothing is lost', async () => {
  const device = await hq.device();
  const token = await signIn(hq.url, device);
  const scope = storeScope(device.storeId);
  const read: number[] = [];
  const abort = new AbortController();
  const stream = new ShapeStream({
    url: `${hq.url}/v1/shape`,
    params: { table: 'change_log', scope },
    headers: { authorization: `Bearer ${token}` },
    signal: abort.signal,
    liveSse: true,
  });
  stream.subscribe((messages) => {
    for (const message of messages) if (isChangeMessage(message)) read.push(Number(message.value.seq));
  });

  const sent: ReturnType<TestDevice['make']>[] = [];
  const batch = () => {
    const made = [sell(device), sell(device)];
    sent.push(...made);
    return made;
  };
  expect((await push(batch(), token)).status).toBe(200);

  for (let round = 0; round < 3; round++) {
    const pid = hq.pid();
    if (pid === null) throw new Error('no postmaster');
    const caught = batch();
    const underWay = push(caught, token);
    process.kill(pid, 'SIGKILL');
    const answer = await underWay;
    if (answer.status !== 200)
      expect([answer.status, await body(answer)]).toMatchObject([503, { code: 'UNAVAILABLE' }]);
    await expect.poll(health, patient).toBe(200);
    await expect.poll(async () => (await push(caught, token)).status, patient).toBe(200);
  }

  const reply = await body<PushReply>(await push(sent, token));
  expect(reply.verdicts.map((v) => v.verdict)).toEqual(sent.map(() => 'duplicate'));
  const { rows } = await hq.pool.query<{ n: number; top: number }>(
    'SELECT count(*) AS n, max(seq) AS top FROM change_log WHERE scope = $1',
    [scope],
  );
  expect(rows[0]?.n).toBe(rows[0]?.top);
  const sales = await hq.pool.query<{ n: number }>('SELECT count(*) AS n FROM sale WHERE till_id = $1', [
    device.tillId,
  ]);
  expect(sales.rows[0]?.n).toBe(sent.length);
  const top = rows[0]?.top ?? 0;
  await expect.poll(() => read, patient).toEqual(Array.from({ length: top }, (_, i) => i + 1));
  abort.abort();
});

test('while Postgres is away the health page says so in words a program can read', async () => {
  const pid = hq.pid();
  if (pid === null) throw new Error('no postmaster');
  process.kill(pid, 'SIGKILL');
  await expect.poll(health, patient).toBe(503);
  const answer = await get(hq.url, '/health');
  if (answer.status === 503) expect(await body(answer)).toMatchObject({ code: 'UNAVAILABLE' });
  await expect.poll(health, patient).toBe(200);
});
