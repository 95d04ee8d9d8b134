import { afterEach, expect, test, vi } from 'vitest';
import { createFakeHid, reportsOf } from './fake-hid.ts';
import { createHidScanner, type HidDriver } from './hid-scanner.ts';
import { loadNodeHid } from './node-hid-driver.ts';
import type { Reader, Scanner } from './scanner.ts';

let scanner: Scanner | undefined;
afterEach(() => scanner?.stop());

function start(driver: HidDriver | null) {
  const scans: string[] = [];
  let readers: readonly Reader[] = [];
  scanner = createHidScanner({ load: async () => driver, monoMs: () => 0, lookMs: 5 });
  scanner.start({
    onScan: (id, text) => scans.push(`${id} ${text}`),
    onReaders: (now) => {
      readers = now;
    },
  });
  return { scans, readers: () => readers.map(({ readerId, fault }) => `${readerId} ${fault}`) };
}

test('a scanner is read as soon as it is plugged in, and again after it was pulled out', async () => {
  const usb = createFakeHid();
  const seen = start(usb.driver);
  usb.plug('/dev/hidraw3');
  await vi.waitFor(() => expect(seen.readers()).toEqual(['hid:/dev/hidraw3 null']));
  usb.scan('/dev/hidraw3', reportsOf(']E0', '3400936403114'));
  usb.unplug('/dev/hidraw3');
  expect(seen.readers()).toEqual([]);
  usb.plug('/dev/hidraw4');
  await vi.waitFor(() => expect(usb.isOpen('/dev/hidraw4')).toBe(true));
  usb.scan('/dev/hidraw4', reportsOf(']d2', `01${'0'.repeat(80)}`));
  expect(seen.scans).toEqual([
    'hid:/dev/hidraw3 ]E03400936403114',
    `hid:/dev/hidraw4 ]d201${'0'.repeat(80)}`,
  ]);
});

test('what is no scanner is left alone', async () => {
  const usb = createFakeHid();
  const seen = start(usb.driver);
  usb.plug('mouse', { usagePage: 1, usage: 2 });
  usb.plug('scanner');
  await vi.waitFor(() => expect(seen.readers()).toEqual(['hid:scanner null']));
  expect(usb.isOpen('mouse')).toBe(false);
});

test('why one cannot be read is said, and it is tried again', async () => {
  const usb = createFakeHid();
  const seen = start(usb.driver);
  usb.plug('a', { refuses: 'no-permission' });
  await vi.waitFor(() => expect(seen.readers()).toEqual(['hid:a no-permission']));
  usb.plug('a');
  await vi.waitFor(() => expect(seen.readers()).toEqual(['hid:a null']));
});

test('a machine without a driver says so', async () => {
  const seen = start(null);
  await vi.waitFor(() => expect(seen.readers()).toEqual(['hid: no-driver']));
});

test('this machine’s own driver lists its devices, or is null', async () => {
  const driver = await loadNodeHid();
  expect(driver === null || Array.isArray(await driver.list())).toBe(true);
  const refused = await driver?.open('/dev/hidraw-none');
  expect(refused?.ok ?? false).toBe(false);
});
