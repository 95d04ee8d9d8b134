import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { type Composition, composeTill } from '../../desktop/hosts/compose.ts';
import { openFileVault } from '../../desktop/hosts/file-vault.ts';
import { paper } from '../../desktop/hosts/test.ts';
import { createCode } from '../../sync-server/auth/enrolment-codes.ts';
import { standardRoleId } from '../../sync-server/auth/roles.ts';
import { startTestHq } from '../../sync-server/intake/test-hq.ts';

export type Shop = Awaited<ReturnType<typeof openShop>>;
export type ShopTill = ReturnType<Shop['till']>;

/** HQ and tills as they are in production, in one process: real Postgres, real sockets, real files. */
export async function openShop() {
  const hq = await startTestHq();
  const folders: string[] = [];
  const open = new Set<ShopTill>();
  const [storeId] = hq.stores;
  let stores = 0;
  let tills = 0;
  const newFolder = () => {
    const folder = mkdtempSync(join(tmpdir(), 'pestle-sync-'));
    folders.push(folder);
    return folder;
  };

  /** A till on its disk; a new one joins with a code. */
  function till(folder = newFolder(), clocks: Pick<Composition, 'clock' | 'uptime'> = {}) {
    const composed = composeTill({
      ...{ folder, vault: openFileVault(join(folder, 'vault.json')), migrations: 'migrations/sqlite' },
      printer: paper(),
      log: { warn: () => {} },
      version: 'test',
      ...clocks,
    });
    if (!composed.ok) throw new Error(composed.error.code);
    const { till: running, close } = composed.value;
    const counter = () => running.enrolled().counter;
    const one = {
      folder,
      running,
      counter,
      sync: () => running.enrolled().link.state(),
      query: <T>(sql: string, ...values: readonly unknown[]): T[] =>
        counter()
          .db.prepare(sql)
          .all(...values) as T[],
      async join(ofStore: string = storeId): Promise<string> {
        const tillId = randomUUID();
        const row = { storeId: ofStore, code: `T${String(++tills).padStart(2, '0')}`, name: 'Till' };
        await hq.write([{ t: 'till', op: 'set', id: tillId, cols: row }]);
        const code = await createCode(hq.pool, tillId, Date.now());
        if (!code.ok) throw new Error(code.error.code);
        await running.join({ hqUrl: hq.url, code: code.value.code });
        return tillId;
      },
      /** Moves stock of the shop's one batch: a fact and nothing else. */
      move(qtyBase: number): void {
        const { ids, storeId: here, clock, transact, replica } = counter();
        const at = clock.nowMs();
        const row = {
          ...{ id: ids.next(), storeId: here, batchId: 'batch', packId: 'pack', kind: 'adjust', qtyBase },
          ...{ documentId: 'doc', documentLine: null, at, businessDate: '2026-03-02', actorId: 'cashier' },
          reason: 'count',
        };
        transact('move', () =>
          replica.record({
            ...{ type: 'stock', actor: 'cashier', subjectId: null },
            changes: [{ t: 'stock_movement', op: 'insert', row }],
          }),
        );
      },
      /** An edit of the store's: a register and nothing else. */
      edit(value: string): void {
        const { storeId: here, transact, replica } = counter();
        const cols = { storeId: here, key: 'test', value };
        transact('edit', () =>
          replica.record({
            ...{ type: 'test', actor: 'manager', subjectId: null },
            changes: [{ t: 'setting', op: 'set', id: `test ${here}`, cols }],
          }),
        );
      },
      onHand: (): number =>
        Number(counter().db.prepare(`SELECT coalesce(sum(qty_base), 0) FROM on_hand`).pluck().get()),
      /** Until nothing waits here and the last number of each scope is HQ's. */
      async settled(): Promise<void> {
        await until(async () => {
          await running.enrolled().link.now();
          const { waiting, scopes } = one.sync();
          const { rows } = await hq.pool.query<{ scope: string; seq: number }>(
            'SELECT scope, seq FROM scope_head',
          );
          const heads = new Map(rows.map(({ scope, seq }) => [scope, seq]));
          const level = scopes.every(({ scope, seq }) => seq === (heads.get(scope) ?? 0));
          return waiting === 0 && level;
        });
      },
      async close(): Promise<void> {
        if (!open.delete(one)) return;
        await close();
      },
    };
    open.add(one);
    return one;
  }

  return {
    hq,
    storeId,
    till,
    /** A store that nobody has used, so that tests share one HQ. */
    async store(): Promise<string> {
      const id = randomUUID();
      const code = `S${String(10 + ++stores)}`;
      const words = { name: code, addressLines: [], licence: '', taxNumber: '', receiptFooter: '' };
      const rules = {
        zone: 'Europe/Paris',
        dayStartHour: 4,
        currency: 'EUR',
        minorDigits: 2,
        cashStepMinor: 1,
      };
      const cols = { code, ...words, ...rules, taxMode: 'inclusive', minShelfLifeDays: 0, language: 'en' };
      const staff = {
        storeId: id,
        personId: 'cashier',
        roleId: standardRoleId('cashier'),
        pinVerifier: null,
      };
      await hq.write([
        { t: 'store', op: 'set', id, cols },
        { t: 'staff', op: 'set', id: randomUUID(), cols: { ...staff, active: true } },
        {
          ...{ t: 'staff', op: 'set', id: randomUUID() },
          cols: { ...staff, personId: 'manager', roleId: standardRoleId('manager'), active: true },
        },
      ]);
      return id;
    },
    copyOf(folder: string): string {
      const copy = newFolder();
      cpSync(folder, copy, { recursive: true });
      return copy;
    },
    onHand: async (ofStore: string = storeId): Promise<number> =>
      Number(
        (
          await hq.pool.query('SELECT coalesce(sum(qty_base), 0) AS n FROM on_hand WHERE store_id = $1', [
            ofStore,
          ])
        ).rows[0]?.n,
      ),
    flags: async (ofStore: string): Promise<string[]> => {
      const { rows } = await hq.pool.query<{ reason: string }>(
        `SELECT reason FROM flag JOIN device_store s USING (device) WHERE s.store_id = $1 ORDER BY at, flag.id`,
        [ofStore],
      );
      return rows.map(({ reason }) => reason);
    },
    backup: () =>
      admin(hq.pool, ['DROP DATABASE IF EXISTS backup', 'CREATE DATABASE backup TEMPLATE pestle']),
    /** HQ's database as it was at the backup; the node goes on over it. */
    restore: () =>
      admin(hq.pool, ['DROP DATABASE pestle WITH (FORCE)', 'CREATE DATABASE pestle TEMPLATE backup']),
    async stop(): Promise<void> {
      for (const one of [...open]) await one.close();
      await hq.stop();
      for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function admin(pool: pg.Pool, statements: readonly string[]): Promise<void> {
  const at = new URL(pool.options.connectionString ?? '');
  at.pathname = '/postgres';
  const client = new pg.Client({ connectionString: at.href });
  await client.connect();
  // A node whose connection is ended makes another at once: only a shut door lets its database be copied.
  const shut = [
    'ALTER DATABASE pestle ALLOW_CONNECTIONS false',
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'pestle'`,
  ];
  try {
    for (const statement of [...shut, ...statements]) await client.query(statement);
  } finally {
    await client.query('ALTER DATABASE pestle ALLOW_CONNECTIONS true');
    await client.end();
  }
}

export async function until(done: () => Promise<boolean>, ms = 20_000): Promise<void> {
  const end = performance.now() + ms;
  while (!(await done())) {
    if (performance.now() > end) throw new Error('it did not come to pass');
    await pause(50);
  }
}
