import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Offset, ShapeStream } from '@electric-sql/client';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Change } from '#shared/replica/changeset.ts';
import { shapeHandle } from '#shared/replica/shape-handle.ts';
import { changesReply, type FeedRow, feedRow, snapshotReply } from '#shared/replica/wire.ts';
import { storeScope } from '#shared/tables/scope.ts';
import { startHq } from '../http/compose.ts';
import { sha256Hex } from '../store/signing.ts';
import { createIntake } from './push.ts';
import { saleRows, type TestDevice, testId } from './test-device.ts';
import { body, get, post, signIn, startTestHq, type TestHq } from './test-hq.ts';

/**
 * `GET /v1/shape` and `/sync/*` from outside, over real sockets: what the first tests of the feed (shape.pg.test.ts)
 * and of snapshots leave open of SYNC.md's "Feed", with its pitfalls by number.
 */
const patient = { timeout: 20_000 };
const times = { holdMs: 500, keepAliveMs: 100, streamMs: 1_200 };
const SOLD = 1_203;

let hq: TestHq;
let device: TestDevice;
let token: string;
let scope: string;
beforeAll(async () => {
  // Places past head are asked for on purpose: no new epoch on their account.
  hq = await startTestHq({ times, onAheadOfUs: () => {} });
  device = await hq.device();
  token = await signIn(hq.url, device);
  scope = storeScope(hq.stores[0]);
  for (let left = SOLD - (await headOf(scope)); left > 0; left -= 200) await sell(Math.min(left, 200));
});
afterAll(() => hq.stop());

let receipts = 0;
async function sell(count: number): Promise<void> {
  const changesets = Array.from({ length: count }, () =>
    device.make(saleRows({ ...device, receiptN: ++receipts })),
  );
  const request = { changesets, waiting: 0, oldestAt: null, version: 'test', read: [] };
  expect(await createIntake(hq.pool).takeBatch(device, request)).toMatchObject({ ok: true });
}
async function headOf(of: string): Promise<number> {
  const { rows } = await hq.pool.query<{ seq: number }>('SELECT seq FROM scope_head WHERE scope = $1', [of]);
  return rows[0]?.seq ?? 0;
}
const shape = (query: string, init: RequestInit & { bearer?: string; of?: string; url?: string } = {}) =>
  get(
    init.url ?? hq.url,
    `/v1/shape?table=change_log&scope=${init.of ?? scope}&${query}`,
    init.bearer ?? token,
    init,
  );
const handle = (of = scope) => shapeHandle(sha256Hex, { epoch: hq.hq.keys.epoch, scope: of });
type Wire = { key?: string; value?: FeedRow; headers: Record<string, unknown> };
const rowsOf = (messages: readonly Wire[]) =>
  messages.flatMap(({ value }) => (value ? [feedRow.parse(value)] : []));
const seqsOf = (messages: readonly Wire[]) => rowsOf(messages).map(({ seq }) => Number(seq));
const upTo = (n: number, from = 1) => Array.from({ length: n - from + 1 }, (_, i) => from + i);
const headers = (answer: Response, ...names: string[]) => names.map((name) => answer.headers.get(name));

