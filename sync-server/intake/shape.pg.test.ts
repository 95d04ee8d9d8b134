import {
  isChangeMessage,
  isControlMessage,
  type Message,
  type Offset,
  ShapeStream,
} from '@electric-sql/client';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type FeedRow, feedRow } from '#shared/replica/wire.ts';
import { storeScope } from '#shared/tables/scope.ts';
import { createIntake } from './push.ts';
import { baseHandle } from './shape-handle.ts';
import { saleRows, type TestDevice } from './test-device.ts';
import { body, get, signIn, startTestHq, type TestHq } from './test-hq.ts';

/** A machine with other work is slow, not broken. */
const patient = { timeout: 20_000 };

let hq: TestHq;
let device: TestDevice;
let token: string;
let scope: string;
beforeAll(async () => {
  hq = await startTestHq({
    times: { holdMs: 400, keepAliveMs: 100, streamMs: 1_500 },
    onAheadOfUs: () => {},
  });
  device = await hq.device();
  token = await signIn(hq.url, device);
  scope = storeScope(hq.stores[0]);
  await sell(5);
});
afterAll(() => hq.stop());

let receipts = 0;
async function sell(count: number): Promise<void> {
  const changesets = Array.from({ length: count }, () =>
    device.make(saleRows({ ...device, receiptN: ++receipts })),
  );
  const taken = await createIntake(hq.pool).takeBatch(device, {
    changesets,
    waiting: 0,
    oldestAt: null,
    version: '1',
  });
  expect(taken.ok).toBe(true);
}
const head = async (of = scope): Promise<number> =>
  (await hq.pool.query<{ seq: number }>('SELECT seq FROM scope_head WHERE scope = $1', [of])).rows[0]?.seq ??
  0;
const shape = (query: string, bearer: string | undefined = token) =>
  get(hq.url, `/v1/shape?table=change_log&${query}`, bearer);
const own = (query: string) => shape(`scope=${scope}&${query}`);
const handle = () => baseHandle(hq.hq.keys.epoch, scope);
type Wire = { key?: string; value?: FeedRow; headers: Record<string, string> };

const streams: AbortController[] = [];
afterEach(() => {
  for (const stream of streams.splice(0)) stream.abort();
});

/** The real client, with what it has delivered. */
function follow(options: { liveSse?: boolean; offset?: Offset; handle?: string } = {}) {
  const abort = new AbortController();
  streams.push(abort);
  const rows: FeedRow[] = [];
  const controls: string[] = [];
  const stream = new ShapeStream({
    url: `${hq.url}/v1/shape`,
    params: { table: 'change_log', scope },
    headers: { authorization: `Bearer ${token}` },
    signal: abort.signal,
    ...options,
  });
  stream.subscribe((messages: Message[]) => {
    for (const message of messages) {
      if (isChangeMessage(message)) rows.push(feedRow.parse(message.value));
      if (isControlMessage(message)) controls.push(message.headers.control);
    }
  });
  return { rows, controls, abort: () => abort.abort(), seqs: () => rows.map(({ seq }) => Number(seq)) };
}
const upTo = (n: number, from = 1) => Array.from({ length: n - from + 1 }, (_, i) => from + i);

test('a first request gets the log from the start, with every header the client asks for', async () => {
  const answer = await own('offset=-1');
  const messages = await body<Wire[]>(answer);
  const at = await head();
  expect(answer.status).toBe(200);
  expect(answer.headers.get('electric-handle')).toBe(handle());
  expect(answer.headers.get('electric-offset')).toBe(`${at}_0`);
  expect(answer.headers.has('electric-up-to-date')).toBe(true);
  expect(JSON.parse(answer.headers.get('electric-schema') ?? '')).toMatchObject({ seq: { type: 'text' } });
  expect(answer.headers.get('cache-control')).toBe('private, no-store');
  expect(messages.at(-1)).toEqual({ headers: { control: 'up-to-date', global_last_seen_lsn: String(at) } });
  const rows = messages.slice(0, -1).map(({ value }) => feedRow.parse(value));
  expect(rows.map(({ seq }) => Number(seq))).toEqual(upTo(at));
  expect(rows.every((row) => row.scope === scope)).toBe(true);
});

test('requests that cannot be served: no handle, a malformed offset, a foreign or future place', async () => {
  expect((await own('offset=3_0')).status).toBe(400);
  expect((await own('offset=soon&handle=x')).status).toBe(400);
  expect((await own('')).status).toBe(400);
  for (const query of [`offset=3_0&handle=nonsense`, `offset=999999_0&handle=${handle()}`]) {
    const answer = await own(query);
    expect(answer.status).toBe(409);
    expect(await body(answer)).toEqual([{ headers: { control: 'must-refetch' } }]);
    expect(query).not.toContain(`handle=${answer.headers.get('electric-handle')}`);
  }
  const now = await own('offset=now');
  expect(now.headers.get('electric-offset')).toBe(`${await head()}_0`);
  expect(await body<Wire[]>(now)).toHaveLength(1);
});

test('below the floor a till is told to refetch, with a handle it has not seen, which then works', async () => {
  await hq.pool.query('UPDATE scope_head SET floor = 2 WHERE scope = $1', [scope]);
  const refused = await own(`offset=1_0&handle=${handle()}`);
  expect([refused.status, refused.headers.get('electric-handle')]).toEqual([409, `${handle()}.1`]);
  expect((await own(`offset=2_0&handle=${handle()}.1`)).status).toBe(200);
  expect((await own(`offset=2_0&handle=${handle()}`)).headers.get('electric-handle')).toBe(handle());
  const spent = await own(`offset=2_0&handle=${handle()}&expired_handle=${handle()}`);
  expect([spent.status, spent.headers.get('electric-handle')]).toEqual([200, `${handle()}.1`]);
  await hq.pool.query('UPDATE scope_head SET floor = 0 WHERE scope = $1', [scope]);
});

