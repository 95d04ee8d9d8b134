import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Change } from '#shared/replica/changeset.ts';
import { protocolVersion } from '#shared/replica/wire.ts';
import { bootstrapOrg } from '../auth/bootstrap.ts';
import { standardRoleId } from '../auth/roles.ts';
import { type HqOptions, startHq } from '../http/compose.ts';
import { inTransaction } from '../store/pool.ts';
import { startTestDatabase, type TestDatabase } from '../store/test-database.ts';
import { writeChanges } from '../store/writer.ts';
import { createTestDevice, type TestDevice, testId } from './test-device.ts';

export type TestHq = Awaited<ReturnType<typeof startTestHq>>;

/** An org with two stores and a cashier ('cashier') at both, on a database of its own, served over real HTTP. */
export async function startTestHq(options: Partial<HqOptions> = {}) {
  const database = await startTestDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'pestle-hq-'));
  const stores = [testId(), testId()] as const;
  const org = await inTransaction(database.pool, (client) =>
    bootstrapOrg(client, { name: 'Test', nowMs: Date.now() }),
  );
  await write(database, stores.flatMap(storeChanges));
  const start = () =>
    startHq({
      pool: database.pool,
      databaseUrl: database.url,
      dataDir,
      port: 0,
      log: pino({ level: 'silent' }),
      ...options,
    });
  let hq = await start();
  return {
    ...database,
    stores,
    /** What an operator takes offline. */
    recoveryKey: org.recoveryPrivateKey,
    get hq() {
      return hq;
    },
    get url() {
      return hq.url;
    },
    /** Another node takes this one's place, at another address. */
    restart: async () => {
      await hq.stop();
      hq = await start();
    },
    write: (changes: readonly Change[]) => write(database, changes),
    /** A device HQ knows, of one of the stores. */
    async device(storeId: string = stores[0], over: Partial<TestDevice> = {}): Promise<TestDevice> {
      const device = { ...createTestDevice({ storeId }), ...over };
      await write(database, [deviceChange(device)]);
      return device;
    },
    stop: async () => {
      await hq.stop();
      await database.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

const write = (database: TestDatabase, changes: readonly Change[]): Promise<void> =>
  inTransaction(database.pool, (client) => writeChanges(client, { actor: 'test', type: 'test' }, changes));

const deviceChange = ({ device, tillId, storeId, publicKey, inc }: TestDevice): Change => ({
  t: 'device',
  op: 'set',
  id: device,
  cols: { tillId, storeId, publicKey, inc, enrolledAt: 1, revoked: false },
});

function storeChanges(storeId: string, index: number): Change[] {
  const row = {
    ...{ code: `S0${index + 1}`, name: `Store ${index + 1}`, addressLines: [], licence: '', taxNumber: '' },
    ...{ receiptFooter: '', zone: 'Europe/Paris', dayStartHour: 4, currency: 'EUR', minorDigits: 2 },
    ...{ cashStepMinor: 1, taxMode: 'inclusive', minShelfLifeDays: 0, language: 'en' },
  };
  const staff = {
    storeId,
    personId: 'cashier',
    roleId: standardRoleId('cashier'),
    pinVerifier: null,
    active: true,
  };
  return [
    { t: 'store', op: 'set', id: storeId, cols: row },
    { t: 'staff', op: 'set', id: testId(), cols: staff },
  ];
}

/** A device's bearer token, got as a till gets it. */
export async function signIn(
  url: string,
  device: Pick<TestDevice, 'device' | 'inc' | 'sealer'>,
): Promise<string> {
  const { device: id, inc, sealer } = device;
  const { challenge } = await post(url, '/device/challenge', { device: id, inc }).then(
    body<{ challenge: string }>,
  );
  const sig = sealer.sign(sealer.sha256Hex(challenge));
  const answer = await post(url, '/device/token', {
    ...{ device: id, inc, challenge, sig, protocol: protocolVersion },
  });
  return (await body<{ token: string }>(answer)).token;
}

export const post = (url: string, path: string, json: unknown, token?: string): Promise<Response> =>
  fetch(new URL(path, url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(json),
  });

export const get = (url: string, path: string, token?: string, init: RequestInit = {}): Promise<Response> =>
  fetch(new URL(path, url), {
    ...init,
    headers: { ...init.headers, ...(token && { authorization: `Bearer ${token}` }) },
  });

/** The JSON of an answer, of the shape the test expects. */
export const body = async <T>(response: Response): Promise<T> => (await response.json()) as T;
