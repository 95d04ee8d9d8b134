import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Permission } from '#shared/auth/permissions.ts';
import { createIds } from '#shared/kernel/ids.ts';
import { openEnvelope } from '#shared/replica/changeset.ts';
import { inTransaction } from '../store/pool.ts';
import { startTestDatabase, type TestDatabase } from '../store/test-database.ts';
import { writeChanges } from '../store/writer.ts';
import { bootstrapOrg } from './bootstrap.ts';
import { standardRoleId } from './roles.ts';
import { listRoles, saveRole } from './roles-edit.ts';

let database: TestDatabase;
let n = 0;
const ids = createIds({
  clock: { nowMs: () => 1_795_000_000_000 },
  random: {
    bytes: (length) => {
      n += 1;
      return new Uint8Array(length).fill(n);
    },
  },
});
const save = (input: { id?: string; name: string; permissions: Permission[]; seen?: Permission[] }) =>
  saveRole({ pool: database.pool, ids }, { input, actor: 'admin' });
const roleOf = async (id: string) => (await listRoles(database.pool)).find(({ roleId }) => roleId === id);

beforeAll(async () => {
  database = await startTestDatabase();
  await inTransaction(database.pool, async (client) => {
    await bootstrapOrg(client, { name: 'Corvelle', nowMs: 1_795_000_000_000 });
    await writeChanges(client, { actor: 'test', type: 'person' }, [
      ...['mia', 'noé'].map((id) => ({
        ...({ t: 'person', op: 'set', id } as const),
        cols: { name: id, shortName: id, language: null, active: id === 'mia' },
      })),
      ...['mia', 'mia', 'noé'].map((personId, i) => ({
        ...({ t: 'staff', op: 'set', id: `staff-${i}` } as const),
        cols: {
          ...{ storeId: `store-${i}`, personId, roleId: standardRoleId('cashier') },
          ...{ pinVerifier: null, active: true },
        },
      })),
    ]);
  });
});
afterAll(() => database.stop());

test('a role is told with the people who have it, each once, without those who left', async () => {
  expect(await roleOf(standardRoleId('cashier'))).toMatchObject({ name: 'Cashier', people: 1 });
  expect(await roleOf(standardRoleId('auditor'))).toMatchObject({ people: 0 });
});

test('a role is made, and changed, in changesets of the org that tills read', async () => {
  const made = await save({ name: 'Helper', permissions: ['sales.return', 'sales.sell', 'sales.sell'] });
  const id = made.ok ? made.value.id : '';
  expect(await roleOf(id)).toMatchObject({ name: 'Helper', permissions: ['sales.sell', 'sales.return'] });
  expect((await save({ id, name: 'Helper', permissions: ['sales.sell'] })).ok).toBe(true);
  expect(await roleOf(id)).toMatchObject({ permissions: ['sales.sell'] });
  const { rows } = await database.pool.query<{ envelope: string }>(
    `SELECT envelope FROM change_log WHERE scope = 'org' AND envelope LIKE '%' || $1 || '%' ORDER BY seq DESC LIMIT 1`,
    [id],
  );
  const opened = openEnvelope(rows[0]?.envelope ?? '');
  expect(opened.ok && [opened.value.type, opened.value.actor, opened.value.body.changes]).toEqual([
    'person',
    'admin',
    [{ t: 'role', op: 'set', id, cols: { name: 'Helper', permissions: ['sales.sell'] } }],
  ]);
});

test('no two roles have one name, and none is changed that is not there', async () => {
  expect(await save({ name: 'cashier', permissions: [] })).toEqual({
    ok: false,
    error: { code: 'NAME_TAKEN' },
  });
  expect(await save({ id: 'nothing', name: 'X', permissions: [] })).toEqual({
    ok: false,
    error: { code: 'NOT_FOUND' },
  });
});

test('whoever saves rights that another has changed meanwhile is told, and overwrites nothing', async () => {
  const made = await save({ name: 'Evening', permissions: ['sales.sell', 'sales.void'] });
  const id = made.ok ? made.value.id : '';
  const seen: Permission[] = ['sales.void', 'sales.sell'];
  expect((await save({ id, name: 'Evening', permissions: ['sales.sell'], seen })).ok).toBe(true);
  expect(await save({ id, name: 'Evening', permissions: [...seen, 'sales.no-sale'], seen })).toEqual({
    ok: false,
    error: { code: 'CHANGED_MEANWHILE' },
  });
  expect((await roleOf(id))?.permissions).toEqual(['sales.sell']);
});
