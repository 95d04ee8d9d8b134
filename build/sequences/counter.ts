import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createRouterClient } from '@orpc/server';
import type { Database } from 'better-sqlite3';
import { memoryVault, paper, reopenTestTill } from '../../desktop/hosts/test.ts';
import type { KeyVault, TillPorts } from '../../desktop/till/ports.ts';
import { createTillRouter } from '../../desktop/till/router.ts';
import { openSubjectKeys } from '../../desktop/till/sales/subject-keys.ts';
import { openDatabase } from '../../desktop/till/store/open.ts';
import { createTill, type Till } from '../../desktop/till/till.ts';
import {
  commandId,
  type HandClock,
  handClock,
  hearFromHq,
  type OpenShop,
  openShop,
  signIn,
} from '../proof/open-shop.ts';
import { people } from '../proof/shop.ts';
import type { CustomerName } from './moves.ts';
import { createTerminal, type TerminalInHand } from './terminal.ts';
import { CASH_STEP, CREDIT_LIMIT, terms } from './terms.ts';

export type Client = OpenShop['client'];
/** A till at which one sequence after the other is done; each finds it as the first did. */
export type SequenceCounter = {
  readonly customers: Readonly<Record<CustomerName, string>>;
  readonly taxOnTop: boolean;
  /** The device's public key, base64url. */
  readonly publicKey: string;
  readonly client: () => Client;
  readonly db: () => Database;
  readonly pass: (ms: number) => void;
  /** The one card terminal of the counter; it outlives the till. */
  readonly terminal: TerminalInHand;
  /** The process is gone and another one comes up on what is on the disk. */
  readonly crash: () => Promise<void>;
  readonly begin: () => Promise<void>;
  readonly end: () => Promise<void>;
  readonly close: () => Promise<void>;
};

type Made = {
  readonly folder: string;
  readonly vault: KeyVault;
  readonly customers: Readonly<Record<CustomerName, string>>;
  readonly taxOnTop: boolean;
};

/** The test shop with two customers who have an account, one of them exempt from tax, a voucher, an offer and a coupon. */
async function makeShop(taxOnTop: boolean): Promise<Made> {
  const taxMode = taxOnTop ? 'exclusive' : 'inclusive';
  const folder = mkdtempSync(join(tmpdir(), 'pestle-sequences-'));
  const shop = await openShop({ signedIn: 'manager', folder, shop: { cashStepMinor: CASH_STEP, taxMode } });
  const customers = {
    nora: await customerOf(shop, 'Nora Keller', ''),
    consulate: await customerOf(shop, 'Consulate', 'EX 7'),
  };
  hearFromHq(shop, terms(shop.till.enrolled().counter.tillId, customers.nora));
  await shop.close();
  return { folder, vault: shop.vault, customers, taxOnTop };
}

async function customerOf({ client }: OpenShop, name: string, taxExemption: string): Promise<string> {
  const customer = { name, phone: '', email: '', address: '', note: '', consent: false };
  const { customerId } = await client.sales.customers.create({ commandId: commandId(), customer });
  const account = { customerId, limitMinor: CREDIT_LIMIT, taxExemption };
  await client.sales.setAccount({ commandId: commandId(), ...account });
  return customerId;
}

/**
 * One database for all sequences: each is done inside one transaction, in which the till's own are savepoints, and taken
 * back at its end. A crash is a new till over what the old one had committed.
 */
