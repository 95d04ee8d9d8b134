import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { shelfLabel } from '#shared/catalog/label-defaults.ts';
import { layoutLabel } from '#shared/catalog/label-layout.ts';
import { parseLabelTemplate } from '#shared/catalog/label-template.ts';
import { startScaleSimulator } from '../devices/scale/scale-simulator.ts';
import { createCounterDevices } from './counter-devices.ts';

const file = join(mkdtempSync(join(tmpdir(), 'pestle-devices-')), 'devices.json');
const fonts = 'node_modules/@expo-google-fonts';

test('a counter of which nothing is said has labels on the screen, papers, and no more', async () => {
  for (const text of ['{}', '[', '{"scale":{"address":7},"display":"x","labelPrinter":null}']) {
    writeFileSync(file, text);
    const devices = createCounterDevices({ file, fonts });
    expect(Object.keys(devices)).toEqual(['labels', 'papers']);
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
