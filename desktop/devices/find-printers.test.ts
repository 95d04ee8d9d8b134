import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { printerProfiles } from './escpos/profiles.ts';
import { findPrinters } from './find-printers.ts';
import { openPrinter } from './open-printer.ts';
import { printerPlace } from './printer-address.ts';

const dev = mkdtempSync(join(tmpdir(), 'pestle-dev-'));
afterAll(() => rmSync(dev, { recursive: true }));

test('what Linux shows of USB printers and serial ports is found; a machine with none has none', async () => {
  expect((await findPrinters({ platform: 'linux', dev })).filter(({ kind }) => kind !== 'queue')).toEqual([]);
  mkdirSync(join(dev, 'usb'));
  for (const name of ['usb/lp1', 'usb/lp0', 'usb/hiddev0', 'ttyUSB0', 'ttyS0'])
    writeFileSync(join(dev, name), '');
  const found = await findPrinters({ platform: 'linux', dev });
  expect(found.filter(({ kind }) => kind !== 'queue').map(({ address }) => address)).toEqual([
    `usb:${dev}/usb/lp0`,
    `usb:${dev}/usb/lp1`,
    `serial:${dev}/ttyUSB0`,
  ]);
  mkdirSync(join(dev, 'serial/by-id'), { recursive: true });
  writeFileSync(join(dev, 'serial/by-id/usb-Star_TSP650-if00'), '');
  expect((await findPrinters({ platform: 'linux', dev })).map(({ address }) => address)).toContain(
    `serial:${dev}/serial/by-id/usb-Star_TSP650-if00`,
  );
});

test.each([
  ['screen', { kind: 'screen' }],
  ['tcp://10.0.0.9', { kind: 'tcp', host: '10.0.0.9', port: 9100 }],
  ['tcp://printer.shop:9101', { kind: 'tcp', host: 'printer.shop', port: 9101 }],
  ['tcp://[fe80::1]', { kind: 'tcp', host: 'fe80::1', port: 9100 }],
  ['usb:/dev/usb/lp0', { kind: 'usb', path: '/dev/usb/lp0' }],
  ['serial:/dev/ttyUSB0', { kind: 'serial', path: '/dev/ttyUSB0', baudRate: 19_200 }],
  ['serial:COM3?baud=9600', { kind: 'serial', path: 'COM3', baudRate: 9600 }],
  ['queue:Receipts & more', { kind: 'queue', queue: 'Receipts & more' }],
])('%s is a place', (address, place) => expect(printerPlace(address)).toEqual(place));

test.each([
  '',
  'tcp://',
  'usb:/home/me/letter.txt',
  'serial:ttyUSB0',
  'serial:/dev/ttyS0?baud=x',
  'queue:',
  'lpt1',
  'http://10.0.0.9',
])('"%s" is none, and says so at every job', async (address) => {
  expect(printerPlace(address)).toBeUndefined();
  const printer = openPrinter(address, printerProfiles['generic-80']);
  expect(await printer.print(Buffer.from('x'))).toEqual({ code: 'no-driver' });
  expect(await printer.status()).toEqual({ code: 'no-driver' });
});
