import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrateForward } from './migrate.ts';
import { startTestDatabase, type TestDatabase } from './test-database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.stop());

test('migrating twice changes nothing', async () => {
  const before = await database.pool.query('SELECT count(*) AS n FROM drizzle.__drizzle_migrations');
  await migrateForward(database.pool, 'migrations/postgres');
  expect((await database.pool.query('SELECT count(*) AS n FROM drizzle.__drizzle_migrations')).rows).toEqual(
    before.rows,
  );
});

test('facts can be neither changed nor deleted', async () => {
  await expect(database.pool.query('DELETE FROM sale')).rejects.toThrow(/append-only: sale/);
  await expect(database.pool.query('UPDATE stock_movement SET qty_base = 1')).rejects.toThrow(/append-only/);
  await expect(database.pool.query('TRUNCATE change_log')).rejects.toThrow(/append-only/);
});
