import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type SnapshotReply,
  snapshotHead,
  snapshotReply,
  snapshotRows,
  snapshotTail,
} from '#shared/replica/wire.ts';
import { tableFacts } from '#shared/schema.ts';
import { storeScope } from '#shared/tables/scope.ts';
import { createIntake } from './push.ts';
import { saleRows, type TestDevice, testId } from './test-device.ts';
import { body, get, signIn, startTestHq, type TestHq } from './test-hq.ts';

let hq: TestHq;
let device: TestDevice;
let token: string;
let scope: string;
beforeAll(async () => {
  hq = await startTestHq();
  device = await hq.device();
  token = await signIn(hq.url, device);
  scope = storeScope(hq.stores[0]);
  const [here, there] = hq.stores;
  await hq.write([
    ...Array.from({ length: 1_300 }, (_, i) => ({
      ...{ t: 'pack_code', op: 'set' as const, id: testId() },
      cols: { packId: `p${i}`, code: `gtin:${i}` },
    })),
    { t: 'pack_code', op: 'set', id: 'gone', cols: { packId: 'p', code: 'gtin:gone' } },
    {
      t: 'price',
      op: 'set',
      id: 'org-price',
      cols: { packId: 'p', storeId: null, priceMinor: 5, validFrom: '2026-01-01' },
    },
    {
      t: 'price',
      op: 'set',
      id: 'own-price',
      cols: { packId: 'p', storeId: here, priceMinor: 4, validFrom: '2026-01-01' },
    },
    {
      t: 'price',
      op: 'set',
      id: 'foreign-price',
      cols: { packId: 'p', storeId: there, priceMinor: 3, validFrom: '2026-01-01' },
    },
  ]);
  await hq.write([{ t: 'pack_code', op: 'delete', id: 'gone' }]);
  const foreign = await hq.device(there);
  for (const one of [device, foreign])
    await push(one, [
      one.make(saleRows({ ...one, receiptN: 1, batchId: `${one.storeId} batch` })),
      one.make(aged(saleRows({ ...one, receiptN: 2, batchId: `${one.storeId} batch` }))),
    ]);
});
afterAll(() => hq.stop());

const push = async (one: TestDevice, changesets: ReturnType<TestDevice['make']>[]) => {
  const taken = await createIntake(hq.pool).takeBatch(one, {
    changesets,
    waiting: 0,
    oldestAt: null,
    version: '1',
  });
  expect(taken.ok).toBe(true);
};
/** The same sale of 40 days ago. */
const aged = (rows: ReturnType<typeof saleRows>) =>
  rows.map((c) =>
    c.op === 'insert' && 'at' in c.row ? { ...c, row: { ...c.row, at: Date.now() - 40 * 86_400_000 } } : c,
  );

async function take(of: string): Promise<{ reply: SnapshotReply; lines: unknown[] }> {
  const reply = snapshotReply.parse(await body(await get(hq.url, `/sync/snapshot?scope=${of}`, token)));
  const file = await get(hq.url, `/sync/snapshots/${reply.id}`, token);
  const bytes = Buffer.from(await file.arrayBuffer());
  expect(bytes.length).toBe(reply.bytes);
  const lines = gunzipSync(bytes).toString().trimEnd().split('\n');
  return { reply, lines: lines.map((line): unknown => JSON.parse(line)) };
}
const rowsIn = (lines: unknown[]) => lines.slice(1, -1).map((line) => snapshotRows.parse(line));
const all = (lines: unknown[], t: string) => rowsIn(lines).flatMap((part) => (part.t === t ? part.rows : []));

test('a snapshot of org is the tables of org, tombstones and stamps included', async () => {
  const { reply, lines } = await take('org');
  const { seq } = (await hq.pool.query<{ seq: number }>(`SELECT seq FROM scope_head WHERE scope = 'org'`))
    .rows[0] ?? { seq: -1 };
  const head = snapshotHead.parse(lines[0]);
  expect(head).toMatchObject({ scope: 'org', seq, epoch: hq.hq.keys.epoch, rows: reply.rows });
  expect(snapshotTail.parse(lines.at(-1))).toEqual({ end: reply.rows });
  expect(rowsIn(lines).reduce((n, { rows }) => n + rows.length, 0)).toBe(reply.rows);
  expect(rowsIn(lines).every(({ rows }) => rows.length <= 500)).toBe(true);
  expect(all(lines, 'pack_code')).toHaveLength(1_301);
  expect(all(lines, 'price').map(({ id }) => id)).toEqual(['org-price']);
  expect(all(lines, 'pack_code').find(({ id }) => id === 'gone')).toMatchObject({
    deleted: true,
    packId: 'p',
  });
  expect(all(lines, 'staff')).toEqual([]);
  const properties = tableFacts.get('store')?.columns.map((c) => c.property) ?? [];
  for (const row of all(lines, 'store')) {
    expect(Object.keys(row).sort()).toEqual([...properties, 'deleted', 'stamps'].sort());
    expect(row).toMatchObject({
      addressLines: [],
      minorDigits: 2,
      deleted: false,
      stamps: { '*': expect.any(String) },
    });
  }
});