describe('an answer that is not live', () => {
  test('ends at head: offset of the last row, up-to-date in header and body', async () => {
    const at = await headOf(scope);
    const answer = await shape(`offset=${at}_0&handle=${handle()}`);
    expect(headers(answer, 'electric-offset', 'electric-up-to-date', 'electric-handle')).toEqual([
      `${at}_0`,
      '',
      handle(),
    ]);
    expect(await body<Wire[]>(answer)).toEqual([
      { headers: { control: 'up-to-date', global_last_seen_lsn: String(at) } },
    ]);
    expect(answer.headers.has('electric-cursor')).toBe(false);
  });

  test('before head has no up-to-date, and its offset is its last row’s (pitfall 5)', async () => {
    const answer = await shape('offset=-1');
    const messages = await body<Wire[]>(answer);
    expect(headers(answer, 'electric-offset', 'electric-up-to-date')).toEqual(['1000_0', null]);
    expect(seqsOf(messages)).toEqual(upTo(1_000));
    expect(messages.some((message) => message.headers.control)).toBe(false);
  });

  test('read on by its offsets gives every row once', async () => {
    const seqs: number[] = [];
    for (let offset = '-1', current = false; !current; ) {
      const answer = await shape(`offset=${offset}&handle=${handle()}`);
      current = answer.headers.has('electric-up-to-date');
      expect(answer.headers.get('electric-offset')).not.toBe(offset);
      offset = answer.headers.get('electric-offset') ?? '';
      seqs.push(...seqsOf(await body<Wire[]>(answer)));
    }
    expect(seqs).toEqual(upTo(await headOf(scope)));
  });

  test('has text for every value, one key for each row, and inserts only (pitfall 4)', async () => {
    const messages = await body<Wire[]>(await shape(`offset=${SOLD - 3}_0&handle=${handle()}`));
    const changes = messages.filter(({ value }) => value);
    for (const { value, headers: of } of changes) {
      expect(Object.values(value ?? {}).every((column) => typeof column === 'string')).toBe(true);
      expect(of).toMatchObject({ operation: 'insert', lsn: value?.seq });
    }
    expect(new Set(changes.map(({ key }) => key)).size).toBe(changes.length);
  });

  test('passes over parameters it does not know', async () => {
    const plain = await shape(`offset=1_0&handle=${handle()}`);
    const odd = await shape(
      `offset=1_0&handle=${handle()}&where=false&columns=seq&replica=full&log=full&x=1`,
    );
    expect(await odd.text()).toBe(await plain.text());
  });

  test('carries large rows in pieces by their bytes, and one at least', async () => {
    const big = (i: number): Change => ({
      ...{ t: 'setting', op: 'set', id: `big ${i}` },
      cols: { storeId: null, key: `big ${i}`, value: 'x'.repeat(900_000) },
    });
    const from = await headOf('org');
    for (let i = 0; i < 7; i++) await hq.write([big(i)]);
    const sizes: number[] = [];
    for (let at = from; at < from + 7; ) {
      const answer = await shape(`offset=${at}_0&handle=${handle('org')}`, { of: 'org' });
      const seqs = seqsOf(await body<Wire[]>(answer));
      expect(seqs).toEqual(upTo(at + seqs.length, at + 1));
      sizes.push(seqs.length);
      at += seqs.length;
    }
    expect(sizes).toEqual([5, 2]);
  });
});

describe('requests that are none', () => {
  test('are 400 and typed, whatever is wrong with them', async () => {
    const wrong = [
      ...['offset=1', 'offset=1_1', 'offset=-1_0', `offset=${'9'.repeat(16)}_0`, 'offset=', 'offset=%00'],
      ...[
        'offset=-1&offset=0_0',
        'offset=-1&live=maybe',
        'offset=-1&live_sse=1',
        'offset[]=-1',
        'offset[a]=1',
      ],
      ...[`offset=-1&handle=${'h'.repeat(81)}`, `offset=-1&cursor=${'1'.repeat(41)}`, 'offset=-1&scope=org'],
    ];
    for (const query of wrong) {
      const answer = await shape(`${query}${query.includes('handle') ? '' : `&handle=${handle()}`}`);
      expect([query, answer.status, await body(answer)]).toMatchObject([query, 400, { code: 'BAD_REQUEST' }]);
    }
  });

  test('by another method find nothing', async () => {
    for (const method of ['POST', 'PUT', 'DELETE'])
      expect((await shape('offset=-1', { method })).status).toBe(404);
  });

  test('with a token that is none are 401 before anything is looked at', async () => {
    const challenge = await body<{ challenge: string }>(
      await post(hq.url, '/device/challenge', { device: device.device, inc: device.inc }),
    );
    const [payload = '', mac = ''] = token.split('.');
    const more = Buffer.from(
      JSON.stringify({ ...JSON.parse(Buffer.from(payload, 'base64url').toString()), scopes: ['org', '*'] }),
    ).toString('base64url');
    for (const bearer of [
      'x',
      `${payload}.`,
      `.${mac}`,
      `${more}.${mac}`,
      challenge.challenge,
      `${token}.x`.slice(1),
    ]) {
      const answer = await shape('offset=nonsense', { bearer });
      expect([answer.status, await body(answer)]).toMatchObject([401, { code: 'UNAUTHORIZED' }]);
    }
  });
});

