import { afterAll, beforeAll, expect, test } from 'vitest';
import { standardRoles } from '#shared/auth/permissions.ts';
import { storeScope } from '#shared/tables/scope.ts';
import { createIntake } from '../intake/push.ts';
import { saleRows, type TestDevice, testId } from '../intake/test-device.ts';
import { startTestHq, type TestHq } from '../intake/test-hq.ts';
import { type Authority, authorityOf, PERIODS } from './authority.ts';
import { standardRoleId } from './roles.ts';

let hq: TestHq;
let device: TestDevice;
beforeAll(async () => {
  hq = await startTestHq();
  device = await hq.device();
});
afterAll(() => hq.stop());

async function authority(...actors: string[]): Promise<Authority> {
  const { rows } = await hq.pool.query<{ periods: unknown }>(
    `SELECT ${PERIODS} AS periods FROM device d WHERE d.id = $1 AND ($2 || $3 || $4)::text IS NOT NULL`,
    [device.device, '', '', '', actors],
  );
  return authorityOf(rows[0]?.periods);
}

/** HQ's clock, between two things it does: periods are dated by it, to the millisecond. */
async function instant(): Promise<number> {
  const { rows } = await hq.pool.query<{ ms: number }>(
    `SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS ms, pg_sleep(0.01)`,
  );
  await hq.pool.query('SELECT pg_sleep(0.01)');
  return rows[0]?.ms ?? 0;
}
const place = (id: string, cols: Record<string, unknown>) => hq.write([{ t: 'staff', op: 'set', id, cols }]);
const newPlace = (id: string, personId: string, storeId = device.storeId) =>
  place(id, { storeId, personId, roleId: standardRoleId('manager'), pinVerifier: null, active: true });

test('a right that ended before the act is missing, one that ended after it is not', async () => {
  const id = testId();
  await newPlace(id, 'mia');
  const whileManager = await instant();
  await place(id, { roleId: standardRoleId('cashier') });
  const whileCashier = await instant();
  await place(id, { active: false });
  const gone = await instant();

  const may = await authority('mia', 'cashier');
  const scope = storeScope(device.storeId);
  expect(may('mia', whileManager, scope)).toContain('inventory.adjust');
  expect([...may('mia', whileCashier, scope)].sort()).toEqual([...standardRoles.cashier].sort());
  expect(may('mia', gone, scope).size).toBe(0);
  // Before she was here at all, by a till's clock that is behind: what she was at first.
  expect(may('mia', 5, scope)).toContain('inventory.adjust');
  expect(may('cashier', gone, scope)).toContain('sales.sell');
});

test('a right taken from a role ended for everyone who held it, and not before', async () => {
  const role = testId();
  const cols = { name: 'Helper', permissions: ['sales.sell', 'inventory.dispose'] };
  await hq.write([{ t: 'role', op: 'set', id: role, cols }]);
  await place(testId(), {
    storeId: device.storeId,
    personId: 'ned',
    roleId: role,
    pinVerifier: null,
    active: true,
  });
  const before = await instant();
  await hq.write([{ t: 'role', op: 'set', id: role, cols: { permissions: ['sales.sell'] } }]);
  const after = await instant();
  const may = await authority('ned');
  const scope = storeScope(device.storeId);
  expect(may('ned', before, scope)).toContain('inventory.dispose');
  expect(may('ned', after, scope)).not.toContain('inventory.dispose');
});

test('at intake an act is judged by its own instant, however late it comes', async () => {
  const till = await hq.device();
  const id = testId();
  await newPlace(id, 'pia', till.storeId);
  const may = await instant();
  await place(id, { active: false });
  const mayNot = await instant();
  const sale = (at: number, receiptN: number) =>
    till.make(saleRows({ ...till, receiptN }), { actor: 'pia', at });
  const taken = await createIntake(hq.pool).takeBatch(till, {
    ...{ changesets: [sale(may, 1), sale(mayNot, 2)], waiting: 0, oldestAt: null, version: '1' },
  });
  expect(taken).toMatchObject({
    ok: true,
    value: { verdicts: [{ verdict: 'accepted' }, { verdict: 'flagged' }] },
  });
});

test('a place at another store counts there only, also for a till that was moved', async () => {
  const [here, there] = hq.stores;
  await newPlace(testId(), 'ola', there);
  const now = await instant();
  expect((await authority('ola'))('ola', now, storeScope(here)).size).toBe(0);
  await hq.write([{ t: 'device', op: 'set', id: device.device, cols: { storeId: there } }]);
  const moved = await authority('ola', 'mia');
  expect(moved('ola', now, storeScope(there))).toContain('inventory.adjust');
  expect(moved('ola', now, storeScope(here)).size).toBe(0);
  expect(moved('mia', 5, storeScope(here))).toContain('inventory.adjust');
  expect(moved('mia', 5, storeScope(there)).size).toBe(0);
});
