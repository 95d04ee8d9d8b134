import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyLog } from '#shared/replica/verify-log.ts';
import { composeTill } from '../desktop/hosts/compose.ts';
import { memoryVault } from '../desktop/hosts/test.ts';
import { createTillRouter } from '../desktop/till/router.ts';
import { createCode } from '../sync-server/auth/enrolment-codes.ts';
import { standardRoleId } from '../sync-server/auth/roles.ts';
import { testId } from '../sync-server/intake/test-device.ts';
import { startTestHq, type TestHq } from '../sync-server/intake/test-hq.ts';
import { commandId } from './proof/open-shop.ts';
import { plainImage } from './proof/plain-image.ts';
import { createVerifyTools } from './verify/crypto.ts';
import { readLog } from './verify/read-hq.ts';
import { openCopy } from './verify/read-till.ts';

const zenobie = {
  name: 'Zénobie Quatrefages',
  phone: '06 98 41 27 53',
  email: 'zenobie@quatrefages.example',
  address: '3 impasse des Fauvettes',
  note: 'Sonne deux fois',
  consent: true,
};
const planted = Object.values(zenobie).filter((value) => typeof value === 'string');
const WAIT = { timeout: 30_000, interval: 100 };

let hq: TestHq;
const folders: string[] = [];
beforeAll(async () => {
  hq = await startTestHq();
  const name = { name: 'Manager', shortName: 'M', language: null, active: true };
  await hq.write([
    { t: 'person', op: 'set', id: 'manager', cols: name },
    ...hq.stores.map((storeId) => ({
      ...{ t: 'staff', op: 'set' as const, id: testId() },
      cols: {
        storeId,
        personId: 'manager',
        roleId: standardRoleId('manager'),
        pinVerifier: null,
        active: true,
      },
    })),
  ]);
});
afterAll(async () => {
  await hq.stop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

type Till = Awaited<ReturnType<typeof joinedTill>>;

/** A real till on a folder of its own, a manager at it. */
function openTill(folder: string, vault = memoryVault()) {
  const printer = {
    name: 'paper',
    print: async () => ({ state: 'printed' as const }),
    openDrawer: async () => ({ state: 'printed' as const }),
    preview: async () => ({ svg: '', text: '' }),
  };
  const log = { warn: () => {} };
  const ports = { folder, vault, printer, log, migrations: 'migrations/sqlite', version: 'test' };
  const composed = composeTill(ports);
  if (!composed.ok) throw new Error(composed.error.code);
  const { till, close } = composed.value;
  return { folder, vault, till, close, client: createRouterClient(createTillRouter(till)) };
}

async function joinedTill(storeId: string, code: string) {
  const id = testId();
  await hq.write([{ t: 'till', op: 'set', id, cols: { storeId, code, name: code } }]);
  const made = await createCode(hq.pool, id, Date.now());
  if (!made.ok) throw new Error(made.error.code);
  const folder = mkdtempSync(join(tmpdir(), 'pestle-erasure-'));
  folders.push(folder);
  const opened = openTill(folder);
  await opened.client.auth.join({ hqUrl: hq.url, code: made.value.code });
  await expect
    .poll(async () => {
      await opened.client.auth.syncNow();
      return opened.till.state().phase;
    }, WAIT)
    .toBe('sign-in');
  return signedIn(opened);
}

function signedIn<T extends Pick<ReturnType<typeof openTill>, 'till'>>(opened: T): T {
  opened.till.enrolled().sessions.begin('manager', Date.now());
  return opened;
}

const stateOf = async ({ client }: Pick<Till, 'client'>, customerId: string): Promise<string> => {
  await client.auth.syncNow();
  try {
    return (await client.sales.customers.get({ customerId })).name;
  } catch (problem) {
    return problem instanceof Error && 'code' in problem ? String(problem.code) : String(problem);
  }
};
const becomes = (till: Pick<Till, 'client'>, customerId: string, state: string) =>
  expect.poll(() => stateOf(till, customerId), WAIT).toBe(state);

const keyHexOf = ({ vault }: Pick<Till, 'vault'>) => vault.get('database-key') ?? '';
function keyAt(till: Pick<Till, 'vault' | 'folder'>, customerId: string): Buffer | null {
  const db = openCopy(join(till.folder, 'keys.db'), keyHexOf(till));
  const find = db
    .prepare<[string], Buffer | null>('SELECT key FROM subject_key WHERE subject_id = ?')
    .pluck();
  const key = find.get(customerId) ?? null;
  db.close();
  return key;
}

/** The tables at HQ in which one of the texts stands. */
async function whereAtHq(texts: readonly string[]): Promise<string[]> {
  const { rows } = await hq.pool.query<{ name: string }>(
    `SELECT quote_ident(table_name) AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1`,
  );
  const found: string[] = [];
  for (const { name } of rows) {
    const sought = await hq.pool.query(
      `SELECT 1 FROM ${name} AS t WHERE EXISTS (SELECT 1 FROM unnest($1::text[]) AS sought(x) WHERE position(x IN t::text) > 0) LIMIT 1`,
      [texts],
    );
    if (sought.rowCount) found.push(name);
  }
  return found;
}

test('a customer goes from till to till by way of HQ, and from everywhere at once when erased', async () => {
  const a = await joinedTill(hq.stores[0], 'T01');
  const b = await joinedTill(hq.stores[1], 'T02');
  const { customerId } = await a.client.sales.customers.create({ commandId: commandId(), customer: zenobie });
  await becomes(a, customerId, zenobie.name);
  await becomes(b, customerId, zenobie.name);
  const key = keyAt(a, customerId) ?? Buffer.alloc(0);
  expect(keyAt(b, customerId)).toEqual(key);
  const secret = [key.toString('base64url'), key.toString('hex')];
  expect(await whereAtHq(planted)).toEqual([]);
  expect(await whereAtHq(secret)).toEqual(['subject_key']);
  for (const { folder, vault } of [a, b]) {
    const image = plainImage(join(folder, 'till.db'), keyHexOf({ vault }));
    expect([...planted, key, ...secret].filter((text) => image.includes(text))).toEqual([]);
    expect(image.includes(customerId)).toBe(true);
  }

  // A backup of B from before; then A erases while B, cut off, edits.
  const backup = mkdtempSync(join(tmpdir(), 'pestle-erasure-backup-'));
  folders.push(backup);
  for (const name of ['till.db', 'till.db-wal'])
    if (existsSync(join(b.folder, name))) copyFileSync(join(b.folder, name), join(backup, name));
  await b.client.auth.setLink({ on: false });
  const erase = { commandId: commandId(), customerId, reason: 'asked' as const };
  await a.client.sales.customers.erase(erase);
  expect(keyAt(a, customerId)).toBeNull();
  const edited = { ...zenobie, note: 'Ne sonne plus' };
  await b.client.sales.customers.edit({ commandId: commandId(), customerId, customer: edited });
  await expect
    .poll(async () => {
      await a.client.auth.syncNow();
      return (await hq.pool.query('SELECT key FROM subject_key WHERE subject_id = $1', [customerId])).rows;
    }, WAIT)
    .toEqual([{ key: null }]);
  await b.client.auth.setLink({ on: true });
  await becomes(b, customerId, 'ERASED');
  expect(keyAt(b, customerId)).toBeNull();
  await becomes(a, customerId, 'ERASED');
  expect(await whereAtHq([...planted, edited.note, ...secret])).toEqual([]);
  await b.close();

  const restored = signedIn(openTill(backup, b.vault));
  expect((await restored.client.sales.customers.find({ text: '' })).hits).toEqual([]);
  await becomes(restored, customerId, 'ERASED');
  expect(keyAt(restored, customerId)).toBeNull();
  await restored.close();
  await a.close();

  const log = await readLog(hq.pool);
  const tools = { ...createVerifyTools(), keyOf: (device: string) => log.keys.get(device) ?? null };
  expect(log.copy.rows.filter(({ scope }) => scope === 'party').length).toBeGreaterThanOrEqual(3);
  expect(verifyLog(log.copy, tools)).toEqual([]);
});
