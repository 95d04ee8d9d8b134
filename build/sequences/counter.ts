import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createRouterClient } from '@orpc/server';
import type { Database } from 'better-sqlite3';
import type { RowOf } from '#shared/schema.ts';
import { memoryVault, paper, reopenTestTill } from '../../desktop/hosts/test.ts';
import type { KeyVault, TillPorts } from '../../desktop/till/ports.ts';
import { createTillRouter } from '../../desktop/till/router.ts';
import { openSubjectKeys } from '../../desktop/till/sales/subject-keys.ts';
import { openDatabase } from '../../desktop/till/store/open.ts';
import { createTill, type Till } from '../../desktop/till/till.ts';
import { changesOf } from '../demo-data/rows.ts';
import {
  commandId,
  type HandClock,
  handClock,
  hearFromHq,
  type OpenShop,
  openShop,
  signIn,
} from '../proof/open-shop.ts';
import { packId, people, storeId } from '../proof/shop.ts';
import { createTerminal, type TerminalInHand } from './terminal.ts';

export type Client = OpenShop['client'];
/** A till at which one sequence after the other is done; each finds it as the first did. */
export type SequenceCounter = {
  readonly customerId: string;
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

export const CASH_STEP = 5;
export const CREDIT_LIMIT = 1_500;
export const VOUCHER = { code: 'GIFT-1', minor: 2_500 } as const;
export const COUPON = 'SPRING';
export const GIFT_CARD = { packId: 'pack gift card', minor: 1_000 } as const;
/** Dollars, in millionths of a euro. */
export const RATE_PPM = 920_000;

type Made = {
  readonly folder: string;
  readonly vault: KeyVault;
  readonly customerId: string;
  readonly taxOnTop: boolean;
};

/** The test shop with a customer who has an account, a voucher, an offer and a coupon. */
async function makeShop(taxOnTop: boolean): Promise<Made> {
  const taxMode = taxOnTop ? 'exclusive' : 'inclusive';
  const folder = mkdtempSync(join(tmpdir(), 'pestle-sequences-'));
  const shop = await openShop({ signedIn: 'manager', folder, shop: { cashStepMinor: CASH_STEP, taxMode } });
  const { sales } = shop.client;
  const customer = { name: 'Nora Keller', phone: '', email: '', address: '', note: '', consent: false };
  const { customerId } = await sales.customers.create({ commandId: commandId(), customer });
  await sales.setAccount({ commandId: commandId(), customerId, limitMinor: CREDIT_LIMIT, taxExemption: '' });
  hearFromHq(shop, terms(shop.till.enrolled().counter.tillId));
  await shop.close();
  return { folder, vault: shop.vault, customerId, taxOnTop };
}

function terms(tillId: string): Parameters<typeof hearFromHq>[1] {
  const always = {
    validFrom: '2026-11-01',
    validTo: '2026-12-31',
    fromMinute: null,
    toMinute: null,
    active: true,
  };
  const bundle = { kind: 'bundle', packIds: [packId('dolorane')], take: 3, pay: 2 };
  const half = { kind: 'percent', packIds: [packId('syrup')], ratePct3: 50_000 };
  const { code, minor: amountMinor } = VOUCHER;
  return [
    {
      t: 'offer',
      op: 'set',
      id: 'o1',
      cols: { storeId: null, name: '3 for 2', ...always, couponCode: null, rule: bundle },
    },
    {
      t: 'offer',
      op: 'set',
      id: 'o2',
      cols: { storeId, name: 'Spring', ...always, couponCode: COUPON, rule: half },
    },
    {
      ...{ t: 'voucher_entry', op: 'insert' },
      row: {
        ...{ id: 'v1', storeId, tillId, code, kind: 'issue', amountMinor, expiresOn: null },
        ...{ documentId: 'elsewhere', at: 1, businessDate: '2026-11-23', actorId: 'hq' },
      },
    },
    ...giftCard(),
    ...changesOf('setting', [
      {
        ...{ id: 'rates', storeId, key: 'sales.foreign-cash' },
        value: [{ currency: 'USD', ratePpm: RATE_PPM }],
      },
    ]),
  ];
}

/** An article that is no goods: its tax is due when it pays. */
function giftCard(): Parameters<typeof hearFromHq>[1] {
  const { packId, minor: priceMinor } = GIFT_CARD;
  const medicine: RowOf<'medicine'> = {
    ...{
      id: 'gift card',
      kind: 'article',
      brand: 'Gift card',
      generics: [],
      form: '',
      route: '',
      holder: '',
    },
    ...{ scheduleClass: 'general', tallMan: '', genericGroup: '', discountAllowed: true, registerRef: '' },
    soldAs: 'voucher',
  };
  const pack: RowOf<'pack'> = {
    ...{
      id: packId,
      medicineId: medicine.id,
      label: 'one',
      packSize: 1,
      baseUnit: 'piece',
      breakable: false,
    },
    ...{ taxClassId: 'untaxed', status: 'active', registerRef: '' },
  };
  return [
    ...changesOf('tax_class', [{ id: 'untaxed', name: 'none' }]),
    ...changesOf('tax_rate', [{ id: 'no rate', taxClassId: 'untaxed', pct3: [0], validFrom: '2020-01-01' }]),
    ...changesOf('medicine', [medicine]),
    ...changesOf('pack', [pack]),
    ...changesOf('price', [
      { id: 'price of a gift card', packId, storeId: null, validFrom: '2026-01-01', priceMinor },
    ]),
  ];
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
    ...{ customerId: made.customerId, taxOnTop, publicKey: publicKeyOf(made.vault), terminal },
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
    ...{ customerId: made.customerId, taxOnTop, publicKey: publicKeyOf(made.vault), terminal },
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
