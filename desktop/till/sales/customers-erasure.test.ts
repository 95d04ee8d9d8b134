import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { plainDate } from '#shared/kernel/calendar.ts';
import { verifyJournal } from '#shared/replica/verify-journal.ts';
import {
  commandId,
  hearFromHq,
  type OpenShop,
  openShop,
  refusalOf,
  signIn,
} from '../../../build/proof/open-shop.ts';
import { plainImage } from '../../../build/proof/plain-image.ts';
import { createVerifyTools } from '../../../build/verify/crypto.ts';
import { openCopy, readJournal, subjectOf } from '../../../build/verify/read-till.ts';
import { reopenTestTill } from '../../hosts/test.ts';
import { createCustomers } from './customers.ts';
import { createForgetting } from './customers-forget.ts';
import { createCustomerIndex } from './customers-index.ts';
import { openSubjectKeys } from './subject-keys.ts';

const zenobie = {
  name: 'Zénobie "Zaza" Quatrefages',
  phone: '06 98 41 27 53',
  email: 'zenobie@quatrefages.example',
  address: '3 impasse des Fauvettes',
  note: 'Sonne deux fois',
  consent: true,
};
const planted = Object.values(zenobie).filter((value) => typeof value === 'string');

const create = async ({ client }: OpenShop) =>
  (await client.sales.customers.create({ commandId: commandId(), customer: zenobie })).customerId;
const erase = ({ client }: OpenShop, customerId: string) =>
  client.sales.customers.erase({ commandId: commandId(), customerId, reason: 'asked' });
const stateOf = async ({ client }: Pick<OpenShop, 'client'>, customerId: string) =>
  client.sales.customers.get({ customerId }).then(
    () => 'READABLE',
    async (problem) => (await refusalOf(Promise.reject(problem))).code,
  );
const erasureOf = (subjectId: string) => ({
  ...{ t: 'erasure', op: 'insert' as const },
  row: { id: commandId(), subjectId, at: 1, actorId: 'manager', reason: 'asked' },
});

const keyHexOf = ({ vault }: OpenShop) => vault.get('database-key') ?? '';
/** A customer's key as it lies in keys.db. */
function keyOf(shop: OpenShop, customerId: string): Buffer | null {
  const db = openCopy(join(shop.folder, 'keys.db'), keyHexOf(shop));
  const key = db
    .prepare<[string], Buffer | null>('SELECT key FROM subject_key WHERE subject_id = ?')
    .pluck()
    .get(customerId);
  db.close();
  return key ?? null;
}
/** Which of the texts stand in a database file as its key holder could read it, free pages included. */
const foundIn = (shop: OpenShop, file: string, sought: readonly (string | Buffer)[]) => {
  const image = plainImage(join(shop.folder, file), keyHexOf(shop));
  return sought.filter((text) => image.includes(text));
};

/** What a later version may print and draft: documents of this till alone that name the person. */
function writeAbout({ till }: OpenShop, texts: readonly string[]): void {
  const { db } = till.enrolled().counter;
  const job = db.prepare(
    `INSERT INTO print_job (id, sale_id, kind, state, doc, attempts, created_at, updated_at) VALUES (?, 'sale', 'receipt', ?, ?, 1, 1, 1)`,
  );
  for (const [i, text] of texts.entries())
    job.run(`about-${i}`, 'printed', JSON.stringify({ lines: [{ text: `For ${text}` }, 'x'.repeat(9_000)] }));
  job.run('of-another', 'printed', JSON.stringify({ lines: [{ text: 'For Quentin Zola' }] }));
  db.prepare(`INSERT INTO cart (id, content, updated_at) VALUES ('held', ?, 1)`).run(
    JSON.stringify({ name: `Held for ${zenobie.name}`, lines: [{ packId: 'pack', freeBase: 2 }] }),
  );
}