test('a live request without news is held, then says only that all is up to date', async () => {
  const answer = await own(`offset=${await head()}_0&handle=${handle()}&live=true`);
  expect(answer.headers.get('electric-cursor')).toMatch(/^\d+$/);
  expect(await body<Wire[]>(answer)).toHaveLength(1);
});

test('org is shared by all tills and may be cached; a scope that is not the token’s is refused', async () => {
  expect((await shape('scope=org&offset=-1')).headers.get('cache-control')).not.toContain('no-store');
  expect((await shape(`scope=${storeScope(hq.stores[1])}&offset=-1`)).status).toBe(403);
  expect((await shape(`scope=${scope}&offset=-1`, '')).status).toBe(401);
});

test('no scope, offset, handle or where gets a row of another scope out', async () => {
  const other = await hq.device(hq.stores[1]);
  const words = fc.constantFrom(
    'org',
    scope,
    storeScope(hq.stores[1]),
    'store:',
    '*',
    '%',
    `${scope}'`,
    'ORG',
    `${scope},org`,
    '',
  );
  const offsets = fc.constantFrom('-1', 'now', '0_0', '1_0', '-2', '9_9');
  const extras = fc.constantFrom(
    '',
    '&where=true',
    '&where=scope%3D%27org%27',
    '&live=true',
    '&live_sse=true',
    '&scope=org',
    `&handle=${handle()}`,
  );
  expect(other.storeId).toBe(hq.stores[1]);
  await fc.assert(
    fc.asyncProperty(words, offsets, extras, async (word, offset, extra) => {
      const answer = await shape(`scope=${encodeURIComponent(word)}&offset=${offset}${extra}`);
      if (!answer.ok) return;
      const messages = await body<Wire[]>(answer);
      for (const { value } of messages) if (value) expect([scope, 'org']).toContain(value.scope);
    }),
    { numRuns: 150, seed: 7 },
  );
});

test('the real client reads the log, and what comes later by long poll', async () => {
  const feed = follow();
  const before = await head();
  await expect.poll(feed.seqs, patient).toEqual(upTo(before));
  await sell(3);
  await expect.poll(feed.seqs, patient).toEqual(upTo(before + 3));
  await sell(1);
  await expect.poll(feed.seqs, patient).toEqual(upTo(before + 4));
});

test('the real client follows by server-sent events, over the end of a stream', async () => {
  const feed = follow({ liveSse: true });
  const before = await head();
  await expect.poll(feed.seqs, patient).toEqual(upTo(before));
  const sold = Date.now();
  let n = before;
  while (Date.now() - sold < 2_500) {
    await sell(1);
    n += 1;
    await expect.poll(feed.seqs, patient).toEqual(upTo(n));
  }
});

test('the real client resumes from a cursor of its own', async () => {
  const at = await head();
  await sell(2);
  const feed = follow({ offset: `${at}_0`, handle: handle() });
  await expect.poll(feed.seqs, patient).toEqual([at + 1, at + 2]);
});

test('the real client is told to refetch when HQ has gone back, and goes on with the new handle', async () => {
  const feed = follow({ offset: '900000_0', handle: handle() });
  await expect.poll(() => feed.controls, patient).toContain('must-refetch');
  await expect.poll(feed.seqs, patient).toEqual(upTo(await head()));
});

test('a log of many pieces arrives whole and in order', async () => {
  for (let i = 0; i < 6; i++) await sell(200);
  const at = await head();
  expect(at).toBeGreaterThan(1_200);
  const first = await own('offset=-1');
  expect(first.headers.has('electric-up-to-date')).toBe(false);
  expect(await body<Wire[]>(first)).toHaveLength(1_000);
  const feed = follow();
  await expect.poll(feed.seqs, patient).toEqual(upTo(at));
});

test('plain changes give the same rows', async () => {
  const reply = await body<{ rows: FeedRow[]; head: number; epoch: string }>(
    await get(hq.url, `/sync/changes?scope=${scope}&after=3&limit=4`, token),
  );
  expect(reply).toMatchObject({ head: await head(), epoch: hq.hq.keys.epoch });
  expect(reply.rows.map(({ seq }) => Number(seq))).toEqual([4, 5, 6, 7]);
  expect((await get(hq.url, `/sync/changes?scope=${scope}&after=999999`, token)).status).toBe(409);
  expect((await get(hq.url, `/sync/changes?scope=${storeScope(hq.stores[1])}&after=0`, token)).status).toBe(
    403,
  );
});

test('a revoked device reads no more, what it had is still taken, and flagged', async () => {
  const other = await hq.device();
  const before = await signIn(hq.url, other);
  await hq.write([{ t: 'device', op: 'set', id: other.device, cols: { revoked: true } }]);
  const answer = await get(hq.url, `/v1/shape?table=change_log&scope=${scope}&offset=-1`, before);
  expect([answer.status, await body(answer)]).toMatchObject([403, { code: 'REVOKED' }]);
  const changesets = [other.make(saleRows({ ...other, receiptN: 1 }))];
  const taken = await createIntake(hq.pool).takeBatch(other, {
    changesets,
    waiting: 0,
    oldestAt: null,
    version: '1',
  });
  expect(taken).toMatchObject({
    ok: true,
    value: { verdicts: [{ verdict: 'flagged', reason: 'DEVICE_REVOKED' }] },
  });
});
