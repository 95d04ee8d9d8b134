import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { commandId, type OpenShop, openShop, refusalOf, signIn } from '../../../build/proof/open-shop.ts';
import { type SimulatedTerminal, startSimulatedTerminal } from '../../devices/terminal/simulated.ts';
import { createCounterDevices } from '../../hosts/counter-devices.ts';

let shop: OpenShop;
let terminal: SimulatedTerminal | undefined;
afterEach(async () => {
  await shop.close();
  await terminal?.close();
  terminal = undefined;
});

async function openCounter(signedIn: 'cashier' | 'manager' = 'manager') {
  const file = join(mkdtempSync(join(tmpdir(), 'pestle-desk-')), 'devices.json');
  const devices = createCounterDevices({
    file,
    fonts: 'node_modules/@expo-google-fonts',
    find: async () => [],
  });
  shop = await openShop({ signedIn, devices });
  const { chosen } = await shop.client.auth.devices.report();
  if (!chosen) throw new Error('this counter chooses its devices');
  return chosen;
}

test('a cashier sees and tries what hangs on the counter; choosing it wants a right', async () => {
  const chosen = await openCounter('cashier');
  const { devices } = shop.client.auth;
  const label = { device: 'labels', choice: chosen.labels } as const;
  expect(await devices.test(label)).toEqual({ state: 'works', reason: null, said: null });
  expect(await refusalOf(devices.choose(chosen))).toMatchObject({ code: 'MISSING_RIGHT' });
  await signIn(shop, 'manager');
  const nowhere = { ...chosen, terminal: { address: 'queue:cards' } };
  expect(await refusalOf(devices.choose(nowhere))).toMatchObject({ code: 'NO_ADDRESS', defined: true });
});

test('a terminal that owes an answer about a card is not changed for another', async () => {
  const chosen = await openCounter();
  const { auth, sales } = shop.client;
  terminal = await startSimulatedTerminal();
  const used = { ...chosen, terminal: { address: `tcp://127.0.0.1:${terminal.port}` } };
  await auth.devices.choose(used);
  const card = await sales.cards.charge({ commandId: commandId(), amountMinor: 499, holding: [] });
  expect(card).toMatchObject({ state: 'approved' });
  expect(await refusalOf(auth.devices.choose(chosen))).toMatchObject({
    code: 'CARD_UNSETTLED',
    defined: true,
  });
  expect(await auth.devices.report()).toMatchObject({ chosen: used });
  expect(terminal.booked()).toHaveLength(1);
});

test('where the host fixed the devices there is nothing to choose', async () => {
  shop = await openShop({ signedIn: 'manager' });
  const { devices } = shop.client.auth;
  expect(await devices.report()).toEqual({ chosen: null, found: [] });
  const choice = { address: 'simulated' };
  expect(await devices.test({ device: 'terminal', choice })).toMatchObject({ state: 'failed' });
});
