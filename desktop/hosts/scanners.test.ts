import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import type { ScannerProfile } from '#shared/auth/scanner-profile.ts';
import { ok } from '#shared/kernel/result.ts';
import { createFakeHid, reportsOf } from '../devices/scanner/fake-hid.ts';
import { createHidScanner } from '../devices/scanner/hid-scanner.ts';
import { createSerialScanner } from '../devices/scanner/serial-scanner.ts';
import { type CounterScanners, createCounterScanners } from './scanners.ts';

const profile: ScannerProfile = {
  ...{ layout: 'as-typed', prefix: '*', aim: true, inner: '', suffix: '', end: 'Enter' },
  ...{ separator: 'raw', separatorText: '' },
};
const usb = createFakeHid();
usb.plug('/dev/hidraw1', { name: 'Fake 1900' });
const newFile = () => join(mkdtempSync(join(tmpdir(), 'pestle-scanners-')), 'devices.json');

let open: CounterScanners | undefined;
afterEach(() => open?.stop());

/** The scanners of a counter whose serial line says `hear` when it is opened. */
async function start(file: string, hear = '') {
  const hid = createHidScanner({ load: async () => usb.driver, monoMs: () => 0 });
  const serial = createSerialScanner(async () =>
    ok({
      onBytes: (listener) => void setImmediate(() => listener(Buffer.from(hear))),
      onLost: () => {},
      close: async () => {},
    }),
  );
  open = createCounterScanners({ file, hid, serial, serialPorts: async () => [] });
  open.start();
  const { view } = open;
  await vi.waitFor(() => expect(view().readers.some(({ kind }) => kind === 'hid')).toBe(true));
  return open;
}

test('what was learnt is kept beside the rest of the file, and read again at the next start', async () => {
  const file = newFile();
  writeFileSync(file, '{"printer":"tcp://10.0.0.9"}');
  const first = await start(file);
  expect(first.learn('wedge', profile)).toEqual({ ok: true, value: {} });
  first.learn('hid:/dev/hidraw1', profile);
  first.readSerial('/dev/ttyS9', 9600);
  await first.stop();
  expect(JSON.parse(readFileSync(file, 'utf8')).printer).toBe('tcp://10.0.0.9');
  const again = await start(file);
  await vi.waitFor(() => expect(again.view().readers).toHaveLength(2));
  expect(again.view()).toMatchObject({
    wedge: profile,
    readers: [
      { name: 'Fake 1900', profile },
      { readerId: 'serial:/dev/ttyS9', profile: null },
    ],
  });
  again.readSerial('/dev/ttyS9', null);
  again.learn('wedge', null);
  await vi.waitFor(() => expect(again.view()).toMatchObject({ wedge: null, readers: [{ kind: 'hid' }] }));
});

test('a reader’s codes come as the symbol holds them, and as they were sent', async () => {
  const scanners = await start(newFile(), '*]E03400936403114\r');
  const end = new AbortController();
  const stream = scanners.scans(null, end.signal);
  await stream.next();
  usb.scan('/dev/hidraw1', reportsOf(']d2', '*0103400936403114'));
  expect((await stream.next()).value?.scan?.text).toBe(']d2*0103400936403114');
  scanners.readSerial('/dev/ttyS9', 9600);
  await vi.waitFor(() => expect(scanners.view().readers).toHaveLength(2));
  expect((await stream.next()).value?.scan).toEqual({
    ...{ readerId: 'serial:/dev/ttyS9', sent: '*]E03400936403114', text: '*]E03400936403114' },
  });
  scanners.learn('serial:/dev/ttyS9', profile);
  scanners.readSerial('/dev/ttyS9', 115_200);
  expect((await stream.next()).value?.scan?.text).toBe(']E03400936403114');
  end.abort();
});

test('one that is not there cannot be taught', async () => {
  const scanners = await start(newFile());
  expect(scanners.learn('hid:/dev/none', profile)).toEqual({ ok: false, error: { code: 'NO_SUCH_SCANNER' } });
});

test('a file that somebody broke leaves the counter without what was learnt', async () => {
  const file = newFile();
  writeFileSync(file, '{"scanners":{"wedge":{"layout":"dvorak"}}');
  expect((await start(file)).view().wedge).toBeNull();
});