describe('must-refetch', () => {
  test('says so in full: a new handle, no caching, the one message; its handle then serves (pitfall 3)', async () => {
    for (const asked of ['nonsense', `${handle()}.01`, `${handle()}.x`, handle('org')]) {
      const answer = await shape(`offset=1_0&handle=${asked}`);
      expect([answer.status, ...headers(answer, 'cache-control')]).toEqual([409, 'no-store']);
      expect(await answer.text()).toBe('[{"headers":{"control":"must-refetch"}}]');
      const given = answer.headers.get('electric-handle');
      expect(given).not.toBe(asked);
      expect((await shape(`offset=-1&handle=${given}`)).status).toBe(200);
    }
  });

  test('never names a handle again that it has sent away (pitfall 3)', async () => {
    const met = new Set<string>();
    for (let i = 0, asked = handle(); i < 20; i++) {
      const answer = await shape(`offset=${SOLD + 100_000}_0&handle=${asked}`);
      expect(answer.status).toBe(409);
      met.add(asked);
      asked = answer.headers.get('electric-handle') ?? '';
      expect(met.has(asked)).toBe(false);
    }
  });

  test('is for plain changes a typed 409, past head and below the floor', async () => {
    await hq.pool.query('UPDATE scope_head SET floor = 10 WHERE scope = $1', [scope]);
    for (const [after, status] of [
      [9, 409],
      [10, 200],
      [await headOf(scope), 200],
      [(await headOf(scope)) + 1, 409],
    ] as const) {
      const answer = await get(hq.url, `/sync/changes?scope=${scope}&after=${after}`, token);
      expect([after, answer.status]).toEqual([after, status]);
      if (status === 409) expect(await body(answer)).toMatchObject({ code: 'MUST_REFETCH' });
    }
    expect(seqsOf(await body<Wire[]>(await shape('offset=-1')))[0]).toBe(11);
    await hq.pool.query('UPDATE scope_head SET floor = 0 WHERE scope = $1', [scope]);
  });
});

describe('a live request', () => {
  test('is answered as soon as there is news, with a cursor that is not the one it gave', async () => {
    const at = await headOf(scope);
    const given = String(Math.floor(Date.now() / 20_000));
    const waiting = shape(`offset=${at}_0&handle=${handle()}&live=true&cursor=${given}`);
    await sell(1);
    const answer = await waiting;
    expect(seqsOf(await body<Wire[]>(answer))).toEqual([at + 1]);
    expect(answer.headers.get('electric-cursor')).toMatch(/^\d+$/);
    expect(answer.headers.get('electric-cursor')).not.toBe(given);
    expect(answer.headers.has('electric-schema')).toBe(false);
  });

  test('that is far behind is not held', async () => {
    const answer = await shape(`offset=0_0&handle=${handle()}&live=true`);
    expect(seqsOf(await body<Wire[]>(answer))).toHaveLength(1_000);
    expect(answer.headers.has('electric-up-to-date')).toBe(false);
  });

  test('by server-sent events tells rows, head and life signs, and closes by itself', async () => {
    const at = await headOf(scope);
    const answer = await shape(`offset=${at - 2}_0&handle=${handle()}&live=true&live_sse=true`);
    expect(headers(answer, 'content-type', 'cache-control', 'electric-handle', 'electric-offset')).toEqual([
      'text/event-stream; charset=utf-8',
      'private, no-store',
      handle(),
      `${at - 2}_0`,
    ]);
    const text = await answer.text();
    const messages = text
      .split('\n\n')
      .filter((event) => event.startsWith('data: '))
      .map((event): Wire => JSON.parse(event.slice('data: '.length)));
    expect(seqsOf(messages)).toEqual([at - 1, at]);
    // The client's next offset comes from here: digits only (pitfall 4).
    expect(messages.at(-1)).toEqual({ headers: { control: 'up-to-date', global_last_seen_lsn: String(at) } });
    expect(text).toContain(': keep-alive');
  });

  test('hears of what another node of HQ has taken in', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pestle-hq-'));
    const other = await startHq({
      ...{ pool: hq.pool, dataDir: folder, port: 0, log: pino({ level: 'silent' }), times },
      databaseUrl: await databaseUrl(),
    });
    const at = await headOf(scope);
    const waiting = shape(`offset=${at}_0&handle=${handle()}&live=true`, { url: other.url });
    await sell(1);
    expect(seqsOf(await body<Wire[]>(await waiting))).toEqual([at + 1]);
    await other.stop();
    rmSync(folder, { recursive: true });
  });

  test('that is given up leaves HQ answering the others', async () => {
    const at = await headOf(scope);
    const gone = Array.from({ length: 100 }, () => {
      const abort = new AbortController();
      const answer = shape(`offset=${at}_0&handle=${handle()}&live=true`, { signal: abort.signal });
      abort.abort();
      return answer.catch(() => 'gone');
    });
    expect(await Promise.all(gone)).toEqual(gone.map(() => 'gone'));
    expect((await shape(`offset=${at}_0&handle=${handle()}`)).status).toBe(200);
  });
});

describe('caches', () => {
  test('may keep a whole piece of org, and nothing else (pitfall 6)', async () => {
    const kept = async (query: string, of = scope) =>
      (await shape(query, { of })).headers.get('cache-control');
    expect(await kept('offset=-1', 'org')).toContain('public');
    expect(await kept(`offset=${await headOf('org')}_0&handle=${handle('org')}`, 'org')).toBe(
      'private, no-cache',
    );
    expect(await kept('offset=-1')).toBe('private, no-store');
    expect(await kept('offset=now')).toBe('private, no-store');
    const changes = await get(hq.url, `/sync/changes?scope=org&after=0`, token);
    expect(changes.headers.get('cache-control')).toBe('private, no-store');
  });
});

