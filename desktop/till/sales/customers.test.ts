import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import {
  commandId,
  hearFromHq,
  type OpenShop,
  openShop,
  refusalOf,
  signIn,
} from '../../../build/proof/open-shop.ts';
import { openCopy } from '../../../build/verify/read-till.ts';
import { sealField } from './customers-cipher.ts';
import { openSubjectKeys } from './subject-keys.ts';

const zenobie = {
  name: 'Zénobie Quatrefages',
  phone: '06 98 41 27 53',
  email: 'zenobie@quatrefages.example',
  address: '3 impasse des Fauvettes',
  note: 'Rings twice',
  consent: true,
};
type Customer = { [K in keyof typeof zenobie]: K extends 'consent' ? boolean : string | null } & {
  name: string;
};

const create = ({ client }: OpenShop, customer: Customer = zenobie, anyway = false) =>
  client.sales.customers.create({ commandId: commandId(), customer, anyway });
const namesFor = async ({ client }: OpenShop, text: string) =>
  (await client.sales.customers.find({ text })).hits.map(({ name }) => name);
const journalTexts = ({ till }: OpenShop) =>
  till
    .enrolled()
    .counter.db.prepare<[], string>(
      `SELECT text FROM journal WHERE type IN ('customer', 'erasure') ORDER BY dseq`,
    )
    .pluck()
    .all();

test('a customer made without HQ is found by any part of the name, and by the number however it is typed', async () => {
  const shop = await openShop();
  const { customerId } = await create(shop);
  await create(shop, { ...zenobie, name: 'Quentin Zola', phone: '+33 7 11 22 33 44', note: null });
  for (const text of ['zenob', 'QUATRE zé', 'quat', '9841', '0698412753', '+33 6 98 41 27 53'])
    expect(await namesFor(shop, text), text).toEqual([zenobie.name]);
  expect(await namesFor(shop, 'q')).toEqual(['Quentin Zola', zenobie.name]);
  expect(await namesFor(shop, 'xavier')).toEqual([]);
  expect(await shop.client.sales.customers.find({ text: '', limit: 1 })).toMatchObject({
    hits: [{ name: 'Quentin Zola', phoneMasked: '+•• • •• •• •• 44' }],
    more: true,
    unreadable: 0,
  });
  expect(await shop.client.sales.customers.get({ customerId })).toEqual({
    ...zenobie,
    customerId,
    createdAt: shop.clock.nowMs(),
  });
  await shop.close();
});

test('who looks the same is shown first, and added when the person says so', async () => {
  const shop = await openShop();
  await create(shop);
  const again = { ...zenobie, name: 'Quatrefages Zenobie', phone: null };
  expect(await refusalOf(create(shop, again))).toMatchObject({
    code: 'LOOKS_SAME',
    defined: true,
    data: { hits: [{ name: zenobie.name, phoneMasked: '•• •• •• •• 53' }] },
  });
  await create(shop, again, true);
  expect(await namesFor(shop, 'zenobie')).toHaveLength(2);
  await shop.close();
});

test('an edit carries the fields that changed and no others, and search follows it', async () => {
  const shop = await openShop();
  const { customerId } = await create(shop);
  const married = { ...zenobie, name: 'Zénobie Sarrazin', note: null };
  const edit = (customer: Customer) =>
    shop.client.sales.customers.edit({ commandId: commandId(), customerId, customer });
  await edit(married);
  await edit(married);
  const edits = journalTexts(shop).map((text) => JSON.parse(text).body.changes[0].cols);
  expect(edits).toHaveLength(2);
  expect(edits[1]).toEqual({ name: expect.stringMatching(/^1\.[\w-]{16}\.[\w-]+$/), note: null });
  expect(await namesFor(shop, 'quatrefages')).toEqual([]);
  expect(await namesFor(shop, 'sarrazin')).toEqual(['Zénobie Sarrazin']);
  await shop.close();
});

test('a command repeated after a lost answer is done once, and the answer that is kept names nobody', async () => {
  const shop = await openShop();
  const command = { commandId: commandId(), customer: zenobie };
  const first = await shop.client.sales.customers.create(command);
  expect(await shop.client.sales.customers.create(command)).toEqual(first);
  expect(await namesFor(shop, 'zenobie')).toHaveLength(1);
  const kept = shop.till.enrolled().counter.db.prepare('SELECT answer FROM done_command').pluck().all();
  expect(kept).toEqual([JSON.stringify(first)]);
  await shop.close();
});

test('customers are there after a restart, and one till sees what another edited', async () => {
  const shop = await openShop();
  const { customerId } = await create(shop);
  await shop.close();
  const again = { ...shop, ...shop.reopen() };
  await signIn(again, 'cashier');
  expect(await namesFor(again, 'zenobie')).toEqual([zenobie.name]);
  hearFromHq(again, [{ t: 'customer', op: 'delete', id: customerId }]);
  expect(await namesFor(again, 'zenobie')).toEqual([]);
  await again.close();
});

