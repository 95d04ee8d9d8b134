import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readDevices, writeDevices } from './devices-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'pestle-devices-'));
const file = join(folder, 'devices.json');
afterAll(() => rmSync(folder, { recursive: true }));

const none = {
  printer: 'screen',
  profile: 'generic-80',
  fallback: null,
  fallbackProfile: 'generic-80',
  drawer: 1,
  logo: null,
} as const;

test.each([
  [null, none],
  ['{"printer":"tcp://10.0.0.9"}', { ...none, printer: 'tcp://10.0.0.9' }],
  ['{"profile":"no such"}', none],
  ['{"printer":"file:///etc/passwd","fallback":7,"drawer":9,"logo":""}', none],
  [
    '{"profile":"star-prnt-58","drawer":null}',
    { ...none, profile: 'star-prnt-58', fallbackProfile: 'star-prnt-58', drawer: null },
  ],
  ['{"printer":', none],
  ['[1]', none],
])('%s keeps the counter open', (text, devices) => {
  rmSync(file, { force: true });
  if (text !== null) writeFileSync(file, text);
  expect(readDevices(file)).toEqual(devices);
});

test('what is written is read again, and what the file says of other devices stays', () => {
  writeFileSync(file, '{"scale":"serial:/dev/ttyUSB1","printer":"screen"}');
  const chosen = {
    ...none,
    printer: 'queue:Receipts',
    fallback: 'tcp://10.0.0.9',
    drawer: 2,
    logo: 'logo.png',
  } as const;
  writeDevices(file, chosen);
  expect(readDevices(file)).toEqual(chosen);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ scale: 'serial:/dev/ttyUSB1' });
});
