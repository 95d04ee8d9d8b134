import { createHmac, generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hash } from '@node-rs/argon2';
import { createRouterClient } from '@orpc/server';
import type { Clock, Uptime } from '#shared/kernel/clock.ts';
import { createIds } from '#shared/kernel/ids.ts';
import { bodyVersion, type Change, genesisHash } from '#shared/replica/changeset.ts';
import { tick, zeroHlc } from '#shared/replica/hlc.ts';
import { storeScope } from '#shared/tables/scope.ts';
import { createSearchIndex } from '../till/catalog/search-index.ts';
import { stockProjections } from '../till/inventory/projections.ts';
import { createLive } from '../till/live.ts';
import type { KeyVault, Log, ReceiptPrinter, VaultName } from '../till/ports.ts';
import { createTillRouter } from '../till/router.ts';
import { createSealer } from '../till/store/crypto.ts';
import { openDatabase } from '../till/store/open.ts';
import { createStore } from '../till/store/store.ts';
import { type Composition, composeTill } from './compose.ts';

export type TestPerson = {
  readonly personId: string;
  readonly storeId: string;
  readonly roleId: string;
  readonly pin: string;
};

export type TestTillOptions = {
  /** The base HQ would have sent, as changes. */
  readonly base: Iterable<Change>;
  readonly people: readonly TestPerson[];
  readonly storeId: string;
  readonly tillId: string;
  readonly clock?: Clock;
  /** Left out: time elapses as `clock` goes, and the machine never restarts. */
  readonly uptime?: Uptime;
  readonly printer?: ReceiptPrinter;
  readonly devices?: Composition['devices'];
  readonly log?: Log;
  readonly folder?: string;
  /** For a till that another process is to open again; in memory otherwise. */
  readonly vault?: KeyVault;
};

/** A till that is enrolled and has its base without an HQ: a real encrypted database in a temporary folder. */
export async function openTestTill({
  base,
  people,
  storeId,
  tillId,
  folder = mkdtempSync(join(tmpdir(), 'pestle-till-')),
  vault = memoryVault(),
  ...ports
}: TestTillOptions) {
  const clock = ports.clock ?? { nowMs: () => Date.now() };
  const uptime = ports.uptime ?? { boot: 'test', elapsedMs: clock.nowMs };
  const key = randomBytes(32).toString('hex');
  vault.set('database-key', key);
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const privatePem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  vault.set(
    'device-key',
    JSON.stringify({ privatePem, publicKey: String(publicKey.export({ format: 'jwk' }).x) }),
  );
  const pepper = randomBytes(32);
  vault.set('store-pepper', pepper.toString('base64url'));
  const staff = await Promise.all(people.map((person) => pinVerifier(person, pepper)));
  loadBase({ folder, key, privatePem, clock, storeId, tillId, changes: [...base, ...staff] });
  const { printer, devices, log } = ports;
  const given = {
    folder,
    vault,
    clock,
    uptime,
    ...(printer && { printer }),
    ...(devices && { devices }),
    ...(log && { log }),
  };
  const reopen = (again: Partial<Reopened> = {}) => reopenTestTill({ ...given, ...again });
  return { folder, vault, reopen, ...reopen() };
}

type Reopened = {
  readonly folder: string;
  readonly vault: KeyVault;
  readonly clock: Clock;
  readonly uptime?: Uptime;
  readonly printer?: ReceiptPrinter;
  readonly devices?: Composition['devices'];
  readonly log?: Log;
};

/** The same till after a restart, in this process or another. */
export function reopenTestTill({ printer = paper(), log = { warn: () => {} }, ...kept }: Reopened) {
  const composed = composeTill({ ...kept, printer, log, migrations: 'migrations/sqlite', version: 'test' });
  if (!composed.ok) throw new Error(composed.error.code);
  const { till, close } = composed.value;
  return { till, close, client: createRouterClient(createTillRouter(till)) };
}

export function memoryVault(): KeyVault {
  const values = new Map<VaultName, string>();
  return {
    get: (name) => values.get(name) ?? null,
    set: (name, value) => {
      values.set(name, value);
    },
  };
}

/** A printer that prints everything at once. */
export const paper = (): ReceiptPrinter => ({
  name: 'paper',
  print: async () => ({ state: 'printed' }),
  openDrawer: async () => ({ state: 'printed' }),
  preview: async () => ({ svg: '<svg xmlns="http://www.w3.org/2000/svg"/>', text: '' }),
});

/** What HQ keeps and sends of a person's PIN, made with little work. */
export async function pinVerifier(
  { personId, storeId, roleId, pin }: TestPerson,
  pepper: Buffer,
): Promise<Change> {
  const secret = createHmac('sha256', pepper).update(pin).digest('hex');
  const verifier = await hash(secret, { memoryCost: 256, timeCost: 2, parallelism: 1 });
  return {
    t: 'staff',
    op: 'set',
    id: `${storeId}:${personId}`,
    cols: { storeId, personId, roleId, pinVerifier: verifier, active: true },
  };
}

type Base = {
  readonly folder: string;
  readonly key: string;
  readonly privatePem: string;
  readonly clock: Clock;
  readonly storeId: string;
  readonly tillId: string;
  readonly changes: readonly Change[];
};

/** Writes the base as HQ's numbered changes, and the cursors that say it is whole. */
function loadBase({ folder, key, privatePem, clock, storeId, tillId, changes }: Base): void {
  const opened = openDatabase({
    file: join(folder, 'till.db'),
    keyHex: key,
    migrations: 'migrations/sqlite',
  });
  if (!opened.ok) throw new Error(opened.error.code);
  const db = opened.value;
  const ids = createIds({ clock, random: { bytes: (n) => new Uint8Array(randomBytes(n)) } });
  const sealer = createSealer(privatePem);
  const store = createStore({
    db,
    sealer,
    clock,
    ids,
    live: createLive(),
    projections: stockProjections(db),
    onSlow: () => {},
  });
  store.transact('test base', () => {
    store.identity.enrol({ device: ids.next(), inc: 1, storeId, tillId, hqUrl: 'http://127.0.0.1:9' });
    const hlc = tick(zeroHlc, clock.nowMs());
    const head = {
      device: 'hq',
      inc: 1,
      dseq: 1,
      tx: 'base',
      parts: 1,
      prevHash: genesisHash,
      hlc,
      type: 'base',
      v: bodyVersion,
      scope: 'org',
      actor: 'hq',
      at: clock.nowMs(),
      skew: null,
    };
    const envelope = { ...head, body: { changes } };
    const sealed = { text: JSON.stringify(envelope), hash: genesisHash, sig: '' };
    store.replica.applyNumbered({ seq: 1, effHlc: hlc, sealed, envelope, at: clock.nowMs() });
    const cursor = db.prepare(`INSERT INTO cursor (scope, seq, epoch, at) VALUES (?, 1, 'test', ?)`);
    for (const scope of ['org', storeScope(storeId)]) cursor.run(scope, clock.nowMs());
  });
  createSearchIndex(db).rebuild();
  db.close();
}
