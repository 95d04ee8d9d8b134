import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readDevices } from './devices-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'pestle-devices-'));
const file = join(folder, 'devices.json');
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  [null, { printer: 'screen', profile: 'generic-80' }],
  ['{"printer":"tcp://10.0.0.9"}', { printer: 'tcp://10.0.0.9', profile: 'generic-80' }],
  ['{"profile":"no such"}', { printer: 'screen', profile: 'generic-80' }],
  ['{"printer":', { printer: 'screen', profile: 'generic-80' }],
])('%s keeps the counter open', (text, devices) => {
  rmSync(file, { force: true });
  if (text !== null) writeFileSync(file, text);
  expect(readDevices(file)).toEqual(devices);
});
