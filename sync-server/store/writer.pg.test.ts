import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Change, Envelope } from '#shared/replica/changeset.ts';
import { genesisHash, openEnvelope } from '#shared/replica/changeset.ts';
import { storeScope } from '#shared/tables/scope.ts';
import { createIntake } from '../intake/push.ts';
import { testId } from '../intake/test-device.ts';
import { startTestHq, type TestHq } from '../intake/test-hq.ts';
import { inTransaction } from './pool.ts';
import { sha256Hex, verifies } from './signing.ts';
import { writeChanges } from './writer.ts';

let hq: TestHq;
beforeAll(async () => {
  hq = await startTestHq();
});
afterAll(() => hq.stop());

type Logged = { scope: string; seq: number; hash: string; sig: string; effHlc: string; envelope: Envelope };
async function logOf(): Promise<Logged[]> {
  const { rows } = await hq.pool.query<Omit<Logged, 'envelope'> & { text: string }>(
    'SELECT scope, seq, hash, sig, eff_hlc AS "effHlc", envelope AS text FROM change_log WHERE device = $1 ORDER BY dseq',
    [hq.hq.keys.device],
  );
  return rows.map(({ text, ...row }) => {
    const opened = openEnvelope(text);
    if (!opened.ok || sha256Hex(text) !== row.hash) throw new Error('not what was signed');
    return { ...row, envelope: opened.value };
  });
}
const code = (id: string, text: string): Change => ({
  t: 'pack_code',
  op: 'set',
  id,
  cols: { packId: 'p', code: text },
});
const rowOf = async (table: 'pack_code' | 'setting', id: string) =>
  (await hq.pool.query(`SELECT * FROM ${table} WHERE id = $1`, [id])).rows[0] ?? null;

test('HQ’s chain is whole, signed, and dense in every scope, with writers at once', async () => {
  await Promise.all(
    Array.from({ length: 12 }, (_, i) =>
      hq.write([
        code(testId(), `gtin:${i}`),
        {
          t: 'setting',
          op: 'set',
          id: testId(),
          cols: { storeId: hq.stores[i % 2] ?? '', key: 'k', value: i },
        },
      ]),
    ),
  );
  const log = await logOf();
  let before = genesisHash;
  for (const [i, { envelope, hash, sig }] of log.entries()) {
    expect(envelope).toMatchObject({ dseq: i + 1, prevHash: before });
    expect(verifies(hq.hq.keys.publicKey, hash, sig)).toBe(true);
    before = hash;
  }
  for (const scope of ['org', ...hq.stores.map(storeScope)]) {
    const seqs = log.filter((row) => row.scope === scope).map(({ seq }) => seq);
    expect(seqs).toEqual(seqs.map((_, i) => i + 1));
  }
  const hlcs = log.map(({ effHlc }) => effHlc);
  expect(hlcs).toEqual([...hlcs].sort());
});

test('a large write is parts of at most 500 changes in one transaction', async () => {
  await hq.write(Array.from({ length: 1_201 }, (_, i) => code(testId(), `gtin:${i}`)));
  const parts = (await logOf()).slice(-3).map(({ envelope }) => envelope);
  expect(parts.map(({ body }) => body.changes.length)).toEqual([500, 500, 201]);
  expect(new Set(parts.map(({ tx, parts: n }) => `${tx} ${n}`)).size).toBe(1);
});