test('nothing of a person can be read in the till’s database, its journal or its log', async () => {
  const events: unknown[] = [];
  const shop = await openShop({ log: { warn: (...event) => events.push(event) } });
  const customerId = await create(shop);
  await shop.client.sales.customers.find({ text: 'zenobie' });
  await shop.client.sales.customers.edit({
    commandId: commandId(),
    customerId,
    customer: { ...zenobie, note: 'Ne sonne plus' },
  });
  const key = keyOf(shop, customerId);
  expect(key).toHaveLength(32);
  const secrets = [
    ...planted,
    'Ne sonne plus',
    key ?? '',
    key?.toString('base64url') ?? '',
    key?.toString('hex') ?? '',
  ];
  expect(foundIn(shop, 'till.db', secrets)).toEqual([]);
  expect(foundIn(shop, 'till.db', [customerId])).toEqual([customerId]);
  expect(JSON.stringify(events)).not.toMatch(/Quatrefages|Fauvettes/);
  await shop.close();
});

test('an erasure without HQ destroys the key on disk and leaves print jobs, drafts and search without the person', async () => {
  const shop = await openShop({ signedIn: 'manager' });
  const customerId = await create(shop);
  const key = keyOf(shop, customerId) ?? Buffer.alloc(0);
  writeAbout(shop, [...planted, customerId]);
  expect(foundIn(shop, 'keys.db', [key])).toEqual([key]);
  expect(foundIn(shop, 'till.db', planted).length).toBeGreaterThan(3);
  await erase(shop, customerId);
  expect(await stateOf(shop, customerId)).toBe('ERASED');
  expect((await shop.client.sales.customers.find({ text: '' })).hits).toEqual([]);
  expect(foundIn(shop, 'keys.db', [key])).toEqual([]);
  expect(foundIn(shop, 'till.db', planted)).toEqual([]);
  const { db } = shop.till.enrolled().counter;
  expect(db.prepare('SELECT id FROM print_job').pluck().all()).toEqual(['of-another']);
  expect(JSON.parse(String(db.prepare(`SELECT content FROM cart WHERE id = 'held'`).pluck().get()))).toEqual({
    name: '',
    lines: [{ packId: 'pack', freeBase: 2 }],
  });
  expect(db.pragma('secure_delete', { simple: true })).toBe(2);
  await shop.close();
  for (const name of readdirSync(shop.folder)) expect(name).not.toMatch(/-journal$/);
});

test('journal and signatures verify after an erasure as before', async () => {
  const shop = await openShop({ signedIn: 'manager' });
  const customerId = await create(shop);
  await erase(shop, customerId);
  const publicKey = JSON.parse(shop.vault.get('device-key') ?? '{}').publicKey;
  const { copy, keys } = readJournal(shop.till.enrolled().counter.db, publicKey);
  expect(copy.rows.map(({ type }) => type)).toEqual(['customer', 'erasure']);
  const tools = { ...createVerifyTools(), subjectOf, keyOf: (device: string) => keys.get(device) ?? null };
  expect(verifyJournal(copy, tools)).toEqual([]);
  await shop.close();
});

test('an erasure that comes from elsewhere does the same, and what comes after it changes nothing', async () => {
  const shop = await openShop();
  const customerId = await create(shop);
  hearFromHq(shop, [erasureOf(customerId)]);
  await nextTurn();
  expect(keyOf(shop, customerId)).toBeNull();
  expect(await stateOf(shop, customerId)).toBe('ERASED');
  hearFromHq(shop, [{ t: 'customer', op: 'set', id: customerId, cols: { consent: false } }]);
  hearFromHq(shop, [erasureOf(customerId)]);
  await nextTurn();
  expect((await shop.client.sales.customers.find({ text: '' })).hits).toEqual([]);
  const edit = shop.client.sales.customers.edit({ commandId: commandId(), customerId, customer: zenobie });
  expect(await refusalOf(edit)).toMatchObject({ code: 'ERASED', defined: true });
  await shop.close();
});

