import { constants, readFileSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { basename } from 'node:path';
import { err, ok } from '#shared/kernel/result.ts';
import type { HidDriver, HidHandle } from './hid-scanner.ts';

/** node-hid, or null where its library cannot be loaded (Linux: libudev) or the system shows no devices. */
export async function loadNodeHid(): Promise<HidDriver | null> {
  try {
    const hid = await import('node-hid');
    await hid.devicesAsync();
    return {
      list: async () =>
        (await hid.devicesAsync()).flatMap(({ path, product, manufacturer, usagePage = 0, usage = 0 }) => {
          const name = [manufacturer, product].filter(Boolean).join(' ');
          return path === undefined ? [] : [{ path, name, usagePage, usage }];
        }),
      open: async (path) => {
        // node-hid says only that it could not; whether it was allowed to is the system's to say.
        if (process.platform === 'linux' && !(await mayUse(path))) return err('no-permission');
        try {
          return ok(handleOf(await hid.HIDAsync.open(path)));
        } catch {
          return err('busy');
        }
      },
      descriptor,
    };
  } catch {
    return null;
  }
}

type OpenDevice = Awaited<ReturnType<typeof import('node-hid')['HIDAsync']['open']>>;

const handleOf = (device: OpenDevice): HidHandle => ({
  onReport: (listener) => void device.on('data', listener),
  onLost: (listener) => void device.on('error', listener),
  close: () => device.close().catch(() => {}), // unplugged: there is nothing left to close
});

/** False as well when it has gone in between, and is then not listed the next time. */
const mayUse = (path: string) =>
  access(path, constants.R_OK | constants.W_OK).then(
    () => true,
    () => false,
  );

/** Linux shows it beside the raw device; nowhere else can it be had. */
function descriptor(path: string): Uint8Array | null {
  try {
    return readFileSync(`/sys/class/hidraw/${basename(path)}/device/report_descriptor`);
  } catch {
    return null;
  }
}