test('a customer whose key has not come is counted, and cannot be read or edited', async () => {
  const shop = await openShop();
  const { customerId } = await create(shop);
  const [text = ''] = journalTexts(shop);
  const [{ cols }] = JSON.parse(text).body.changes;
  const id = `${customerId.slice(0, -1)}${customerId.endsWith('0') ? '1' : '0'}`;
  await namesFor(shop, '');
  hearFromHq(shop, [{ t: 'customer', op: 'set', id, cols }]);
  expect(await shop.client.sales.customers.find({ text: '' })).toMatchObject({
    hits: [{ customerId }],
    unreadable: 1,
  });
  const get = shop.client.sales.customers.get({ customerId: id });
  expect(await refusalOf(get)).toMatchObject({ code: 'KEY_MISSING', defined: true });
  const edit = shop.client.sales.customers.edit({
    commandId: commandId(),
    customerId: id,
    customer: zenobie,
  });
  expect(await refusalOf(edit)).toMatchObject({ code: 'KEY_MISSING', defined: true });
  await shop.close();
});

test('one person’s text cannot stand in for another’s', async () => {
  const shop = await openShop();
  const one = await create(shop);
  const two = await create(shop, { ...zenobie, name: 'Quentin Zola', phone: '07 11 22 33 44' });
  const { db } = shop.till.enrolled().counter;
  db.prepare(`UPDATE customer SET phone = (SELECT phone FROM customer WHERE id = ?) WHERE id = ?`).run(
    ...[one.customerId, two.customerId],
  );
  db.prepare(`UPDATE customer SET note = email WHERE id = ?`).run(one.customerId);
  expect(await shop.client.sales.customers.get(two)).toMatchObject({ name: 'Quentin Zola', phone: null });
  expect(await shop.client.sales.customers.get(one)).toMatchObject({ email: zenobie.email, note: null });
  await shop.close();
});

test('nobody signed in finds nobody; who may not sell makes nobody', async () => {
  const shop = await openShop({ signedIn: null });
  expect(await refusalOf(shop.client.sales.customers.find({ text: '' }))).toMatchObject({
    code: 'NOT_SIGNED_IN',
  });
  await signIn(shop, 'auditor');
  expect(await refusalOf(create(shop))).toMatchObject({
    code: 'MISSING_RIGHT',
    data: { permission: 'sales.sell' },
  });
  await shop.close();
});

/** Of this process: what a search costs, whatever else the machine does. */
const cpuMs = () => process.cpuUsage().user / 1_000;

/** Puts customers into a closed till, as a base that came from HQ would. */
function fill({ folder, vault }: OpenShop, count: number): void {
  const keyHex = vault.get('database-key') ?? '';
  const keys = openSubjectKeys({ file: join(folder, 'keys.db'), keyHex });
  const db = openCopy(join(folder, 'till.db'), keyHex);
  const insert = db.prepare(
    `INSERT INTO customer (id, name, phone, consent, created_at, deleted, stamps) VALUES (?, ?, ?, 0, 0, 0, '{}')`,
  );
  const made = Array.from({ length: count }, () => ({ subjectId: commandId(), key: randomBytes(32) }));
  keys.keep(made);
  db.transaction(() => {
    for (const [i, { subjectId: customerId, key }] of made.entries()) {
      const seal = (field: 'name' | 'phone', plain: string) => sealField(key, { customerId, field, plain });
      insert.run(
        customerId,
        seal('name', `Client ${i} Martin`),
        seal('phone', `06${String(i).padStart(8, '0')}`),
      );
    }
  })();
  keys.close();
  db.close();
}

test('20,000 customers: the first search comes in slices, the next ones at once', async () => {
  const shop = await openShop();
  await create(shop, { ...zenobie, name: 'The very last Zwingli' });
  await shop.close();
  fill(shop, 20_000);
  const again = { ...shop, ...shop.reopen() };
  await signIn(again, 'cashier');
  let turns = 0;
  let searching = true;
  const counting = (async () => {
    for (; searching; turns++) await nextTurn();
  })();
  expect(await namesFor(again, 'zwingli')).toEqual(['The very last Zwingli']);
  searching = false;
  await counting;
  expect(turns).toBeGreaterThan(40);
  const took: number[] = [];
  for (const text of ['m', 'martin', '0600012345', 'client ma', 'nobody at all']) {
    const started = cpuMs();
    await namesFor(again, text);
    took.push(cpuMs() - started);
  }
  expect(took.toSorted((a, b) => a - b)[2]).toBeLessThan(50);
  await again.close();
});
