import { request } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Change } from '#shared/replica/changeset.ts';
import { type FeedRow, type PushReply, snapshotReply } from '#shared/replica/wire.ts';
import { storeScope } from '#shared/tables/scope.ts';
import { createTestDevice, saleRows, type TestDevice, testId } from '../intake/test-device.ts';
import { body, get, post, signIn, startTestHq, type TestHq } from '../intake/test-hq.ts';

/**
 * What an enemy, a broken disk or another program may send: typed answers, bounded memory, HQ stays up, and nobody gets
 * a row that is not his. Forged, forked and replayed chains are in intake/push.pg.test.ts.
 */
let hq: TestHq;
beforeAll(async () => {
  hq = await startTestHq({ times: { holdMs: 100, keepAliveMs: 50, streamMs: 200 } });
});
afterAll(() => hq.stop());

let receipts = 0;
const sell = (device: TestDevice, over: Parameters<TestDevice['make']>[1] = {}) =>
  device.make(saleRows({ ...device, receiptN: ++receipts }), over);
const batchOf = (changesets: readonly object[]) => ({
  ...{ changesets, waiting: changesets.length, oldestAt: null, version: 'test', read: [] },
});
async function push(device: TestDevice, changesets: readonly object[]) {
  return post(hq.url, '/sync/push', batchOf(changesets), await signIn(hq.url, device));
}
async function verdicts(device: TestDevice, changesets: readonly object[]): Promise<string[]> {
  const answer = await push(device, changesets);
  expect(answer.status).toBe(200);
  return (await body<PushReply>(answer)).verdicts.map((v) => v.reason ?? v.verdict);
}
const logged = async (device: TestDevice) => {
  const { rows } = await hq.pool.query<{ dseq: number }>(
    'SELECT dseq FROM change_log WHERE device = $1 ORDER BY dseq',
    [device.device],
  );
  return rows.map(({ dseq }) => dseq);
};
const stillServes = async () => expect((await get(hq.url, '/health')).status).toBe(200);

describe('a body that is none', () => {
  test('is answered by its kind: malformed, cut off, strangely packed, nested without end', async () => {
    const device = await hq.device();
    const token = await signIn(hq.url, device);
    const whole = JSON.stringify(batchOf([sell(device)]));
    const zipped = gzipSync(whole);
    const cases: readonly [string, string | Uint8Array<ArrayBuffer>, Record<string, string>, number][] = [
      ['cut off', whole.slice(0, -20), {}, 400],
      ['cut off within gzip', new Uint8Array(zipped.subarray(0, -30)), { 'content-encoding': 'gzip' }, 400],
      ['no gzip', whole, { 'content-encoding': 'gzip' }, 400],
      ['unknown packing', whole, { 'content-encoding': 'zstd-9' }, 400],
      ['no JSON by its type', whole, { 'content-type': 'text/plain' }, 400],
      ['an array', '[]', {}, 400],
      ['null', 'null', {}, 400],
      ['nested without end', `${'['.repeat(400_000)}${']'.repeat(400_000)}`, {}, 400],
      ['nested as an object', `{"changesets":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`, {}, 400],
      ['another alphabet', '\ufeff{"changesets":[]}\u0000', {}, 400],
      ['too many changesets', JSON.stringify(batchOf(Array.from({ length: 201 }, () => sample))), {}, 400],
      ['a prototype', '{"__proto__":{"changesets":[]},"waiting":0}', {}, 400],
    ];
    for (const [name, payload, headers, status] of cases) {
      const answer = await fetch(new URL('/sync/push', hq.url), {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
        body: payload,
      });
      expect([name, answer.status, await body(answer)]).toMatchObject([
        name,
        status,
        { code: 'BAD_REQUEST' },
      ]);
    }
    expect(await logged(device)).toEqual([]);
    await stillServes();
  });

  test('that is too large is refused whether it says its length or not', async () => {
    const device = await hq.device();
    const authorization = `Bearer ${await signIn(hq.url, device)}`;
    expect(await stream({ authorization }, { chunk: Buffer.alloc(65_536, ' '), chunks: 400 })).toBe(413);
    await stillServes();
  });

  test('that unpacks to a thousandfold is refused at its bound, in bounded memory', async () => {
    const device = await hq.device();
    const token = await signIn(hq.url, device);
    const bomb = new Uint8Array(gzipSync(Buffer.alloc(256 * 1024 * 1024, '[')));
    const twice = new Uint8Array(gzipSync(bomb));
    const before = process.memoryUsage().rss;
    for (const payload of [bomb, twice, bomb]) {
      const answer = await fetch(new URL('/sync/push', hq.url), {
        method: 'POST',
        headers: {
          ...{ 'content-type': 'application/json', 'content-encoding': 'gzip' },
          authorization: `Bearer ${token}`,
        },
        body: payload,
      });
      expect([400, 413]).toContain(answer.status);
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024);
  });
});