describe('plain changes', () => {
  test('page by page are the rows of the shape', async () => {
    const pages: FeedRow[] = [];
    for (let head = 1; pages.length < head; ) {
      const url = `/sync/changes?scope=${scope}&after=${pages.length}&limit=700`;
      const reply = changesReply.parse(await body(await get(hq.url, url, token)));
      head = reply.head;
      pages.push(...reply.rows);
    }
    const first = rowsOf(await body<Wire[]>(await shape('offset=-1')));
    expect(pages.slice(0, 1_000)).toEqual(first);
    expect(pages.map(({ seq }) => Number(seq))).toEqual(upTo(await headOf(scope)));
  });

  test('with bounds that are none are 400', async () => {
    for (const query of [
      'after=-1',
      'after=x',
      'after=0&limit=0',
      'after=0&limit=1001',
      'after=1.5',
      'limit=5',
    ]) {
      const answer = await get(hq.url, `/sync/changes?scope=${scope}&${query}`, token);
      expect([query, answer.status]).toEqual([query, 400]);
    }
  });
});

test('a snapshot and the feed behind it leave nothing out and overlap in nothing', async () => {
  const { seq } = snapshotReply.parse(await body(await get(hq.url, `/sync/snapshot?scope=${scope}`, token)));
  expect(seq).toBe(await headOf(scope));
  await sell(2);
  expect(seqsOf(await body<Wire[]>(await shape(`offset=${seq}_0&handle=${handle()}`)))).toEqual([
    seq + 1,
    seq + 2,
  ]);
});

describe('the real client', () => {
  const open = (over: { scope?: string; onError?: (problem: Error) => void } = {}) => {
    const abort = new AbortController();
    const stream = new ShapeStream({
      url: `${hq.url}/v1/shape`,
      params: { table: 'change_log', scope: over.scope ?? scope },
      headers: { authorization: `Bearer ${token}` },
      signal: abort.signal,
      offset: '-1' as Offset,
      ...(over.onError && { onError: over.onError }),
    });
    return { stream, abort };
  };

  test('is ahead in its own offset of what was applied: no cursor of record (pitfall 1)', async () => {
    const { stream, abort } = open();
    let applied = 0;
    const stuck = new Promise<never>(() => {});
    stream.subscribe(async () => {
      await stuck;
      applied += 1;
    });
    await expect.poll(() => stream.lastOffset, patient).not.toBe('-1');
    expect(applied).toBe(0);
    abort.abort();
  });

  test('ends on a scope that is not its own, and says why (pitfall 5)', async () => {
    const problems: Error[] = [];
    const { stream, abort } = open({
      scope: storeScope(hq.stores[1]),
      onError: (problem) => {
        problems.push(problem);
      },
    });
    stream.subscribe(
      () => {},
      () => {},
    );
    await expect.poll(() => problems.length, patient).toBe(1);
    expect(problems[0]).toMatchObject({ status: 403 });
    abort.abort();
  });
});

describe('a node that starts anew', () => {
  test('gives the same handles, so nobody who follows is disturbed', async () => {
    const before = handle();
    await hq.restart();
    const at = await headOf(scope);
    const answer = await shape(`offset=${at}_0&handle=${before}`);
    expect([answer.status, answer.headers.get('electric-handle')]).toEqual([200, before]);
  });

  test('after a restore speaks of another epoch: old handles are sent away, new ones serve the same numbers', async () => {
    const before = handle();
    await hq.hq.stop();
    await hq.pool.query('UPDATE hq_identity SET epoch = $1, inc = inc + 1', [testId()]);
    await hq.restart();
    const refused = await shape(`offset=5_0&handle=${before}`);
    expect([refused.status, refused.headers.get('electric-handle')]).toEqual([409, handle()]);
    expect(handle()).not.toBe(before);
    expect(seqsOf(await body<Wire[]>(await shape(`offset=5_0&handle=${handle()}`)))[0]).toBe(6);
    const reply = changesReply.parse(
      await body(await get(hq.url, `/sync/changes?scope=${scope}&after=5`, token)),
    );
    expect(reply.epoch).toBe(hq.hq.keys.epoch);
  });
});

async function databaseUrl(): Promise<string> {
  const { rows } = await hq.pool.query<{ port: string; name: string }>(
    `SELECT current_setting('port') AS port, current_database() AS name`,
  );
  return `postgres://pestle:pestle@127.0.0.1:${rows[0]?.port}/${rows[0]?.name}`;
}