test('an erasure that was rolled back destroys nothing; one whose till died is carried out at the next start', async () => {
  const shop = await openShop();
  const customerId = await create(shop);
  const { counter } = shop.till.enrolled();
  const { addFact } = counter.replica;
  expect(() =>
    counter.transact('cut off', () => {
      addFact('erasure', erasureOf(customerId).row);
      throw new Error('the disk is full');
    }),
  ).toThrow('the disk is full');
  await nextTurn();
  expect(await stateOf(shop, customerId)).toBe('READABLE');
  // As a snapshot writes it, past the projections: what a till that died between fact and key looks like.
  counter.transact('dies', () => counter.rows.writeWhole('erasure', erasureOf(customerId).row));
  await shop.close();
  expect(keyOf(shop, customerId)).toHaveLength(32);
  const again = shop.reopen();
  again.till.start();
  await nextTurn();
  expect(keyOf(shop, customerId)).toBeNull();
  await again.close();
});

test('a backup of the database, put back after the erasure, cannot be read', async () => {
  const shop = await openShop({ signedIn: 'manager' });
  const customerId = await create(shop);
  const folder = mkdtempSync(join(tmpdir(), 'pestle-backup-'));
  mkdirSync(folder, { recursive: true });
  for (const name of ['till.db', 'till.db-wal'])
    if (existsSync(join(shop.folder, name))) copyFileSync(join(shop.folder, name), join(folder, name));
  const backup = { ...shop, folder };
  expect(foundIn(backup, 'till.db', [...planted, keyOf(shop, customerId) ?? ''])).toEqual([]);
  await erase(shop, customerId);
  const { vault, clock } = shop;
  const restored = reopenTestTill({ folder, vault, clock });
  await signIn(restored, 'manager');
  expect(await stateOf(restored, customerId)).toBe('KEY_MISSING');
  expect(await restored.client.sales.customers.find({ text: '' })).toMatchObject({ hits: [], unreadable: 1 });
  await restored.close();
  await shop.close();
});

test('erasing needs its right, an existing customer, and once is enough', async () => {
  const shop = await openShop();
  const customerId = await create(shop);
  expect(await refusalOf(erase(shop, customerId))).toMatchObject({
    code: 'MISSING_RIGHT',
    data: { permission: 'sales.customers.erase' },
  });
  await signIn(shop, 'manager');
  expect(await refusalOf(erase(shop, commandId()))).toMatchObject({ code: 'NOT_FOUND', defined: true });
  const command = { commandId: commandId(), customerId, reason: 'asked' } as const;
  expect(await shop.client.sales.customers.erase(command)).toEqual({ customerId });
  expect(await shop.client.sales.customers.erase(command)).toEqual({ customerId });
  expect(await refusalOf(erase(shop, customerId))).toMatchObject({ code: 'ERASED', defined: true });
  await shop.close();
});

test('while a law keeps the data, erasure is refused with the law and the day', async () => {
  const shop = await openShop({ signedIn: 'manager' });
  const customerId = await create(shop);
  const { counter, sessions } = shop.till.enrolled();
  const keys = openSubjectKeys({ file: join(shop.folder, 'other-keys.db'), keyHex: keyHexOf(shop) });
  const index = createCustomerIndex({ db: counter.db, keys });
  const forgetting = createForgetting({ db: counter.db, keys, index, log: { warn: () => {} } });
  const hold = { rule: 'credit-ledger', until: plainDate('2026-11-24') };
  const customers = createCustomers(counter, { sessions, keys, index, forgetting, retention: [() => hold] });
  const attempt = () => customers.erase({ commandId: commandId(), customerId, reason: 'asked' });
  expect(attempt).toThrow(expect.objectContaining({ code: 'HELD', data: hold }));
  expect(await stateOf(shop, customerId)).toBe('READABLE');
  shop.clock.pass(24 * 3_600_000);
  expect(attempt()).toEqual({ customerId });
  keys.close();
  await shop.close();
});
