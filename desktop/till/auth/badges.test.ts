import { afterEach, expect, test } from 'vitest';
import { badgeOf, personOnBadge } from '#shared/auth/badge.ts';
import type { ReceiptDoc } from '#shared/sales/receipt.ts';
import { commandId, type OpenShop, openShop, refusalOf } from '../../../build/proof/open-shop.ts';
import { people } from '../../../build/proof/shop.ts';
import { paper } from '../../hosts/test.ts';
import type { LabelPrinter, PrintOutcome } from '../ports.ts';

let shop: OpenShop;
afterEach(() => shop.close());

type Layout = Parameters<LabelPrinter['print']>[0][number]['layout'];
type Given = {
  readonly signedIn?: 'cashier' | 'manager';
  readonly label?: PrintOutcome;
  readonly receipt?: PrintOutcome;
};
const printed = { state: 'printed' } as const;

async function openWithPrinters({ signedIn = 'manager', label = printed, receipt = printed }: Given = {}) {
  const [labels, receipts]: [Layout[], ReceiptDoc[]] = [[], []];
  const device: LabelPrinter = {
    ...{ name: 'labels', dotsPerMm: 8 },
    print: async (job) => {
      labels.push(...job.map(({ layout }) => layout));
      return label;
    },
    preview: async (layout) => ({ svg: '<svg/>', text: saidOn(layout).join('\n') }),
  };
  const printer = {
    ...paper(),
    print: async (doc: ReceiptDoc) => {
      receipts.push(doc);
      return receipt;
    },
  };
  shop = await openShop({ signedIn, printer, devices: { labels: device } });
  return { labels, receipts };
}
const saidOn = ({ items }: Layout) =>
  items.flatMap((item) => (item.kind === 'text' ? [item.text] : item.kind === 'symbol' ? [item.data] : []));

const { personId } = people.cashier;
const print = (id = commandId(), more = {}) =>
  shop.client.auth.badges.print({ commandId: id, personId, ...more });
const audited = () =>
  shop.till
    .enrolled()
    .counter.db.prepare<[], { actor: string; subject: string; details: string | null }>(
      `SELECT actor_id AS actor, subject_id AS subject, details FROM audit_entry WHERE action = 'auth.badge-printed'`,
    )
    .all();

test('a badge says who and where, and its code is the one the till reads', async () => {
  const { labels } = await openWithPrinters();
  expect((await shop.client.auth.badges.preview({ personId })).text).toContain('cashier');
  expect(await print()).toEqual({ printer: 'labels', instead: null });
  const said = labels.flatMap(saidOn);
  expect(said).toEqual(expect.arrayContaining(['cashier', badgeOf(personId)]));
  expect(said.map(personOnBadge)).toContain(personId);
  expect(said.join(' ')).toContain('Pharmacie du Pont');
  expect(audited()).toEqual([{ actor: people.manager.personId, subject: personId, details: null }]);
});

test('where the label printer certainly printed nothing, the receipt printer does', async () => {
  const { receipts } = await openWithPrinters({ label: { state: 'failed', reason: 'paper-out' } });
  expect(await print()).toEqual({ printer: 'paper', instead: 'paper-out' });
  expect(receipts[0]?.nodes).toContainEqual({ kind: 'qr', data: badgeOf(personId) });
});

test('a printer that stopped in the middle is not passed over, and both failing is said', async () => {
  const { receipts } = await openWithPrinters({ label: { state: 'unknown', reason: 'stalled' } });
  const stopped = { code: 'NOT_PRINTED', data: { state: 'unknown', reason: 'stalled' }, defined: true };
  expect(await refusalOf(print())).toEqual(stopped);
  expect(receipts).toEqual([]);
  await shop.close();
  const off = { state: 'failed', reason: 'offline' } as const;
  await openWithPrinters({ label: off, receipt: off });
  expect(await refusalOf(print())).toMatchObject({ data: { state: 'failed', reason: 'offline' } });
});

test('one command is one badge and one line of the audit, also after a restart', async () => {
  const { labels } = await openWithPrinters();
  const id = commandId();
  const answers = await Promise.all([print(id), print(id)]);
  expect(answers).toEqual(Array(2).fill({ printer: 'labels', instead: null }));
  expect(labels).toHaveLength(1);
  await shop.close();
  const again = shop.reopen();
  await again.client.auth.signIn({ ...people.manager });
  expect(await refusalOf(again.client.auth.badges.print({ commandId: id, personId }))).toMatchObject({
    ...{ code: 'NOT_PRINTED', data: { state: 'unknown', reason: 'till-stopped' } },
  });
  await again.close();
  shop = await openShop();
});

test('it needs the right over people, or the PIN of who has it; a stranger gets none', async () => {
  const { labels } = await openWithPrinters({ signedIn: 'cashier' });
  expect(await refusalOf(print())).toMatchObject({
    ...{ code: 'MISSING_RIGHT', data: { permission: 'auth.people.edit' } },
  });
  expect(
    await refusalOf(print(commandId(), { inPlace: { ...people.manager, pin: '000000' } })),
  ).toMatchObject({ code: 'WRONG_PIN' });
  expect(labels).toEqual([]);
  const { personId: authorisedBy } = people.manager;
  await print(commandId(), { inPlace: { ...people.manager } });
  expect(audited()).toEqual([
    { actor: personId, subject: personId, details: JSON.stringify({ authorisedBy }) },
  ]);
  const stranger = { personId: commandId(), inPlace: { ...people.manager } };
  expect(await refusalOf(print(commandId(), stranger))).toMatchObject({ code: 'NOT_FOUND', defined: true });
});