export async function fastCounter(taxOnTop: boolean): Promise<SequenceCounter> {
  const made = await makeShop(taxOnTop);
  const keyHex = made.vault.get('database-key') ?? '';
  const opened = openDatabase({
    file: join(made.folder, 'till.db'),
    keyHex,
    migrations: 'migrations/sqlite',
  });
  if (!opened.ok) throw new Error(opened.error.code);
  const db = opened.value;
  const subjectKeys = openSubjectKeys({ file: join(made.folder, 'keys.db'), keyHex });
  let clock = handClock();
  let vault = copyOf(made.vault);
  const terminal = createTerminal(() => db);
  let till = createTill(db, portsOf({ clock, vault, subjectKeys, terminal }));
  let client = createRouterClient(createTillRouter(till));
  let passedMs = 0;
  await signIn({ client }, 'cashier');

  async function start(): Promise<void> {
    await stopped(till);
    terminal.hangUp();
    vault = copyOf(made.vault);
    till = createTill(db, portsOf({ clock, vault, subjectKeys, terminal }));
    client = createRouterClient(createTillRouter(till));
    await signIn({ client }, 'cashier');
  }

  return {
    ...{ customers: made.customers, taxOnTop, publicKey: publicKeyOf(made.vault), terminal },
    client: () => client,
    db: () => db,
    pass(ms) {
      clock.pass(ms);
      passedMs += ms;
    },
    crash: start,
    async begin() {
      if (passedMs > HOURS_MS) {
        clock = handClock();
        passedMs = 0;
        await start();
      }
      db.exec('BEGIN IMMEDIATE');
    },
    async end() {
      terminal.hangUp();
      terminal.forget();
      await printed(db);
      db.exec('ROLLBACK');
    },
    async close() {
      await stopped(till);
      subjectKeys.close();
      db.close();
      rmSync(made.folder, { recursive: true, force: true });
    },
  };
}

/** A database file of its own for each sequence: what is committed is in the file, and a crash opens it anew. */
export async function fileCounter(taxOnTop: boolean): Promise<SequenceCounter> {
  const made = await makeShop(taxOnTop);
  let folder = '';
  let clock = handClock();
  let vault = made.vault;
  let tills: ReturnType<typeof reopenTestTill>[] = [];
  const now = () => {
    const last = tills.at(-1);
    if (!last) throw new Error('a sequence begins first');
    return last;
  };
  const terminal = createTerminal(() => now().till.enrolled().counter.db);
  const open = async () => {
    terminal.hangUp();
    tills.push(reopenTestTill({ folder, vault, clock, uptime: clock.uptime, devices: { terminal } }));
    await signIn(now(), 'cashier');
  };
  return {
    ...{ customers: made.customers, taxOnTop, publicKey: publicKeyOf(made.vault), terminal },
    client: () => now().client,
    db: () => now().till.enrolled().counter.db,
    pass: (ms) => clock.pass(ms),
    crash: open,
    async begin() {
      folder = mkdtempSync(join(tmpdir(), 'pestle-sequence-'));
      for (const file of ['till.db', 'keys.db']) copyFileSync(join(made.folder, file), join(folder, file));
      clock = handClock();
      vault = copyOf(made.vault);
      await open();
    },
    async end() {
      terminal.hangUp();
      terminal.forget();
      for (const till of tills) await till.close();
      tills = [];
      rmSync(folder, { recursive: true, force: true });
    },
    close: async () => rmSync(made.folder, { recursive: true, force: true }),
  };
}

/** Till time never goes back, so a day's worth of waiting asks for another day. */
const HOURS_MS = 8 * 3_600_000;

const publicKeyOf = (vault: KeyVault): string => JSON.parse(vault.get('device-key') ?? '{}').publicKey;

function copyOf(vault: KeyVault): KeyVault {
  const copy = memoryVault();
  for (const name of ['database-key', 'device-key', 'store-pepper'] as const)
    copy.set(name, vault.get(name) ?? '');
  return copy;
}

const isUnprinted = `SELECT 1 FROM print_job WHERE state IN ('waiting', 'printing')`;

/** Receipts go out after the answer; the sequence ends when the last one has. */
async function printed(db: Database): Promise<void> {
  for (let turns = 0; turns < 200 && db.prepare(isUnprinted).get(); turns++) await nextTurn();
}

async function stopped(till: Till): Promise<void> {
  await nextTurn();
  await till.stop();
}

type Own = { readonly clock: HandClock; readonly vault: KeyVault } & Pick<
  TillPorts,
  'subjectKeys' | 'terminal'
>;
const nowhere = () => {
  throw new Error('no sequence goes there');
};
const portsOf = ({ clock, ...own }: Own): TillPorts => ({
  ...own,
  ...{ clock, uptime: clock.uptime, random: { bytes: (n) => new Uint8Array(randomBytes(n)) } },
  ...{ printer: paper(), log: { warn: () => {} }, version: 'test' },
  ...{ backUp: nowhere, restore: nowhere, findBackups: () => [], supportFiles: () => [], drives: () => [] },
  fetch: async () => new Response(null, { status: 503 }),
});

export const manager = people.manager;
