import { expect, test } from 'vitest';
import type { AuditRow, VerifiedView } from '#shared/auth/calls-audit.ts';
import {
  commandId,
  type OpenShop,
  openShop,
  payCash,
  refusalOf,
  scanPack,
  signIn,
} from '../../../build/proof/open-shop.ts';
import { openingMs, people } from '../../../build/proof/shop.ts';

/** A sale printed twice again and money moved with a lent right, over two days; an auditor stands at the counter. */
async function auditedShop(): Promise<OpenShop> {
  const shop = await openShop();
  const { cart } = await scanPack(shop, 'syrup');
  const { saleId } = await payCash(shop, cart);
  await shop.client.sales.reprint({ commandId: commandId(), saleId });
  shop.clock.pass(1000);
  const out = {
    kind: 'pay-out' as const,
    amountMinor: 250,
    reason: '=Window cleaner',
    inPlace: people.manager,
  };
  await shop.client.sales.shift.move({ commandId: commandId(), ...out });
  shop.clock.pass(24 * 3_600_000);
  await signIn(shop, 'manager');
  await shop.client.sales.reprint({ commandId: commandId(), saleId });
  await signIn(shop, 'auditor');
  return shop;
}
const actions = (rows: readonly AuditRow[]) => rows.map(({ action }) => action);

async function verified({ client }: Pick<OpenShop, 'client'>): Promise<VerifiedView> {
  let last: VerifiedView | null = null;
  for await (const now of await client.auth.audit.verify()) last = now;
  if (!last?.finished) throw new Error('a verification ends with what came of it');
  return last;
}

test('the latest first, with names, receipts and who lent a right', async () => {
  const shop = await auditedShop();
  const { rows, next } = await shop.client.auth.audit.list({});
  expect(next).toBeNull();
  expect(actions(rows)).toEqual(['sales.reprint', 'sales.pay-out', 'sales.reprint']);
  expect(rows[1]).toMatchObject({
    ...{ actor: 'cashier', authorisedBy: 'manager', reason: '=Window cleaner', businessDate: '2026-11-24' },
    details: [{ name: 'amountMinor', value: 250 }],
  });
  expect(rows[2]).toMatchObject({
    actor: 'cashier',
    subject: 'S01-T01A-000001',
    authorisedBy: null,
    at: openingMs,
  });
  await shop.close();
});

test('filtered by person, action and day, and turned page by page without a gap', async () => {
  const shop = await auditedShop();
  const { list, choices } = shop.client.auth.audit;
  const { people: who, actions: what } = await choices();
  expect(who.map(({ name }) => name)).toEqual(['cashier', 'manager']);
  expect(what).toEqual(['sales.pay-out', 'sales.reprint']);
  const ask = async (filter: Parameters<typeof list>[0]) => actions((await list(filter)).rows);
  expect(await ask({ actorId: people.manager.personId })).toEqual(['sales.reprint']);
  expect(await ask({ action: 'sales.reprint', to: '2026-11-24' })).toEqual(['sales.reprint']);
  expect(await ask({ from: '2026-11-25' })).toEqual(['sales.reprint']);
  expect(await ask({ from: '2026-11-26' })).toEqual([]);
  const first = await list({ limit: 2 });
  const rest = await list({ limit: 2, ...(first.next && { after: first.next }) });
  expect([...first.rows, ...rest.rows]).toEqual((await list({})).rows);
  expect(rest.next).toBeNull();
  await shop.close();
});

test('a file has what the filter lets through, and runs no formula', async () => {
  const shop = await auditedShop();
  const { fileName, text } = await shop.client.auth.audit.csv({ to: '2026-11-24' });
  expect(fileName).toBe('audit-S01-T01-2026-11-25.csv');
  const [head = '', ...rows] = text.trimEnd().split('\r\n');
  expect(head).toContain('time (UTC),business date,till,person,authorised by,action');
  expect(rows).toHaveLength(2);
  expect(rows[0]).toContain(",cashier,manager,sales.pay-out,,'=Window cleaner,amountMinor=250,");
  await shop.close();
});

test('who has no right to it is told which is missing, of every call', async () => {
  const shop = await openShop({ signedIn: 'manager' });
  const { audit } = shop.client.auth;
  const first = async () => {
    for await (const now of await audit.verify()) expect(now).toBe('refused before it begins');
  };
  for (const call of [audit.list({}), audit.choices(), audit.csv({}), first()])
    expect(await refusalOf(call)).toMatchObject({
      ...{ code: 'MISSING_RIGHT', data: { permission: 'auth.audit.read' }, defined: true },
    });
  await shop.close();
});

test('a journal is intact as it was made; one changed behind the till’s back has its first fault named', async () => {
  const shop = await auditedShop();
  const { db } = shop.till.enrolled().counter;
  const total = db.prepare<[], number>('SELECT count(*) FROM journal').pluck().get();
  expect(await verified(shop)).toEqual({ done: total, total, faults: 0, first: null, finished: true });
  for (const { name } of db
    .prepare<[], { name: string }>(
      `SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'journal'`,
    )
    .all())
    db.exec(`DROP TRIGGER ${name}`);
  db.exec(`UPDATE journal SET text = replace(text, '"amountMinor":250', '"amountMinor":150') WHERE dseq = 3`);
  expect(await verified(shop)).toMatchObject({
    first: { number: 'S01-T01A/3', what: 'NOT_AS_HASHED', at: openingMs + 1000 },
  });
  db.exec(`DELETE FROM journal WHERE dseq = 3`);
  expect(await verified(shop)).toMatchObject({ first: { number: 'S01-T01A/4', what: 'MISSING' } });
  db.exec(`DELETE FROM journal WHERE dseq > 2`);
  expect((await verified(shop)).first).toMatchObject({ what: 'MISSING', detail: '3 to 4' });
  db.exec(`DELETE FROM journal`);
  expect((await verified(shop)).first).toMatchObject({ what: 'MISSING', detail: 'the whole chain' });
  await shop.close();
});