const sample = { text: '{}', hash: '0'.repeat(64), sig: 'x' };

/** Sends chunk by chunk without saying how much it will be; answers the status. */
function stream(
  headers: Record<string, string>,
  { chunk, chunks }: { readonly chunk: Buffer; readonly chunks: number },
): Promise<number> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(hq.url);
    const sending = request(
      {
        hostname,
        port,
        path: '/sync/push',
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
      },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
        sending.destroy();
      },
    );
    // The answer comes before all is sent, and the connection is closed under us.
    sending.on('error', (problem) =>
      'code' in problem && problem.code === 'EPIPE' ? undefined : reject(problem),
    );
    const next = (left: number) => {
      if (left === 0) sending.end();
      else sending.write(chunk, () => next(left - 1));
    };
    next(chunks);
  });
}

describe('a batch', () => {
  test('in another order, with one left out, or twice over is told apart and leaves nothing behind', async () => {
    const device = await hq.device();
    const made = [sell(device), sell(device), sell(device)];
    const [a, b, c] = made;
    for (const wrong of [
      [b, a, c],
      [a, c],
      [c, b, a],
      [a, b, b, c],
    ]) {
      const answer = await push(
        device,
        wrong.filter((one) => one !== undefined),
      );
      expect(answer.status).toBe(409);
      expect(await body(answer)).toMatchObject({ code: expect.stringMatching(/^(GAP|FORK)$/) });
    }
    expect(await logged(device)).toEqual([]);
    expect(await verdicts(device, made)).toEqual(['accepted', 'accepted', 'accepted']);
  });

  test('of another device, signed by it, is nobody’s but its own', async () => {
    const [mine, other] = [await hq.device(), await hq.device()];
    const theirs = sell(other);
    const answer = await push(mine, [theirs]);
    expect([answer.status, await body(answer)]).toMatchObject([400, { code: 'FORGED' }]);
    expect(await verdicts(other, [theirs])).toEqual(['accepted']);
  });

  test('with a text that is not what was hashed is forged, also when only its spaces differ', async () => {
    const device = await hq.device();
    const good = sell(device);
    for (const text of [
      `${good.text} `,
      good.text.replace('{', '{ '),
      good.text.replace('"at"', '"\\u0061t"'),
    ]) {
      const answer = await push(device, [{ ...good, text }]);
      expect([answer.status, await body(answer)]).toMatchObject([400, { code: 'FORGED' }]);
    }
    expect(await verdicts(device, [good])).toEqual(['accepted']);
  });
});

