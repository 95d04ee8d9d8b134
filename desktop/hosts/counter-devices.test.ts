import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { shelfLabel } from '#shared/catalog/label-defaults.ts';
import { layoutLabel } from '#shared/catalog/label-layout.ts';
import { parseLabelTemplate } from '#shared/catalog/label-template.ts';
import { startScaleSimulator } from '../devices/scale/scale-simulator.ts';
import { startSimulatedTerminal } from '../devices/terminal/simulated.ts';
import { createCounterDevices } from './counter-devices.ts';

const file = join(mkdtempSync(join(tmpdir(), 'pestle-devices-')), 'devices.json');
const fonts = 'node_modules/@expo-google-fonts';

test('a counter of which nothing is said has labels on the screen, papers, and no more', async () => {
  for (const text of ['{}', '[', '{"scale":{"address":7},"display":"x","labelPrinter":null}']) {
    writeFileSync(file, text);
    const devices = createCounterDevices({ file, fonts });
    expect(Object.keys(devices)).toEqual(['labels', 'papers', 'setup']);
    expect(devices.labels).toMatchObject({ name: 'screen', dotsPerMm: 8 });
  }
  const { labels } = createCounterDevices({ file, fonts });
  const template = parseLabelTemplate(shelfLabel);
  const said = { name: 'n', pack: 'p', price: '1', unitPrice: '', code: 'A1', batch: '', expiry: '' };
  const layout = template.ok && layoutLabel(template.value, said, 8);
  if (layout === false || !layout.ok) throw new Error('the label Pestle brings can be laid out');
  expect(await labels.print([{ layout: layout.value, copies: 1 }])).toEqual({ state: 'printed' });
});

test('a scale behind a serial box is asked in its protocol; what is no line is no device', async () => {
  const simulator = await startScaleSimulator('toledo');
  simulator.put({ amount: 250, decimals: 2, unit: 'lb' });
  const scale = { address: `tcp://127.0.0.1:${simulator.port}`, protocol: 'toledo-8217', unit: 'lb' };
  writeFileSync(file, JSON.stringify({ printer: 'screen', scale, display: { address: 'queue:pole' } }));
  const devices = createCounterDevices({ file, fonts });
  expect(await devices.scale?.weigh()).toEqual({
    ...{ code: 'weighed', weight: { amount: 250, decimals: 2, unit: 'lb' } },
  });
  expect(devices.display).toBeUndefined();
  await simulator.close();
});

test('a simulated scale moves at first, then stands still, and has something else on it each time', async () => {
  writeFileSync(file, '{}');
  const { setup } = createCounterDevices({ file, fonts });
  expect(setup.choose({ ...setup.chosen(), scale: nciScale('simulated') })).toBe(true);
  const { scale } = createCounterDevices({ file, fonts });
  const weighings = [];
  for (let i = 0; i < 4; i += 1) weighings.push(await scale?.weigh());
  expect(weighings).toMatchObject([
    { code: 'in-motion' },
    { code: 'weighed', weight: { amount: 250, decimals: 3, unit: 'kg' } },
    { code: 'in-motion' },
    { code: 'weighed', weight: { amount: 125 } },
  ]);
});

const nciScale = (address: string) => ({ address, protocol: 'nci', unit: 'kg', checkParity: false }) as const;

test('another choice is in use at once and after a restart, beside what the file says of printers', async () => {
  const simulator = await startScaleSimulator('nci');
  simulator.put({ amount: 1255, decimals: 3, unit: 'kg' });
  writeFileSync(file, JSON.stringify({ printer: 'tcp://10.0.0.9' }));
  const { setup } = createCounterDevices({ file, fonts });
  expect(setup.chosen()).toMatchObject({ scale: null, display: null, customerWindow: null });
  const scale = nciScale(`tcp://127.0.0.1:${simulator.port}`);
  expect(setup.choose({ ...setup.chosen(), scale: { ...scale, address: 'queue:scale' } })).toBe(false);
  expect(setup.choose({ ...setup.chosen(), terminal: { address: 'usb:/dev/usb/lp0' } })).toBe(false);
  expect(setup.choose({ ...setup.chosen(), scale, terminal: { address: 'simulated' } })).toBe(true);
  for (const { scale: used, terminal } of [setup.now(), createCounterDevices({ file, fonts })]) {
    expect(await used?.weigh()).toMatchObject({ code: 'weighed', weight: { amount: 1255 } });
    expect(terminal?.name).toBe('simulated');
  }
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ printer: 'tcp://10.0.0.9', scale });
  await simulator.close();
});

test('a trial says what a device says, or the true reason why it does not', async () => {
  const { setup } = createCounterDevices({ file, fonts });
  const simulator = await startScaleSimulator('nci');
  simulator.put({ amount: 1255, decimals: 3, unit: 'kg' });
  const address = `tcp://127.0.0.1:${simulator.port}`;
  const scale = nciScale(address);
  const label = { width: 400, height: 240, direction: 'ltr', items: [] } as const;
  expect(await setup.test({ device: 'scale', choice: scale }, label)).toEqual({
    ...{ state: 'works', reason: null, said: '1.255 kg' },
  });
  const other = { ...scale, protocol: 'toledo-8217' } as const;
  expect(await setup.test({ device: 'scale', choice: other }, label)).toMatchObject({ state: 'failed' });
  await simulator.close();
  expect(await setup.test({ device: 'scale', choice: scale }, label)).toMatchObject({ reason: 'refused' });
  const display = { address, model: 'epson', page: 'cp858', size: '2x20' } as const;
  expect(await setup.test({ device: 'display', choice: display }, label)).toMatchObject({
    reason: 'refused',
  });
  const terminal = await startSimulatedTerminal();
  const choice = { address: `tcp://127.0.0.1:${terminal.port}` };
  expect(await setup.test({ device: 'terminal', choice }, label)).toMatchObject({ state: 'works' });
  expect(terminal.booked()).toEqual([]);
  await terminal.close();
  expect(await setup.test({ device: 'terminal', choice }, label)).toMatchObject({ reason: 'refused' });
});
