import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PushReply } from '#shared/replica/wire.ts';
import { storeScope } from '#shared/tables/scope.ts';
import { createIntake } from './push.ts';
import { createSignatureCheck } from './signature-check.ts';
import { createTestDevice, saleRows, type TestDevice, testId } from './test-device.ts';
import { body, post, signIn, startTestHq, type TestHq } from './test-hq.ts';

/** A machine with other work is slow, not broken. */
const patient = { timeout: 20_000 };

let hq: TestHq;
beforeAll(async () => {
  hq = await startTestHq();
});
afterAll(() => hq.stop());

const push = async (device: TestDevice, changesets: readonly object[], token?: string) =>
  post(
    hq.url,
    '/sync/push',
    { changesets, waiting: changesets.length, oldestAt: null, version: 'test' },
    token ?? (await signIn(hq.url, device)),
  );
const pushed = async (device: TestDevice, changesets: readonly object[]) => {
  const answer = await push(device, changesets);
  expect(answer.status).toBe(200);
  return body<PushReply>(answer);
};
let receipts = 0;
const sell = (device: TestDevice, over: Parameters<TestDevice['make']>[1] = {}) =>
  device.make(saleRows({ ...device, receiptN: ++receipts }), over);
const rowsOf = async <T extends object>(text: string, values: unknown[] = []): Promise<T[]> =>
  (await hq.pool.query<T>(text, values)).rows;
const seqs = (scope: string) =>
  rowsOf<{ seq: number; dseq: number; device: string }>(
    'SELECT seq, dseq, device FROM change_log WHERE scope = $1 ORDER BY seq',
    [scope],
  );

test('a batch is taken once and answered for ever', async () => {
  const device = await hq.device();
  const batch = [sell(device), sell(device)];
  expect((await pushed(device, batch)).verdicts.map((v) => v.verdict)).toEqual(['accepted', 'accepted']);
  const before = await rowsOf('SELECT count(*) AS n FROM change_log');
  const again = await pushed(device, [...batch, sell(device)]);
  expect(again.verdicts).toMatchObject([
    { dseq: 1, verdict: 'duplicate', first: 'accepted' },
    { dseq: 2, verdict: 'duplicate', first: 'accepted' },
    { dseq: 3, verdict: 'accepted' },
  ]);
  expect(again.ackedThrough).toBe(3);
  expect(await rowsOf('SELECT count(*) - 1 AS n FROM change_log')).toEqual(before);
  expect(await rowsOf('SELECT count(*) AS n FROM sale WHERE till_id = $1', [device.tillId])).toEqual([
    { n: 3 },
  ]);
});

test('on hand is the sum of the movements, also when a batch comes twice', async () => {
  const device = await hq.device();
  const batchId = testId();
  const batch = [1, 2, 3].map((n) => device.make(saleRows({ ...device, receiptN: n, batchId })));
  await Promise.all([pushed(device, batch), pushed(device, batch)]);
  expect(await rowsOf('SELECT qty_base AS qty FROM on_hand WHERE batch_id = $1', [batchId])).toEqual([
    { qty: -96 },
  ]);
});

test('devices that push at once are numbered without a gap, each in its own order', async () => {
  const devices = await Promise.all(Array.from({ length: 6 }, () => hq.device()));
  const scope = storeScope(hq.stores[0]);
  await Promise.all(
    devices.map(async (device) => {
      for (let round = 0; round < 5; round++)
        await pushed(
          device,
          Array.from({ length: 4 }, () => sell(device)),
        );
    }),
  );
  const log = await seqs(scope);
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_, i) => i + 1));
  for (const { device } of devices) {
    const mine = log.filter((row) => row.device === device).map(({ dseq }) => dseq);
    expect(mine).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  }
});

test('two pushes of one device at once come one after the other', async () => {
  const device = await hq.device();
  const batch = Array.from({ length: 10 }, () => sell(device));
  const token = await signIn(hq.url, device);
  const answers = await Promise.all([0, 1, 2, 3].map(() => push(device, batch, token)));
  const replies = await Promise.all(answers.map(body<PushReply>));
  const accepted = replies.filter((reply) => reply.verdicts.every((v) => v.verdict === 'accepted'));
  expect(accepted).toHaveLength(1);
  expect(replies.every((reply) => reply.ackedThrough === 10)).toBe(true);
});