describe('changesets a device signed that are not to be taken', () => {
  const insert = (t: string, row: Record<string, unknown>): Change => ({ t, op: 'insert', row });
  const withSale = (device: TestDevice, over: Record<string, unknown>): Change[] =>
    saleRows({ ...device, receiptN: ++receipts }).map((change) =>
      change.op === 'insert' && change.t === 'sale' ? { ...change, row: { ...change.row, ...over } } : change,
    );
  /** Long, and not to be compressed into an index. */
  const digits = (n: number): string =>
    Array.from({ length: n }, (_, i) => ((i * i * 7919) % 9973) % 10).join('');
  const deep = (n: number): string => `${'['.repeat(n)}1${']'.repeat(n)}`;
  /** A sale whose text the device has edited before it signed: its own, but written by no program of ours. */
  const signedAs = (device: TestDevice, edit: (text: string) => string) => {
    const text = edit(sell(device).text);
    const hash = device.sealer.sha256Hex(text);
    device.rewind({ dseq: device.head().dseq, hash });
    return { text, hash, sig: device.sealer.sign(hash) };
  };

  test('are refused one by one with a reason, and hold up nothing', async () => {
    const device = await hq.device();
    const poisons: readonly (readonly Change[])[] = [
      [insert('no_such_table', { id: testId() })],
      [{ t: 'no_such_table', op: 'set', id: testId(), cols: { storeId: device.storeId } }],
      [{ t: 'no_such_table', op: 'delete', id: testId() }],
      [insert('change_log', { id: testId() })],
      [insert('__proto__', { id: testId() })],
      [insert('sale; DROP TABLE sale', { id: testId() })],
      withSale(device, { currency: 'E\u0000R' }),
      withSale(device, { totalMinor: 1e300 }),
      withSale(device, { totalMinor: 2 ** 53 }),
      withSale(device, { totalMinor: '1000' }),
      withSale(device, { totalMinor: 1.5 }),
      withSale(device, { id: 7 }),
      withSale(device, { id: null }),
      withSale(device, { unknownColumn: 1 }),
      withSale(device, { receiptSeries: digits(20_000) }),
      [insert('sale', {})],
    ];
    const odd: readonly ((text: string) => string)[] = [
      (text) => text.replace('EUR', '\\ud800'),
      (text) => text.replace('"totalMinor":1000', '"totalMinor":1e400'),
      (text) => text.replace('"v":1', '"v":1,"more":true'),
      (text) => text.replace('"parts":1', '"parts":9'),
      ...[1_000, 10_000, 100_000].map((n) => (text: string) => text.replace('[2100]', deep(n))),
    ];
    const batch = [
      ...poisons.flatMap((changes) => [device.make(changes), sell(device)]),
      ...odd.flatMap((edit) => [signedAs(device, edit), sell(device)]),
    ];
    const said = await verdicts(device, batch);
    expect(said.filter((_, i) => i % 2 === 1)).toEqual(said.slice(0, said.length / 2).map(() => 'accepted'));
    const reasons = said.filter((_, i) => i % 2 === 0);
    for (const [i, reason] of reasons.entries())
      expect([i, reason]).toEqual([
        i,
        expect.stringMatching(
          /^(NOT_YOURS_TO_WRITE|BAD_ROW|UNREADABLE|WRONG_OPERATION|FOREIGN_SCOPE|INCOMPLETE_TRANSACTION)$/,
        ),
      ]);
    expect(await logged(device)).toEqual(batch.flatMap((_, i) => (i % 2 ? [i + 1] : [])));
    await stillServes();
  });

  test('of a type nobody knows are taken as what they do, not as what they are called', async () => {
    const device = await hq.device();
    const odd = sell(device, { type: 'frobnicate' });
    const [said] = await verdicts(device, [odd, sell(device)]);
    expect(said).toMatch(/^(accepted|MISSING_RIGHT .*|UNKNOWN_TYPE.*)$/);
    expect((await logged(device)).at(-1)).toBe(2);
  });

  test('one in a thousand is held, the others are taken in their order', async () => {
    const device = await hq.device();
    const bad = 537;
    const all = Array.from({ length: 1_000 }, (_, i) =>
      i + 1 === bad ? device.make(withSale(device, { taxMode: 'sideways' })) : sell(device),
    );
    for (let from = 0; from < all.length; from += 200) {
      const said = await verdicts(device, all.slice(from, from + 200));
      const expected = Array.from({ length: 200 }, (_, i) => (from + i + 1 === bad ? 'BAD_ROW' : 'accepted'));
      expect(said).toEqual(expected);
    }
    expect(await logged(device)).toEqual(
      Array.from({ length: 1_000 }, (_, i) => i + 1).filter((n) => n !== bad),
    );
  });
});

