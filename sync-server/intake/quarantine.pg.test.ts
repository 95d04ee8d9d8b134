import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createIds } from '#shared/kernel/ids.ts';
import type { Change, Sealed } from '#shared/replica/changeset.ts';
import { storeScope } from '#shared/tables/scope.ts';
import { migrateSignIn } from '../auth/sign-in.ts';
import { createIntake, type Intake } from './push.ts';
import { createQuarantine, type Quarantine } from './quarantine.ts';
import { saleRows, type TestDevice, testId } from './test-device.ts';
import { startTestHq, type TestHq } from './test-hq.ts';

let hq: TestHq;
let intake: Intake;
let quarantine: Quarantine;
beforeAll(async () => {
  hq = await startTestHq();
  await migrateSignIn(hq.pool);
  intake = createIntake(hq.pool);
  const clock = { nowMs: () => Date.now() };
  const ids = createIds({ clock, random: { bytes: (n) => randomBytes(n) } });
  quarantine = createQuarantine({ pool: hq.pool, ids });
});
afterAll(() => hq.stop());

const push = async (device: TestDevice, changesets: readonly Sealed[]) => {
  const taken = await intake.takeBatch(device, {
    ...{ changesets: [...changesets], waiting: 0, oldestAt: null, version: 'test' },
  });
  if (!taken.ok) throw new Error(taken.error.code);
  return taken.value.verdicts;
};
const rowsOf = async <T extends object>(text: string, values: unknown[] = []): Promise<T[]> =>
  (await hq.pool.query<T>(text, values)).rows;
const idOf = ({ device, inc }: TestDevice, dseq: number) => `${device}/${inc}/${dseq}`;
const given = (id: string) => ({ id, reason: 'looked at', actor: 'amelie' });
const decisions = (device: TestDevice) =>
  rowsOf(
    'SELECT inc, dseq, decision, reason, actor_id FROM quarantine_decision WHERE device = $1 ORDER BY dseq',
    [device.device],
  );
const seen = (device: TestDevice, dseq: number) =>
  rowsOf('SELECT verdict, reason FROM change_seen WHERE device = $1 AND dseq = $2', [device.device, dseq]);
const audited = (id: string) =>
  rowsOf('SELECT action, actor_id, reason, details FROM audit_entry WHERE subject_id = $1 ORDER BY at', [id]);
const editOfNothing = (id: string): Change => ({
  t: 'batch',
  op: 'set',
  id,
  cols: { expiresOn: '2027-01-31' },
});

/** A sale in a store the device has never stood in; once it has, the sale may be taken. */
async function foreignSale() {
  const device = await hq.device(hq.stores[0]);
  const other = { ...device, storeId: hq.stores[1] };
  const sale = device.make(saleRows({ ...other, receiptN: 1 }), { scope: storeScope(other.storeId) });
  expect(await push(device, [sale])).toMatchObject([{ verdict: 'refused', reason: 'FOREIGN_SCOPE' }]);
  const move = () =>
    hq.write([{ t: 'device', op: 'set', id: device.device, cols: { storeId: other.storeId } }]);
  return { device, sale, move };
}

test('what passes now is taken in its old place of the chain, under a new number, once', async () => {
  const { device, sale, move } = await foreignSale();
  await move();
  const next = device.make(saleRows({ ...device, storeId: hq.stores[1], receiptN: 2 }), {
    scope: storeScope(hq.stores[1]),
  });
  await push(device, [next]);
  expect(await quarantine.retry(given(idOf(device, 1)))).toMatchObject({ value: { verdict: 'accepted' } });
  expect(
    await rowsOf('SELECT scope, dseq FROM change_log WHERE device = $1 ORDER BY seq', [device.device]),
  ).toEqual([2, 1].map((dseq) => ({ scope: storeScope(hq.stores[1]), dseq })));
  expect(await seen(device, 1)).toEqual([{ verdict: 'accepted', reason: null }]);
  expect(
    await rowsOf('SELECT state, decided_by, decided_why FROM quarantine WHERE device = $1', [device.device]),
  ).toEqual([{ state: 'retried', decided_by: 'amelie', decided_why: 'looked at' }]);
  expect(await decisions(device)).toEqual([
    { inc: 1, dseq: 1, decision: 'retried', reason: 'looked at', actor_id: 'amelie' },
  ]);
  expect(await audited(idOf(device, 1))).toMatchObject([
    {
      action: 'sync.quarantine.retried',
      actor_id: 'amelie',
      details: { changesets: 1, verdict: 'accepted' },
    },
  ]);
  expect(await push(device, [sale])).toEqual([{ dseq: 1, verdict: 'duplicate', first: 'accepted' }]);
  expect(await rowsOf('SELECT count(*) AS n FROM sale WHERE till_id = $1', [device.tillId])).toEqual([
    { n: 2 },
  ]);
});