test('an edit that names no store goes where its row is; a row nobody made is a bug', async () => {
  const id = testId();
  await hq.write([{ t: 'setting', op: 'set', id, cols: { storeId: hq.stores[1], key: 'k', value: 1 } }]);
  await hq.write([{ t: 'setting', op: 'set', id, cols: { value: 2 } }]);
  await hq.write([{ t: 'setting', op: 'delete', id }]);
  expect((await logOf()).slice(-2).map(({ scope }) => scope)).toEqual([
    storeScope(hq.stores[1]),
    storeScope(hq.stores[1]),
  ]);
  expect(await rowOf('setting', id)).toMatchObject({ value: 2, deleted: true });
  await expect(hq.write([{ t: 'setting', op: 'set', id: testId(), cols: { value: 2 } }])).rejects.toThrow(
    /names no scope/,
  );
  await expect(hq.write([{ t: 'pack_code', op: 'set', id: testId(), cols: { code: 'x' } }])).rejects.toThrow(
    /lack columns/,
  );
  await expect(
    hq.write([{ t: 'pack_code', op: 'set', id: testId(), cols: { colour: 'x' } }]),
  ).rejects.toThrow(/unknown/);
});

test('what is rolled back leaves no row, no number and no link of the chain', async () => {
  const before = (await logOf()).length;
  const id = testId();
  await expect(
    inTransaction(hq.pool, async (client) => {
      await writeChanges(client, { actor: 'test', type: 'test' }, [code(id, 'gtin:1')]);
      throw new Error('changed my mind');
    }),
  ).rejects.toThrow('changed my mind');
  expect(await rowOf('pack_code', id)).toBeNull();
  await hq.write([code(id, 'gtin:2')]);
  const log = await logOf();
  expect(log).toHaveLength(before + 1);
  expect(log.at(-1)?.envelope.dseq).toBe(before + 1);
});

test('two edits of one row in one transaction: the later one counts; a tombstone stays until it is lifted', async () => {
  const id = testId();
  await hq.write([code(id, 'gtin:1'), code(id, 'gtin:2')]);
  expect(await rowOf('pack_code', id)).toMatchObject({ code: 'gtin:2' });
  await hq.write([{ t: 'pack_code', op: 'delete', id }]);
  await hq.write([code(id, 'gtin:3')]);
  expect(await rowOf('pack_code', id)).toMatchObject({ code: 'gtin:3', deleted: true });
  await hq.write([{ t: 'pack_code', op: 'undelete', id }]);
  expect(await rowOf('pack_code', id)).toMatchObject({ deleted: false });
});

test('HQ’s correction wins over a till whose clock is ahead', async () => {
  const [storeId] = hq.stores;
  await hq.write([
    { t: 'role', op: 'set', id: 'boss', cols: { name: 'Boss', permissions: ['auth.settings.edit'] } },
    {
      t: 'staff',
      op: 'set',
      id: testId(),
      cols: { storeId, personId: 'boss', roleId: 'boss', pinVerifier: null, active: true },
    },
  ]);
  const device = await hq.device(storeId);
  const id = testId();
  const ahead = device.make([{ t: 'setting', op: 'set', id, cols: { storeId, key: 'k', value: 'till' } }], {
    ...{ type: 'setting', actor: 'boss', at: Date.now() + 40_000 },
  });
  await createIntake(hq.pool).takeBatch(device, {
    changesets: [ahead],
    waiting: 0,
    oldestAt: null,
    version: '1',
  });
  expect(await rowOf('setting', id)).toMatchObject({ value: 'till' });
  await hq.write([{ t: 'setting', op: 'set', id, cols: { value: 'HQ' } }]);
  expect(await rowOf('setting', id)).toMatchObject({ value: 'HQ' });
});

test('opening stock is facts: on hand follows, and the same facts again change nothing', async () => {
  const movement: Change = {
    ...{ t: 'stock_movement', op: 'insert' },
    row: {
      ...{
        id: testId(),
        storeId: hq.stores[0],
        batchId: 'opening',
        packId: 'p',
        kind: 'receive',
        qtyBase: 30,
      },
      ...{
        documentId: 'd',
        documentLine: null,
        at: 1,
        businessDate: '2026-01-01',
        actorId: 'hq',
        reason: null,
      },
    },
  };
  await hq.write([movement]);
  await hq.write([movement]);
  const { rows } = await hq.pool.query(`SELECT qty_base AS qty FROM on_hand WHERE batch_id = 'opening'`);
  expect(rows).toEqual([{ qty: 30 }]);
});
