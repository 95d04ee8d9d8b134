import { expect, test } from 'vitest';
import type { ChosenDevices } from '#shared/auth/calls-devices.ts';
import { baudOf, deviceRows, draftOf, isInUse, withBaud, withDraft } from './device-rows.ts';

const chosen: ChosenDevices = {
  labels: { address: 'tcp://10.0.0.8', language: 'zpl', dotsPerMm: 8 },
  scale: { address: 'serial:/dev/ttyUSB0?baud=4800', protocol: 'nci', unit: 'kg', checkParity: false },
  ...{ display: null, terminal: { address: 'manual' }, customerWindow: null },
};
const found = [
  { address: 'usb:/dev/usb/lp0', kind: 'usb' },
  { address: 'serial:/dev/ttyUSB0', kind: 'serial' },
  { address: 'serial:/dev/ttyUSB1', kind: 'serial' },
] as const;
const report = { chosen, found: [...found] };
const placesOf = (part: Parameters<typeof deviceRows>[1], typed: readonly string[] = []) =>
  deviceRows(report, part, typed).map(({ address, inUse }) => (inUse ? `${address} *` : address));

test('a place stands once, what is in use first; lines are offered to what hangs on a line', () => {
  expect(placesOf('scale')).toEqual([
    ...['serial:/dev/ttyUSB0?baud=4800 *', '', 'simulated', 'serial:/dev/ttyUSB1'],
  ]);
  expect(placesOf('display', ['tcp://10.0.0.7:9000'])).toEqual([
    ...[' *', 'serial:/dev/ttyUSB0', 'serial:/dev/ttyUSB1', 'tcp://10.0.0.7:9000'],
  ]);
  expect(placesOf('labels')).toEqual([
    ...['tcp://10.0.0.8 *', 'screen', 'usb:/dev/usb/lp0', 'serial:/dev/ttyUSB0', 'serial:/dev/ttyUSB1'],
  ]);
  expect(placesOf('terminal')).toEqual(['manual *', 'simulated']);
  expect(deviceRows({ chosen: null, found: [] }, 'scale', [])).toEqual([]);
});

test('what is drafted is in use only once it is chosen; no address takes the device away', () => {
  const draft = draftOf(chosen);
  for (const part of ['labels', 'scale', 'display', 'terminal'] as const) {
    expect(isInUse(chosen, part, draft)).toBe(true);
    expect(withDraft(chosen, part, draft)).toEqual(chosen);
  }
  const faster = { ...draft, scale: { ...draft.scale, address: withBaud(draft.scale.address, '9600') } };
  expect(isInUse(chosen, 'scale', faster)).toBe(false);
  expect(isInUse(withDraft(chosen, 'scale', faster), 'scale', faster)).toBe(true);
  const gone = { ...draft, scale: { ...draft.scale, address: '' } };
  expect(withDraft(chosen, 'scale', gone)).toEqual({ ...chosen, scale: null });
});

test('the speed of a line stands in its address', () => {
  expect(baudOf('serial:/dev/ttyUSB0?baud=4800')).toBe('4800');
  expect(baudOf('serial:/dev/ttyUSB0')).toBe('');
  expect(withBaud('serial:/dev/ttyUSB0?baud=4800', '')).toBe('serial:/dev/ttyUSB0');
});
