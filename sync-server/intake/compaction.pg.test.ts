import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SnapshotReply } from '#shared/replica/wire.ts';
import { storeScope } from '#shared/tables/scope.ts';
import { FLOOR_AFTER_MS, prepareCompaction, purgeTombstones, raiseFloors } from './compaction.ts';
import { createIntake } from './push.ts';
import { baseHandle } from './shape-handle.ts';
import { saleRows, type TestDevice, testId } from './test-device.ts';
import { body, get, signIn, startTestHq, type TestHq } from './test-hq.ts';

let hq: TestHq;
let device: TestDevice;
let token: string;
let scope: string;
beforeAll(async () => {
  hq = await startTestHq();
  await prepareCompaction(hq.pool);
  device = await hq.device();
  token = await signIn(hq.url, device);
  scope = storeScope(device.storeId);
});
afterAll(() => hq.stop());

const push = (changesets: ReturnType<TestDevice['make']>[]) =>
  createIntake(hq.pool).takeBatch(device, { changesets, waiting: 0, oldestAt: null, version: '1' });
let receipts = 0;
async function sell(count: number): Promise<void> {
  const made = Array.from({ length: count }, () =>
    device.make(saleRows({ ...device, receiptN: ++receipts })),
  );
  expect(await push(made)).toMatchObject({ ok: true });
}
const head = async (of = scope) =>
  (
    await hq.pool.query<{ seq: number; floor: number }>(
      'SELECT seq, floor FROM scope_head WHERE scope = $1',
      [of],
    )
  ).rows[0] ?? { seq: 0, floor: 0 };
const beforeMs = () => Date.now() - FLOOR_AFTER_MS;

/** Makes what a scope has numbered so far as old as it would be in a hundred days. */
async function age(of: string): Promise<void> {
  await hq.pool.query('ALTER TABLE change_log DISABLE TRIGGER change_log_append_only');
  await hq.pool.query(`UPDATE change_log SET at = at - interval '100 days' WHERE scope = $1`, [of]);
  await hq.pool.query('ALTER TABLE change_log ENABLE TRIGGER change_log_append_only');
}

test('a floor rises to the last number older than ninety days, and never falls', async () => {
  await sell(3);
  expect(await raiseFloors(hq.pool, beforeMs())).toBe(0);
  await age(scope);
  const { seq } = await head();
  await sell(2);
  expect(await raiseFloors(hq.pool, beforeMs())).toBe(1);
  expect(await head()).toEqual({ seq: seq + 2, floor: seq });
  expect(await raiseFloors(hq.pool, beforeMs())).toBe(0);
  expect(await raiseFloors(hq.pool, 0)).toBe(0);
  expect((await head()).floor).toBe(seq);
});

test('a till below the floor must refetch; a snapshot and the feed behind it carry it on', async () => {
  await sell(1);
  const { floor, seq } = await head();
  const shape = (offset: number, handle: string) =>
    get(hq.url, `/v1/shape?table=change_log&scope=${scope}&offset=${offset}_0&handle=${handle}`, token);
  const handle = baseHandle(hq.hq.keys.epoch, scope);
  const refused = await shape(floor - 1, handle);
  expect([refused.status, await body(refused)]).toEqual([409, [{ headers: { control: 'must-refetch' } }]]);
  expect((await get(hq.url, `/sync/changes?scope=${scope}&after=${floor - 1}`, token)).status).toBe(409);

  const announced = await body<SnapshotReply>(await get(hq.url, `/sync/snapshot?scope=${scope}`, token));
  expect(announced.seq).toBe(seq);
  const file = await get(hq.url, `/sync/snapshots/${announced.id}`, token);
  const text = gunzipSync(Buffer.from(await file.arrayBuffer())).toString();
  expect(text).toContain('"t":"on_hand"');

  await sell(1);
  const next = await shape(announced.seq, refused.headers.get('electric-handle') ?? '');
  const seqs = (await body<{ value?: { seq: string } }[]>(next)).flatMap(({ value }) => value?.seq ?? []);
  expect([next.status, seqs]).toEqual([200, [String(seq + 1)]]);
});

test('tombstones below the floor go; younger ones, living rows and tables that facts name stay', async () => {
  const row = (id: string, value: unknown) =>
    ({ t: 'setting', op: 'set', id, cols: { storeId: device.storeId, key: 'k', value } }) as const;
  const [old, edited, living, young, person] = [testId(), testId(), testId(), testId(), testId()];
  await hq.write([
    ...[old, edited, living].map((id) => row(id, 1)),
    { t: 'person', op: 'set', id: person, cols: { name: 'P', shortName: 'P', language: null, active: true } },
  ]);
  await hq.write([
    ...[old, edited].map((id) => ({ t: 'setting', op: 'delete', id }) as const),
    { t: 'person', op: 'delete', id: person },
  ]);
  for (const of of [scope, 'org']) await age(of);
  await raiseFloors(hq.pool, beforeMs());
  await hq.write([row(young, 1), { t: 'setting', op: 'set', id: edited, cols: { value: 2 } }]);
  await hq.write([{ t: 'setting', op: 'delete', id: young }]);

  expect(await purgeTombstones(hq.pool)).toBe(1);
  expect(await purgeTombstones(hq.pool)).toBe(0);
  const { rows } = await hq.pool.query<{ id: string }>(
    'SELECT id FROM setting WHERE id = ANY ($1) UNION ALL SELECT id FROM person WHERE id = $2',
    [[old, edited, living, young], person],
  );
  expect(rows.map(({ id }) => id).sort()).toEqual([edited, living, young, person].sort());

  // A till that was away edits what is gone: refused, the sale beside it is taken.
  const edit = device.make([row(old, 3)], { type: 'test' });
  const answer = await push([edit, device.make(saleRows({ ...device, receiptN: ++receipts }))]);
  expect(answer).toMatchObject({
    ok: true,
    value: { verdicts: [{ verdict: 'refused' }, { verdict: 'accepted' }] },
  });
  await expect(hq.write([row(old, 4)])).rejects.toThrow('deleted long ago');
});
