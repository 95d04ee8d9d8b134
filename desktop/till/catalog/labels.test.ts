import { afterEach, expect, test } from 'vitest';
import { commandId, type OpenShop, openShop, refusalOf } from '../../../build/proof/open-shop.ts';
import { ean, packId } from '../../../build/proof/shop.ts';
import type { LabelPrinter, PrintOutcome } from '../ports.ts';

let shop: OpenShop;
afterEach(() => shop.close());

type Job = Parameters<LabelPrinter['print']>[0];

async function openWithPrinter(
  outcomes: PrintOutcome[] = [],
  signedIn: 'cashier' | 'manager' | null = 'cashier',
) {
  const jobs: Job[] = [];
  const labels: LabelPrinter = {
    ...{ name: 'labels', dotsPerMm: 8 },
    print: async (job) => {
      jobs.push(job);
      return outcomes.shift() ?? { state: 'printed' };
    },
    preview: async (layout) => ({ svg: '<svg/>', text: saidOn(layout).join('\n') }),
  };
  shop = await openShop({ signedIn, devices: { labels } });
  return jobs;
}
const saidOn = ({ items }: Job[number]['layout']) =>
  items.flatMap((item) => (item.kind === 'text' ? [item.text] : item.kind === 'symbol' ? [item.data] : []));

const dolorane = [{ packId: packId('dolorane'), copies: 3 }];

test("a shelf label says the pack's name, its price today, the price of a unit, and its code", async () => {
  const jobs = await openWithPrinter();
  const answer = await shop.client.catalog.labels.print({ commandId: commandId(), labels: dolorane });
  expect(answer).toEqual({ printed: 3, printer: 'labels' });
  expect(jobs).toMatchObject([[{ copies: 3 }]]);
  const said = jobs[0]?.flatMap(({ layout }) => saidOn(layout)) ?? [];
  expect(said).toEqual(expect.arrayContaining(['Dolorane 500 mg', '€2.18', ean('dolorane')]));
  expect(said.join()).toContain('€0.14 / ');
});

test('the same command prints once; one that failed prints when it is tried again', async () => {
  const jobs = await openWithPrinter([{ state: 'failed', reason: 'paper-out' }]);
  const command = { commandId: commandId(), labels: dolorane };
  expect(await refusalOf(shop.client.catalog.labels.print(command))).toEqual({
    ...{ code: 'NOT_PRINTED', data: { state: 'failed', reason: 'paper-out' }, defined: true },
  });
  const answers = await Promise.all([1, 2].map(() => shop.client.catalog.labels.print(command)));
  answers.push(await shop.client.catalog.labels.print(command));
  expect(answers).toEqual(Array(3).fill({ printed: 3, printer: 'labels' }));
  expect(jobs).toHaveLength(2);
});

test('nothing is printed when one of the labels cannot be', async () => {
  const jobs = await openWithPrinter();
  const labels = [...dolorane, { packId: packId('unpriced'), copies: 1 }];
  const refused = await refusalOf(shop.client.catalog.labels.print({ commandId: commandId(), labels }));
  expect(refused).toMatchObject({ code: 'NO_PRICE', data: { name: 'Gratisane' }, defined: true });
  const unknown = { commandId: commandId(), labels: [{ packId: 'no such pack', copies: 1 }] };
  expect(await refusalOf(shop.client.catalog.labels.print(unknown))).toMatchObject({ code: 'NOT_FOUND' });
  expect(jobs).toEqual([]);
});

test('a template is tried before it is kept, and kept by who may edit settings', async () => {
  await openWithPrinter([], 'cashier');
  const { preview, saveTemplate, print } = shop.client.catalog.labels;
  const own = 'label 40 x 20\ntext 1 1 "{batch} {expiry}" width 38';
  const asked = { packId: packId('dolorane'), template: own };
  expect(await preview(asked)).toEqual({ svg: '<svg/>', text: 'D1 01/2027' });
  const bad = await refusalOf(preview({ ...asked, template: 'label 40 x 20\ntext 1 1 "{cost}"' }));
  expect(bad).toMatchObject({
    code: 'BAD_TEMPLATE',
    data: { problem: 'UNKNOWN_FIELD', line: 2, word: 'cost' },
  });
  const narrow = { ...asked, template: 'label 40 x 20\ntext 1 1 "{price}" height 9 width 4' };
  expect(await refusalOf(preview(narrow))).toMatchObject({
    code: 'DOES_NOT_FIT',
    data: { problem: 'TOO_WIDE' },
  });
  const save = { commandId: commandId(), template: own };
  expect(await refusalOf(saveTemplate(save))).toMatchObject({
    ...{ code: 'MISSING_RIGHT', data: { permission: 'auth.settings.edit' } },
  });
  await shop.client.auth.signOut();
  expect(await refusalOf(print({ commandId: commandId(), labels: dolorane }))).toMatchObject({
    code: 'NOT_SIGNED_IN',
  });
});

test("a manager's template holds for the store, and is asked for once", async () => {
  const jobs = await openWithPrinter([], 'manager');
  const { template, saveTemplate, print } = shop.client.catalog.labels;
  expect((await template()).template).toContain('{unitPrice}');
  const waiting = () => shop.till.sync()?.waiting;
  const save = { commandId: commandId(), template: 'label 40 x 20\ntext 1 1 "{name}"' };
  await saveTemplate(save);
  const first = waiting();
  await saveTemplate(save);
  expect(waiting()).toBe(first);
  expect((await template()).template).toBe(save.template);
  await print({ commandId: commandId(), labels: dolorane });
  expect(jobs[0]?.map(({ layout }) => saidOn(layout))).toEqual([['Dolorane 500 mg']]);
});

test('a counter without a label printer says so', async () => {
  shop = await openShop();
  const refused = await refusalOf(
    shop.client.catalog.labels.print({ commandId: commandId(), labels: dolorane }),
  );
  expect(refused).toMatchObject({ code: 'NOT_PRINTED', data: { state: 'failed', reason: 'no-printer' } });
});