describe('ten thousand refused changesets', () => {
  const collect = exposeCollector();
  test('take no memory, and HQ answers as quickly as before', async () => {
    const device = await hq.device();
    const token = await signIn(hq.url, device);
    const refusable = () =>
      device.make([{ t: 'medicine', op: 'set', id: testId(), cols: { brand: 'x'.repeat(1_000) } }]);
    const round = async () => {
      const answer = await post(hq.url, '/sync/push', batchOf(Array.from({ length: 200 }, refusable)), token);
      expect((await body<PushReply>(answer)).verdicts.every((v) => v.verdict === 'refused')).toBe(true);
    };
    for (let i = 0; i < 5; i++) await round();
    collect();
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < 45; i++) await round();
    collect();
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(20 * 1024 * 1024);
    const { rows } = await hq.pool.query<{ n: number }>(
      `SELECT count(*) AS n FROM quarantine WHERE device = $1 AND state = 'open'`,
      [device.device],
    );
    expect(rows[0]?.n).toBe(10_000);
    const started = performance.now();
    expect(await verdicts(device, [sell(device)])).toEqual(['accepted']);
    for (const path of ['/health', '/metrics']) expect((await get(hq.url, path)).status).toBe(200);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

function exposeCollector(): () => void {
  setFlagsFromString('--expose-gc');
  const collector: unknown = runInNewContext('gc');
  return () => {
    if (typeof collector === 'function') collector();
  };
}

describe('whatever a till asks for', () => {
  test('it receives no row outside its scopes', async () => {
    const [here, there] = hq.stores;
    const devices = [await hq.device(here), await hq.device(there)] as const;
    const revoked = await hq.device(here);
    const tokens = await Promise.all([...devices, revoked].map((device) => signIn(hq.url, device)));
    await hq.write([{ t: 'device', op: 'set', id: revoked.device, cols: { revoked: true } }]);
    for (const device of devices) expect(await verdicts(device, [sell(device)])).toEqual(['accepted']);
    const ids = await Promise.all(
      [
        ['org', 0],
        [storeScope(here), 0],
        [storeScope(there), 1],
      ].map(async ([scope, i]) => {
        const answer = await get(hq.url, `/sync/snapshot?scope=${scope}`, tokens[Number(i)]);
        return snapshotReply.parse(await body(answer)).id;
      }),
    );
    const stranger = createTestDevice({ storeId: there });
    const mayRead = [...tokens.map(scopesOf), [], []];
    expect(mayRead[0]).not.toContain(storeScope(there));
    expect(mayRead[1]).not.toContain(storeScope(here));
    const bearers = [
      ...tokens,
      `${tokens[1]?.split('.')[0]}.${tokens[0]?.split('.')[1]}`,
      stranger.publicKey,
    ];
    const spelled = fc.oneof(
      { arbitrary: fc.constantFrom('org', storeScope(here), storeScope(there)), weight: 5 },
      fc.constantFrom('store:', '', '*', '%', 'ORG', 'party'),
      fc
        .tuple(
          fc.constantFrom(here, there),
          fc.constantFrom(' ', '\t', ',org', '%00', '/../org', "' OR 1=1--", '"'),
        )
        .map(([id, more]) => `${storeScope(id)}${more}`),
      fc.constantFrom(here, there).map((id) => ` ${storeScope(id).toUpperCase()}`),
      fc.string({ maxLength: 90 }),
    );
    const extra = fc.constantFrom(
      ...[
        '',
        '&where=true',
        `&where=scope%3D'${storeScope(there)}'`,
        '&live=true',
        '&live=true&live_sse=true',
      ],
      ...[
        `&scope=${storeScope(there)}`,
        `&scope[]=${storeScope(there)}`,
        `&handle=x`,
        '&columns=*',
        '&table=sale',
      ],
    );
    const path = fc.oneof(
      fc
        .tuple(spelled, fc.constantFrom('-1', 'now', '0_0', '1_0'), extra)
        .map(
          ([scope, offset, more]) => `/v1/shape?scope=${encodeURIComponent(scope)}&offset=${offset}${more}`,
        ),
      fc
        .tuple(spelled, fc.nat(3), extra)
        .map(
          ([scope, after, more]) => `/sync/changes?scope=${encodeURIComponent(scope)}&after=${after}${more}`,
        ),
      spelled.map((scope) => `/sync/snapshot?scope=${encodeURIComponent(scope)}`),
      fc
        .tuple(fc.constantFrom(...ids), fc.constantFrom('', '/', '.', '.json', '%2e%2e', '?scope=org', '%00'))
        .map(([id, more]) => `/sync/snapshots/${id}${more}`),
    );
    let served = 0;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(0, 0, 1, 1, 2, 3, 4), path, async (who, asked) => {
        const answer = await get(hq.url, asked, bearers[who]);
        expect(answer.status).toBeLessThan(500);
        const came = await scopesIn(answer);
        if (came.length > 0) served += 1;
        for (const scope of came)
          expect([asked, who, mayRead[who]?.includes(scope)]).toEqual([asked, who, true]);
      }),
      { numRuns: 400, seed: 3 },
    );
    expect(served).toBeGreaterThan(40);
  });
});

/** What HQ wrote into a device's token; the device cannot change it, but it can read it. */
const scopesOf = (token: string): readonly string[] =>
  z
    .object({ scopes: z.array(z.string()) })
    .parse(JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString())).scopes;

/** The scopes of all that an answer brings: rows of the log, or of a snapshot by its head and its rows' stores. */
async function scopesIn(answer: Response): Promise<readonly string[]> {
  if (!answer.ok) return [];
  const bytes = Buffer.from(await answer.arrayBuffer());
  if (answer.headers.get('content-type') === 'application/gzip') return scopesOfSnapshot(bytes);
  const text = bytes.toString();
  const scopes = [...text.matchAll(/"scope":"([^"]+)"/g)].map(([, scope = '']) => scope);
  const envelopes = [...text.matchAll(/\\"scope\\":\\"([^"\\]+)\\"/g)].map(([, scope = '']) => scope);
  return [...scopes, ...envelopes];
}

function scopesOfSnapshot(bytes: Buffer): readonly string[] {
  const [head = '', ...lines] = gunzipSync(bytes).toString().trimEnd().split('\n');
  const { scope }: Pick<FeedRow, 'scope'> = JSON.parse(head);
  const stores = lines.flatMap((line) => [...line.matchAll(/"storeId":"([^"]+)"/g)]);
  return [scope, ...(scope === 'org' ? [] : stores.map(([, id = '']) => storeScope(id)))];
}