test('what is refused again keeps its place, with today’s reason, and the attempt is audited', async () => {
  const { device } = await foreignSale();
  await hq.pool.query(`UPDATE quarantine SET reason = 'BAD_ROW' WHERE device = $1`, [device.device]);
  expect(await quarantine.retry(given(idOf(device, 1)))).toEqual({
    ok: true,
    value: { verdict: 'refused', reason: 'FOREIGN_SCOPE', detail: storeScope(hq.stores[1]) },
  });
  expect(await rowsOf('SELECT state, reason FROM quarantine WHERE device = $1', [device.device])).toEqual([
    { state: 'open', reason: 'FOREIGN_SCOPE' },
  ]);
  expect(await seen(device, 1)).toEqual([{ verdict: 'refused', reason: 'FOREIGN_SCOPE' }]);
  expect(await decisions(device)).toEqual([]);
  expect(await audited(idOf(device, 1))).toMatchObject([
    { action: 'sync.quarantine.retried', details: { verdict: 'refused', because: 'FOREIGN_SCOPE' } },
  ]);
});

test('a register edit that is taken late wins by its own stamp, not by its arrival', async () => {
  const device = await hq.device();
  const [early, late] = [testId(), testId()];
  await push(device, [
    device.make([editOfNothing(early)], { type: 'batch', at: Date.now() - 60_000 }),
    device.make([editOfNothing(late)], { type: 'batch', at: Date.now() + 45_000 }),
  ]);
  const cols = {
    ...{ storeId: device.storeId, packId: 'pack-1', code: 'A1', expiresOn: '2026-12-31', receivedAt: 1 },
    ...{ costMinor: 1, costQtyBase: 1, packPriceMinor: null },
  };
  await hq.write([early, late].map((id) => ({ t: 'batch', op: 'set', id, cols })));
  expect(await quarantine.retry(given(idOf(device, 1)))).toMatchObject({ value: { verdict: 'flagged' } });
  expect(await quarantine.retry(given(idOf(device, 2)))).toMatchObject({
    value: { verdict: 'flagged', reason: 'BATCH_EXPIRY_DIFFERS' },
  });
  expect(
    await rowsOf('SELECT id, expires_on AS "on" FROM batch WHERE id = ANY ($1) ORDER BY expires_on', [
      [early, late],
    ]),
  ).toEqual([
    { id: early, on: '2026-12-31' },
    { id: late, on: '2027-01-31' },
  ]);
  expect(await rowsOf('SELECT reason, detail FROM flag WHERE device = $1', [device.device])).toEqual(
    Array.from({ length: 2 }, () => ({ reason: 'BATCH_EXPIRY_DIFFERS', detail: 'batch' })),
  );
});

test('what is dismissed is kept, and its till is told', async () => {
  const { device, sale } = await foreignSale();
  expect(await quarantine.dismiss(given(idOf(device, 1)))).toEqual({ ok: true, value: null });
  expect(await rowsOf('SELECT state, text FROM quarantine WHERE device = $1', [device.device])).toEqual([
    { state: 'dismissed', text: sale.text },
  ]);
  expect(await decisions(device)).toMatchObject([{ dseq: 1, decision: 'dismissed' }]);
  expect(
    await rowsOf(`SELECT scope FROM change_log WHERE type = 'quarantine' AND envelope LIKE $1`, [
      `%${device.device}%`,
    ]),
  ).toMatchObject([{ scope: storeScope(hq.stores[0]) }]);
  expect(await push(device, [sale])).toMatchObject([{ verdict: 'duplicate', first: 'refused' }]);
});

