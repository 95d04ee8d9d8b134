import { expect, test } from 'vitest';
import { asFirst, asSecond, printerRows, typedAddress } from './printer-rows.ts';

const chosen = {
  printer: 'tcp://10.0.0.9',
  profile: 'epson-tm-t20',
  fallback: 'queue:Receipts',
  fallbackProfile: 'star-prnt-80',
  drawer: 1,
} as const;
const report = {
  chosen,
  found: [
    { address: 'usb:/dev/usb/lp0', kind: 'usb' },
    { address: 'queue:Receipts', kind: 'queue' },
  ],
  profiles: [],
  fiscal: null,
} as const;
const rows = () =>
  printerRows(structuredClone(report) as never, {
    typed: ['tcp://10.0.0.7'],
    profiles: { screen: 'generic-58' },
  });

test('every printer stands there once, those in use first, under the name that people know', () => {
  expect(rows().map(({ name, role, profile }) => [name, role, profile])).toEqual([
    ['10.0.0.9', 'first', 'epson-tm-t20'],
    ['Receipts', 'second', 'star-prnt-80'],
    ['lp0', null, 'epson-tm-t20'],
    ['10.0.0.7', null, 'epson-tm-t20'],
    ['screen', null, 'generic-58'],
  ]);
});

test('the second put first leaves no second; the second chosen again is none', () => {
  const [, second, usb] = rows();
  if (!second || !usb) throw new Error('rows are missing');
  expect(asFirst(chosen, second)).toMatchObject({
    printer: 'queue:Receipts',
    profile: 'star-prnt-80',
    fallback: null,
  });
  expect(asFirst(chosen, usb)).toMatchObject({ printer: 'usb:/dev/usb/lp0', fallback: 'queue:Receipts' });
  expect(asSecond(chosen, second)).toMatchObject({ printer: 'tcp://10.0.0.9', fallback: null });
});

test.each([
  ['10.0.0.9', 'tcp://10.0.0.9'],
  [' printer.shop:9101 ', 'tcp://printer.shop:9101'],
  ['serial:COM3?baud=9600', 'serial:COM3?baud=9600'],
])('typed %s is %s', (text, address) => expect(typedAddress(text)).toBe(address));