test('what is refused lies in quarantine and holds nothing up', async () => {
  const device = await hq.device();
  const foreign = device.make([{ t: 'medicine', op: 'set', id: testId(), cols: { brand: 'Mine now' } }]);
  const broken = device.make(
    saleRows({ ...device, receiptN: 1 }).map((c) =>
      c.op === 'insert' && c.t === 'sale_line' ? { ...c, row: { ...c.row, qtyBase: 0 } } : c,
    ),
  );
  const orphan = device.make(saleRows({ ...device, receiptN: 2 }).filter((c) => c.t !== 'sale'));
  const wordless = device.make(
    saleRows({ ...device, receiptN: 3 }).map((c) =>
      c.op === 'insert' && c.t === 'sale' ? { ...c, row: { ...c.row, taxMode: 'sideways' } } : c,
    ),
  );
  const elsewhere = device.make(saleRows({ ...device, storeId: hq.stores[1], receiptN: 4 }));
  const otherScope = device.make(saleRows({ ...device, storeId: hq.stores[1], receiptN: 4 }), {
    scope: storeScope(hq.stores[1]),
  });
  const good = sell(device);
  const reply = await pushed(device, [foreign, broken, orphan, wordless, elsewhere, otherScope, good]);
  expect(reply.verdicts.map((v) => v.reason ?? v.verdict)).toEqual([
    'NOT_YOURS_TO_WRITE',
    'BAD_ROW',
    'BAD_ROW',
    'BAD_ROW',
    'FOREIGN_SCOPE',
    'FOREIGN_SCOPE',
    'accepted',
  ]);
  expect(reply.ackedThrough).toBe(7);
  const held = await rowsOf<{ dseq: number; detail: string; text: string }>(
    `SELECT dseq, detail, text FROM quarantine WHERE device = $1 AND state = 'open' ORDER BY dseq`,
    [device.device],
  );
  expect(held.map(({ dseq }) => dseq)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(held[1]?.detail).toBe('sale_line_qty');
  expect(held[1]?.text).toBe(broken.text);
  expect(await rowsOf('SELECT count(*) AS n FROM sale WHERE till_id = $1', [device.tillId])).toEqual([
    { n: 1 },
  ]);
});

test('an edit reaches no row of another store, named or not', async () => {
  const [here, there] = hq.stores;
  const settingId = testId();
  await hq.write([{ t: 'setting', op: 'set', id: settingId, cols: { storeId: there, key: 'k', value: 1 } }]);
  await hq.write([
    { t: 'role', op: 'set', id: 'all', cols: { name: 'All', permissions: ['auth.settings.edit'] } },
    {
      t: 'staff',
      op: 'set',
      id: testId(),
      cols: { storeId: here, personId: 'boss', roleId: 'all', pinVerifier: null, active: true },
    },
  ]);
  const device = await hq.device(here);
  const edit = (cols: Record<string, unknown>) =>
    device.make([{ t: 'setting', op: 'set', id: settingId, cols }], { type: 'setting', actor: 'boss' });
  const reply = await pushed(device, [
    edit({ value: 2 }),
    edit({ storeId: here, value: 2 }),
    device.make([{ t: 'setting', op: 'delete', id: settingId }], { type: 'setting', actor: 'boss' }),
    device.make([{ t: 'setting', op: 'set', id: testId(), cols: { value: 2 } }], {
      type: 'setting',
      actor: 'boss',
    }),
    device.make([{ t: 'setting', op: 'set', id: testId(), cols: { storeId: here, key: 'own', value: 2 } }], {
      type: 'setting',
      actor: 'boss',
    }),
    device.make([{ t: 'setting', op: 'set', id: testId(), cols: { storeId: here, key: 'own', value: 3 } }], {
      type: 'setting',
    }),
  ]);
  expect(reply.verdicts.map((v) => v.reason ?? v.verdict)).toEqual([
    'FOREIGN_SCOPE',
    'FOREIGN_SCOPE',
    'FOREIGN_SCOPE',
    'BAD_ROW',
    'accepted',
    'MISSING_RIGHT',
  ]);
  expect(await rowsOf('SELECT value, deleted FROM setting WHERE id = $1', [settingId])).toEqual([
    { value: 1, deleted: false },
  ]);
});

test('a fact made without the right is taken and flagged', async () => {
  const device = await hq.device();
  const reply = await pushed(device, [
    sell(device, { actor: 'stranger' }),
    sell(device, { at: Date.now() + 3_600_000 }),
  ]);
  expect(reply.verdicts).toMatchObject([
    { verdict: 'flagged', reason: 'MISSING_RIGHT sales.sell' },
    { verdict: 'flagged', reason: 'CLOCK_AHEAD' },
  ]);
  expect(await rowsOf('SELECT reason FROM flag WHERE device = $1 ORDER BY dseq', [device.device])).toEqual([
    { reason: 'MISSING_RIGHT' },
    { reason: 'CLOCK_AHEAD' },
  ]);
});

test('one fact with two contents: the second is refused; with one content it is taken twice and counted once', async () => {
  const device = await hq.device();
  const batchId = testId();
  const rows = saleRows({ ...device, receiptN: 1, batchId });
  const other = rows.map((c) =>
    c.op === 'insert' && c.t === 'sale' ? { ...c, row: { ...c.row, totalMinor: 1 } } : c,
  );
  const reply = await pushed(device, [device.make(rows), device.make(rows), device.make(other)]);
  expect(reply.verdicts.map((v) => v.reason ?? v.verdict)).toEqual(['accepted', 'accepted', 'FACT_DIFFERS']);
  const later = await pushed(device, [device.make(rows), device.make(other)]);
  expect(later.verdicts.map((v) => v.reason ?? v.verdict)).toEqual(['accepted', 'FACT_DIFFERS']);
  expect(await rowsOf('SELECT qty_base AS qty FROM on_hand WHERE batch_id = $1', [batchId])).toEqual([
    { qty: -32 },
  ]);
  // A till that has the first in the sums of a snapshot alone must not count the second.
  const movements = rows.flatMap((c) => (c.op === 'insert' && c.t === 'stock_movement' ? [c.row.id] : []));
  const again = JSON.stringify(movements);
  expect(
    await rowsOf('SELECT counted FROM change_log WHERE device = $1 ORDER BY seq', [device.device]),
  ).toEqual([{ counted: null }, { counted: again }, { counted: again }]);
});

test('two tills that name one batch with two expiry dates: the second is taken and flagged', async () => {
  const [a, b] = [await hq.device(), await hq.device()];
  const id = testId();
  const batch = (device: TestDevice, expiresOn: string) =>
    device.make([
      {
        t: 'batch',
        op: 'set',
        id,
        cols: {
          storeId: device.storeId,
          packId: 'p',
          code: 'X',
          expiresOn,
          receivedAt: 1,
          costMinor: 1,
          costQtyBase: 1,
          packPriceMinor: null,
        },
      },
    ]);
  expect((await pushed(a, [batch(a, '2027-01-31')])).verdicts).toMatchObject([{ verdict: 'accepted' }]);
  expect((await pushed(b, [batch(b, '2027-02-28')])).verdicts).toMatchObject([
    { verdict: 'flagged', reason: 'BATCH_EXPIRY_DIFFERS' },
  ]);
});

test('the parts of a transaction are taken together or left to the next batch', async () => {
  const device = await hq.device();
  const tx = testId();
  const parts = [0, 1, 2].map(() => sell(device, { tx, parts: 3 }));
  const whole = await pushed(device, parts);
  expect(whole.verdicts).toHaveLength(3);
  const before = sell(device);
  const next = testId();
  const cut = [sell(device, { tx: next, parts: 2 }), sell(device, { tx: next, parts: 2 })];
  const reply = await pushed(device, [before, ...cut.slice(0, 1)]);
  expect(reply).toMatchObject({ ackedThrough: 4, verdicts: [{ dseq: 4 }] });
  expect((await pushed(device, cut)).ackedThrough).toBe(6);
});

test('a fork, a gap and a forgery are told apart, and leave nothing behind', async () => {
  const device = await hq.device();
  await pushed(device, [sell(device)]);
  const fork = device.head();
  await pushed(device, [sell(device)]);
  const logged = () => rowsOf('SELECT count(*) AS n FROM change_log');
  const before = await logged();

  device.rewind(fork);
  const forked = await push(device, [sell(device)]);
  expect([forked.status, await body(forked)]).toMatchObject([409, { code: 'FORK', detail: { dseq: 2 } }]);

  sell(device);
  const gapped = await push(device, [sell(device)]);
  expect([gapped.status, await body(gapped)]).toMatchObject([409, { code: 'GAP', detail: { after: 2 } }]);

  const stranger = createTestDevice({ storeId: device.storeId, device: device.device });
  const forged = await push(device, [sell(stranger)]);
  expect([forged.status, await body(forged)]).toMatchObject([400, { code: 'FORGED' }]);
  expect(await logged()).toEqual(before);
  expect(await rowsOf('SELECT * FROM quarantine WHERE device = $1', [device.device])).toEqual([]);
});

test('a forgery does not hide before a genuine changeset played again', async () => {
  const device = await hq.device();
  const genuine = sell(device);
  await pushed(device, [genuine]);
  const forger = createTestDevice({ storeId: device.storeId, device: device.device });
  forger.rewind(device.head());
  const answer = await push(device, [sell(forger), genuine]);
  expect([answer.status, await body(answer)]).toMatchObject([409, { code: 'GAP', detail: { after: 2 } }]);
  expect(await rowsOf('SELECT dseq FROM change_seen WHERE device = $1', [device.device])).toEqual([
    { dseq: 1 },
  ]);
});

test('a wrong signature inside a good batch is found afterwards and flagged', async () => {
  const device = await hq.device();
  const [first, last] = [sell(device), sell(device)];
  const reply = await pushed(device, [{ ...first, sig: last.sig }, last]);
  expect(reply.verdicts).toMatchObject([{ verdict: 'accepted' }, { verdict: 'accepted' }]);
  const flags = () => rowsOf('SELECT dseq, reason FROM flag WHERE device = $1', [device.device]);
  await expect.poll(flags, patient).toEqual([{ dseq: 1, reason: 'BAD_SIGNATURE' }]);
});

test('signatures an HQ that died had not checked are checked by the next', async () => {
  const device = await hq.device();
  const [first, last] = [sell(device), sell(device)];
  const dead = { add: async () => {}, resume: async () => {}, settled: async () => {} };
  const intake = createIntake(hq.pool, dead);
  const changesets = [{ ...first, sig: last.sig }, last];
  const taken = await intake.takeBatch(device, { changesets, waiting: 0, oldestAt: null, version: 'test' });
  expect(taken.ok).toBe(true);
  const next = createSignatureCheck(hq.pool, (problem) => expect.fail(String(problem)));
  await next.resume();
  await next.settled();
  expect(await rowsOf('SELECT dseq, reason FROM flag WHERE device = $1', [device.device])).toEqual([
    { dseq: 1, reason: 'BAD_SIGNATURE' },
  ]);
  expect(await rowsOf('SELECT verified FROM chain_head WHERE device = $1', [device.device])).toEqual([
    { verified: 2 },
  ]);
});

test('an unreadable changeset of the device itself is quarantined, its successors are taken', async () => {
  const device = await hq.device();
  const odd = device.make([{ t: 'sale', op: 'upsert', row: {} } as never]);
  const next = sell(device);
  expect((await pushed(device, [odd])).verdicts).toMatchObject([
    { verdict: 'refused', reason: 'UNREADABLE' },
  ]);
  expect((await pushed(device, [odd])).verdicts).toMatchObject([{ verdict: 'duplicate', first: 'refused' }]);
  expect((await pushed(device, [odd, next])).verdicts).toMatchObject([
    { verdict: 'duplicate' },
    { verdict: 'accepted' },
  ]);
});

test('gzip is taken; without a token, too large or malformed is refused', async () => {
  const device = await hq.device();
  const token = await signIn(hq.url, device);
  const send = (payload: Uint8Array<ArrayBuffer> | string, headers: Record<string, string>) =>
    fetch(new URL('/sync/push', hq.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: payload,
    });
  const authorization = `Bearer ${token}`;
  const request = { changesets: [sell(device)], waiting: 3, oldestAt: 5, version: '1.2' };
  const zipped = await send(new Uint8Array(gzipSync(JSON.stringify(request))), {
    authorization,
    'content-encoding': 'gzip',
  });
  expect(zipped.status).toBe(200);
  expect(
    await rowsOf('SELECT waiting, oldest_at AS oldest, version FROM device_contact WHERE device = $1', [
      device.device,
    ]),
  ).toEqual([{ waiting: 3, oldest: 5, version: '1.2' }]);
  expect((await send(JSON.stringify(request), {})).status).toBe(401);
  expect((await send(JSON.stringify(request), { authorization: `${authorization}x` })).status).toBe(401);
  expect((await send('{"changesets":7}', { authorization })).status).toBe(400);
  expect((await send('no json', { authorization })).status).toBe(400);
  expect((await send(' '.repeat(1_100_000), { authorization })).status).toBe(413);
  const bomb = new Uint8Array(gzipSync(' '.repeat(64 * 1024 * 1024)));
  expect((await send(bomb, { authorization, 'content-encoding': 'gzip' })).status).toBe(413);
  const nul = { ...request, changesets: [{ text: '\0', hash: 'a'.repeat(64), sig: 'x' }] };
  expect((await send(JSON.stringify(nul), { authorization })).status).toBe(400);
});