test('a snapshot of a store holds its own rows, sums and recent facts, stock before history', async () => {
  const { lines } = await take(scope);
  const head = snapshotHead.parse(lines[0]);
  const headOf = (of: string) => head.heads.find((h) => h.device === of);
  expect(headOf(device.device)).toMatchObject({ inc: 1, dseq: 2 });
  expect(headOf(hq.hq.keys.device)).toBeDefined();
  expect(head.quarantined).toEqual([]);
  expect(all(lines, 'price').map(({ id }) => id)).toEqual(['own-price']);
  expect(all(lines, 'staff')).toHaveLength(1);
  expect(all(lines, 'on_hand')).toEqual([
    { batchId: `${device.storeId} batch`, packId: 'pack-1', qtyBase: -64 },
  ]);
  expect(all(lines, 'sale')).toHaveLength(1);
  expect(all(lines, 'sale_line')).toHaveLength(2);
  expect(all(lines, 'sale_tax')).toHaveLength(2);
  expect(all(lines, 'tender')).toHaveLength(1);
  expect(all(lines, 'stock_movement')).toHaveLength(2);
  const order = rowsIn(lines).map(({ t }) => t);
  expect(order.indexOf('on_hand')).toBeLessThan(order.indexOf('sale'));
  expect(order.indexOf('price')).toBeLessThan(order.indexOf('on_hand'));
  for (const { t, rows } of rowsIn(lines))
    for (const row of rows) if ('storeId' in row) expect([t, row.storeId]).toEqual([t, device.storeId]);
});

test('the same head gives the same file, the next head another', async () => {
  const first = (await take(scope)).reply;
  expect((await take(scope)).reply).toEqual(first);
  await push(device, [device.make(saleRows({ ...device, receiptN: 9 }))]);
  const next = (await take(scope)).reply;
  expect(next.seq).toBe(first.seq + 1);
  expect(next.id).not.toBe(first.id);
});

test('a broken download goes on where it was', async () => {
  const { reply } = await take('org');
  const path = `/sync/snapshots/${reply.id}`;
  const head = await get(hq.url, path, token, { headers: { range: 'bytes=0-99' } });
  const tag = head.headers.get('etag') ?? '';
  expect(tag).toMatch(/^"[0-9a-f]{64}"$/);
  const from = (etag: string) => ({ headers: { range: 'bytes=100-', 'if-range': etag } });
  const rest = await get(hq.url, path, token, from(tag));
  expect([head.status, rest.status]).toEqual([206, 206]);
  const whole = Buffer.concat([Buffer.from(await head.arrayBuffer()), Buffer.from(await rest.arrayBuffer())]);
  expect(gunzipSync(whole).toString()).toContain(`"end":${reply.rows}`);
  expect(createHash('sha256').update(whole).digest('hex')).toBe(tag.slice(1, -1));
  // Another node's file of the same name may have other bytes: then all of it comes, and the till begins anew.
  expect((await get(hq.url, path, token, from('"another"'))).status).toBe(200);
});

test('no token gets a snapshot of another scope, nor any other file', async () => {
  const foreign = await hq.device(hq.stores[1]);
  const theirs = await signIn(hq.url, foreign);
  const { reply } = await take(scope);
  expect((await get(hq.url, `/sync/snapshot?scope=${scope}`, theirs)).status).toBe(403);
  expect((await get(hq.url, `/sync/snapshots/${reply.id}`, theirs)).status).toBe(404);
  expect((await get(hq.url, `/sync/snapshots/${reply.id}`)).status).toBe(401);
  for (const id of [`${reply.id.slice(0, 17)}..%2f..%2fhq.pid`, '..%2fx', `${reply.id}0`])
    expect((await get(hq.url, `/sync/snapshots/${id}`, token)).status).toBe(404);
});
