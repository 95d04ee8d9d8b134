import { createServer } from 'node:http';
import express from 'express';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { body, get, post, signIn, startTestHq, type TestHq } from '../intake/test-hq.ts';
import { plainProblem } from './log.ts';
import { secureOnly } from './transport.ts';

let hq: TestHq;
beforeAll(async () => {
  hq = await startTestHq({
    office: () => ({
      mounts: (app) => {
        app.get('/hello', (_req, res) => void res.send('hello'));
        app.get('/boom', () => {
          throw Object.assign(new Error('boom'), { detail: 'Failing row contains (Mme Martin)' });
        });
      },
      stop: async () => {},
    }),
  });
});
afterAll(() => hq.stop());

test('every failure is typed', async () => {
  const failing = async (answer: Promise<Response>) => {
    const { status, headers } = await answer;
    expect(headers.get('content-type')).toContain('application/json');
    return [status, ((await (await answer).json()) as { code: string }).code];
  };
  expect(await failing(get(hq.url, '/nothing/here'))).toEqual([404, 'NOT_FOUND']);
  expect(await failing(get(hq.url, '/boom'))).toEqual([500, 'INTERNAL']);
  expect(await failing(post(hq.url, '/enrol', { code: 1 }))).toEqual([400, 'BAD_REQUEST']);
  expect(await failing(post(hq.url, '/enrol', { code: 'x'.repeat(20_000) }))).toEqual([413, 'TOO_LARGE']);
  expect(await failing(get(hq.url, '/sync/snapshot?scope=org'))).toEqual([401, 'UNAUTHORIZED']);
});

test('what is mounted on HQ is served, health and metrics beside it', async () => {
  expect(await (await get(hq.url, '/hello')).text()).toBe('hello');
  expect(await body(await get(hq.url, '/health'))).toMatchObject({ ok: true, epoch: hq.hq.keys.epoch });
  expect(await (await get(hq.url, '/metrics')).text()).toContain('pestle_hq_push_seconds_count');
});

test('plain http is taken from this machine alone; a proxy must have had TLS', async () => {
  const app = express();
  app.set('trust proxy', 1);
  app.use(secureOnly, (_req, res) => void res.json({}));
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  const as = (headers: Record<string, string>) =>
    get(url, '/', undefined, { headers }).then(({ status }) => status);
  expect(await as({})).toBe(200);
  expect(await as({ 'x-forwarded-for': '192.0.2.7' })).toBe(403);
  expect(await as({ 'x-forwarded-for': '192.0.2.7', 'x-forwarded-proto': 'https' })).toBe(200);
  server.closeAllConnections();
  server.close();
});

test('a stopping node ends its live answers at once', async () => {
  const other = await startTestHq();
  const device = await other.device();
  const token = await signIn(other.url, device);
  const live = get(other.url, '/v1/shape?scope=org&offset=now&live=true', token);
  const stream = await get(other.url, '/v1/shape?scope=org&offset=now&live=true&live_sse=true', token);
  const begun = Date.now();
  await other.hq.stop();
  expect(Date.now() - begun).toBeLessThan(5_000);
  expect((await live).status).toBe(200);
  await stream.text();
  await other.stop();
});

test('the log quotes no row', () => {
  const problem = Object.assign(new Error('duplicate key'), {
    code: '23505',
    detail: 'Key (name)=(Mme Martin)',
  });
  const lines: string[] = [];
  const log = pino({ serializers: { problem: plainProblem } }, { write: (line) => void lines.push(line) });
  log.error({ problem }, 'failed');
  expect(lines.join()).toContain('23505');
  expect(lines.join()).not.toContain('Martin');
});
