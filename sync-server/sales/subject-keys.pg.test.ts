import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDeviceTokens } from '../auth/device-tokens.ts';
import { testId } from '../intake/test-device.ts';
import { body, get, startTestHq, type TestHq } from '../intake/test-hq.ts';

let hq: TestHq;
let token: string;
beforeAll(async () => {
  hq = await startTestHq();
  token = await tokenFor(['org', 'party']);
});
afterAll(() => hq.stop());

const newKey = () => randomBytes(32).toString('base64url');
type Keys = readonly { readonly subjectId: string; readonly key: string }[];
type Left = { readonly destroyed: string[]; readonly differs: string[] };
type Found = { readonly keys: Keys; readonly destroyed: string[] };

/** A token of a device HQ knows, good for these scopes. */
async function tokenFor(scopes: string[]): Promise<string> {
  const { device, inc } = await hq.device();
  return createDeviceTokens(hq.hq.keys.tokenKey).issue({ device, inc, scopes }, Date.now()).token;
}

const put = (keys: unknown, bearer: string | undefined = token): Promise<Response> =>
  get(hq.url, '/party/keys', bearer, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ keys }),
  });
const leave = async (keys: Keys): Promise<Left> => body<Left>(await put(keys));
const find = async (...ids: string[]): Promise<Found> =>
  body<Found>(await get(hq.url, `/party/keys?ids=${ids.join(',')}`, token));
const erase = (subjectId: string) =>
  hq.write([
    {
      t: 'erasure',
      op: 'insert',
      row: { id: testId(), subjectId, at: Date.now(), actorId: 'manager', reason: 'asked' },
    },
  ]);

test('a key left by one till is found by another; one HQ has not heard of is left out', async () => {
  const mine = { subjectId: testId(), key: newKey() };
  expect(await leave([mine])).toEqual({ destroyed: [], differs: [] });
  expect(await leave([mine])).toEqual({ destroyed: [], differs: [] });
  expect(await find(mine.subjectId, testId())).toEqual({ keys: [mine], destroyed: [] });
});

test('a key is written once: another one for the same person does not take its place', async () => {
  const first = { subjectId: testId(), key: newKey() };
  await leave([first]);
  const other = { ...first, key: newKey() };
  expect(await leave([other])).toEqual({ destroyed: [], differs: [first.subjectId] });
  expect((await find(first.subjectId)).keys).toEqual([first]);
});

test('an erasure destroys the key in its own transaction, and it is never taken again', async () => {
  const kept = { subjectId: testId(), key: newKey() };
  const never = { subjectId: testId(), key: newKey() };
  await leave([kept]);
  await erase(kept.subjectId);
  await erase(kept.subjectId);
  await erase(never.subjectId);
  const gone = [kept.subjectId, never.subjectId];
  expect(await leave([kept, never, { ...kept, key: newKey() }])).toMatchObject({ differs: [] });
  const found = await find(...gone);
  expect(found.keys).toEqual([]);
  expect(found.destroyed.toSorted()).toEqual(gone.toSorted());
  const { rows } = await hq.pool.query(
    'SELECT key, destroyed_at FROM subject_key WHERE subject_id = ANY ($1)',
    [gone],
  );
  for (const row of rows) expect(row).toEqual({ key: null, destroyed_at: expect.anything() });
});

test('an old backup of the keys put back over an erasure brings no key back', async () => {
  const kept = { subjectId: testId(), key: newKey() };
  await leave([kept]);
  await erase(kept.subjectId);
  await hq.pool.query('DELETE FROM subject_key WHERE subject_id = $1', [kept.subjectId]);
  await hq.pool.query('INSERT INTO subject_key (subject_id, key, made_at) VALUES ($1, $2, 1)', [
    kept.subjectId,
    kept.key,
  ]);
  await hq.pool.query('UPDATE subject_key SET made_at = 2 WHERE subject_id = $1', [kept.subjectId]);
  expect(await find(kept.subjectId)).toEqual({ keys: [], destroyed: [kept.subjectId] });
});

test('an erasure that is rolled back leaves the key', async () => {
  const kept = { subjectId: testId(), key: newKey() };
  await leave([kept]);
  const client = await hq.pool.connect();
  await client.query('BEGIN');
  await client.query(
    `INSERT INTO erasure (id, subject_id, at, actor_id, reason) VALUES ($1, $2, 1, 'm', 'asked')`,
    [testId(), kept.subjectId],
  );
  await client.query('ROLLBACK');
  client.release();
  expect((await find(kept.subjectId)).keys).toEqual([kept]);
});

test('without a token nobody reads or leaves keys; with one of other scopes, or once revoked, nobody reads them', async () => {
  const path = `/party/keys?ids=${testId()}`;
  const some = [{ subjectId: testId(), key: newKey() }];
  const foreign = await tokenFor(['org', `store:${hq.stores[0]}`]);
  for (const answer of [
    await get(hq.url, path),
    await get(hq.url, path, 'forged.token'),
    await put(some, 'forged.token'),
  ])
    expect([answer.status, await body(answer)]).toMatchObject([401, { code: 'UNAUTHORIZED' }]);
  const refused = async (token: string) => {
    const answer = await get(hq.url, path, token);
    return [answer.status, await body(answer)];
  };
  expect(await refused(foreign)).toMatchObject([403, { code: 'FOREIGN_SCOPE' }]);
  const { device, inc } = await hq.device();
  await hq.write([{ t: 'device', op: 'set', id: device, cols: { revoked: true } }]);
  const late = createDeviceTokens(hq.hq.keys.tokenKey).issue(
    { device, inc, scopes: ['party'] },
    Date.now(),
  ).token;
  expect(await refused(late)).toMatchObject([403, { code: 'REVOKED' }]);
  expect((await find(some[0]?.subjectId ?? '')).keys).toEqual([]);
  // What such a device has made is still taken: unreadable it would be lost.
  expect((await put(some, late)).status).toBe(200);
  expect((await find(some[0]?.subjectId ?? '')).keys).toHaveLength(1);
});

test('what is no key, too many, or too large is refused whole', async () => {
  const good = { subjectId: testId(), key: newKey() };
  const bad = [
    [],
    [{ ...good, key: 'short' }],
    [{ ...good, key: `${newKey()}=` }],
    [{ ...good, subjectId: "x'; DROP TABLE subject_key" }],
    [good, { ...good, subjectId: 7 }],
    Array.from({ length: 101 }, () => ({ subjectId: testId(), key: newKey() })),
    'keys',
  ];
  for (const keys of bad) expect((await put(keys)).status).toBe(400);
  expect((await put(Array.from({ length: 1_000 }, () => good))).status).toBe(413);
  expect((await get(hq.url, '/party/keys', token)).status).toBe(400);
  expect((await get(hq.url, `/party/keys?ids=${'a,'.repeat(3000)}`, token)).status).toBe(400);
  expect((await find(good.subjectId)).keys).toEqual([]);
});