test('of two people who decide at once one is told of the other', async () => {
  const { device, move } = await foreignSale();
  await move();
  const id = idOf(device, 1);
  const both = await Promise.all([
    quarantine.retry({ id, reason: 'by me', actor: 'amelie' }),
    quarantine.dismiss({ id, reason: 'by you', actor: 'bruno' }),
  ]);
  const lost = both.find((one) => !one.ok);
  const [won] = await decisions(device);
  expect(both.filter((one) => one.ok)).toHaveLength(1);
  expect(lost).toMatchObject({ error: { code: 'ALREADY_DECIDED', decided: { by: Object(won).actor_id } } });
  expect(await decisions(device)).toHaveLength(1);
  expect(await quarantine.retry(given('nobody/1/1'))).toMatchObject({ error: { code: 'NOT_FOUND' } });
});

test('the parts of a transaction that came apart are taken together, or not at all', async () => {
  const device = await hq.device();
  const [tx, parts] = [testId(), 2];
  const first = device.make(saleRows({ ...device, receiptN: 1 }), { tx, parts });
  expect(await push(device, [first])).toMatchObject([{ reason: 'INCOMPLETE_TRANSACTION' }]);
  expect(await quarantine.retry(given(idOf(device, 1)))).toMatchObject({
    value: { verdict: 'refused', reason: 'INCOMPLETE_TRANSACTION' },
  });
  await push(device, [device.make(saleRows({ ...device, receiptN: 2 }), { tx, parts })]);
  expect(await quarantine.retry(given(idOf(device, 2)))).toMatchObject({ value: { verdict: 'accepted' } });
  expect(await rowsOf('SELECT dseq FROM change_log WHERE device = $1 ORDER BY seq', [device.device])).toEqual(
    [{ dseq: 1 }, { dseq: 2 }],
  );
  expect(await decisions(device)).toMatchObject([{ dseq: 1 }, { dseq: 2 }]);
});

test('what can never be taken is refused again and breaks nothing', async () => {
  const device = await hq.device();
  const refused = ['BAD_ROW', 'BAD_ROW', 'NOT_YOURS_TO_WRITE'];
  const bad: Change[] = [
    { t: 'batch', op: 'set', id: 'a\0b', cols: { expiresOn: '2027-01-31' } },
    { t: 'sale', op: 'insert', row: { id: { not: 'a text' } } },
    {
      t: 'price',
      op: 'set',
      id: testId(),
      cols: { packId: 'pack-1', priceMinor: 590, validFrom: '2026-11-16' },
    },
  ];
  const verdicts = await push(
    device,
    bad.map((change) => device.make([change])),
  );
  expect(verdicts.map(({ reason }) => reason)).toEqual(refused);
  const text = JSON.stringify({ t: 'no envelope' });
  await hq.pool.query(
    `INSERT INTO quarantine SELECT id || '-x', device, inc, dseq + 100, '', '', $2, hash, sig, 'UNREADABLE', '', at, state
       FROM quarantine WHERE id = $1`,
    [idOf(device, 1), text],
  );
  const ids = [...bad.map((_, i) => idOf(device, i + 1)), `${idOf(device, 1)}-x`];
  for (const id of ids)
    expect(await quarantine.retry(given(id))).toMatchObject({ value: { verdict: 'refused' } });
  expect(
    await rowsOf(`SELECT reason FROM quarantine WHERE device = $1 AND state = 'open' ORDER BY dseq`, [
      device.device,
    ]),
  ).toEqual([...refused, 'UNREADABLE'].map((reason) => ({ reason })));
});

test('decisions, pushes and HQ’s own writing at once neither wait for ever nor lose anything', async () => {
  const held = await Promise.all(Array.from({ length: 6 }, foreignSale));
  for (const { move } of held) await move();
  await Promise.all(
    held.flatMap(({ device, move }) => [
      quarantine.retry(given(idOf(device, 1))),
      move(),
      push(device, [
        device.make(saleRows({ ...device, storeId: hq.stores[1], receiptN: 2 }), {
          scope: storeScope(hq.stores[1]),
        }),
      ]),
    ]),
  );
  const tills = held.map(({ device }) => device.tillId);
  expect(await rowsOf('SELECT count(*) AS n FROM sale WHERE till_id = ANY ($1)', [tills])).toEqual([
    { n: 12 },
  ]);
  expect(await rowsOf('SELECT scope FROM change_log GROUP BY scope HAVING max(seq) <> count(*)')).toEqual([]);
  expect(await rowsOf('SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()')).toEqual([
    { deadlocks: 0 },
  ]);
});
