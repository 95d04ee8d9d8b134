import { expect, test } from 'vitest';
import type { ChosenPrinters } from '#shared/auth/calls-printers.ts';
import type { ReceiptDoc } from '#shared/sales/receipt.ts';
import { receiptText } from '#shared/sales/receipt-layout.ts';
import { openShop, refusalOf, signIn } from '../../../build/proof/open-shop.ts';
import { paper } from '../../hosts/test.ts';
import type { PrinterSetup } from '../ports.ts';

const chosen: ChosenPrinters = {
  ...{ printer: 'tcp://10.0.0.9', profile: 'generic-80', fallback: null },
  ...{ fallbackProfile: 'generic-80', drawer: 1 },
};

/** A counter whose host keeps its choice in memory. */
async function openCounter() {
  const kept = { chosen };
  const tests: { readonly address: string; readonly doc: ReceiptDoc }[] = [];
  const setup: PrinterSetup = {
    chosen: () => kept.chosen,
    profiles: [{ id: 'generic-80', name: 'Any ESC/POS printer, 80 mm' }],
    find: async () => [{ address: 'usb:/dev/usb/lp0', kind: 'usb' }],
    choose(next) {
      if (next.printer === 'nowhere') return false;
      kept.chosen = next;
      return true;
    },
    status: async () => ({ ready: false, reason: 'paper-out', answers: true, paperLow: false }),
    test: async (address, _profile, doc) => {
      tests.push({ address, doc });
      return { state: 'failed', reason: 'paper-out' };
    },
  };
  const shop = await openShop({ signedIn: null, printer: { ...paper(), setup } });
  return { shop, tests, kept, printers: shop.client.auth.printers };
}

const lp0 = { address: 'usb:/dev/usb/lp0', profile: 'generic-80' };

test('nobody signed in sees or moves a printer', async () => {
  const { shop, printers } = await openCounter();
  for (const call of [
    printers.report(),
    printers.status(lp0),
    printers.testPrint(lp0),
    printers.choose(chosen),
  ])
    expect(await refusalOf(call)).toMatchObject({ code: 'NOT_SIGNED_IN', defined: true });
  await shop.close();
});

test('a cashier sees the printers, how they are, and tries them; choosing wants a right', async () => {
  const { shop, tests, kept, printers } = await openCounter();
  await signIn(shop, 'cashier');
  expect(await printers.report()).toEqual({
    fiscal: null,
    chosen,
    found: [{ address: 'usb:/dev/usb/lp0', kind: 'usb' }],
    profiles: [{ id: 'generic-80', name: 'Any ESC/POS printer, 80 mm' }],
  });
  expect(await printers.status(lp0)).toMatchObject({ ready: false, reason: 'paper-out' });
  expect(await printers.testPrint(lp0)).toEqual({ state: 'failed', reason: 'paper-out' });
  expect(tests.map(({ address }) => address)).toEqual([lp0.address]);
  expect(tests.map(({ doc }) => receiptText(doc, 48)).join()).toContain('Any ESC/POS printer, 80 mm');
  expect(await refusalOf(printers.choose({ ...chosen, drawer: null }))).toMatchObject({
    ...{ code: 'MISSING_RIGHT', data: { permission: 'auth.settings.edit' } },
  });
  expect(kept.chosen).toEqual(chosen);
  await signIn(shop, 'manager');
  await printers.choose({ ...chosen, drawer: null });
  expect(kept.chosen).toEqual({ ...chosen, drawer: null });
  expect(await refusalOf(printers.choose({ ...chosen, printer: 'nowhere' }))).toMatchObject({
    ...{ code: 'NO_ADDRESS', defined: true },
  });
  await shop.close();
});

test('where the printer is fixed there is nothing to choose, and a test goes to it', async () => {
  const shop = await openShop({ signedIn: 'manager' });
  const { printers } = shop.client.auth;
  expect(await printers.report()).toEqual({ fiscal: null, chosen: null, found: [], profiles: [] });
  expect(await refusalOf(printers.choose(chosen))).toMatchObject({ code: 'FIXED', defined: true });
  expect(await printers.testPrint(lp0)).toEqual({ state: 'printed', reason: null });
  await shop.close();
});
