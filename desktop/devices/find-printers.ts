import { readdir } from 'node:fs/promises';
import { listQueues } from './queue-printer.ts';

/** A place where a printer may hang, as an address that openPrinter takes. */
export type FoundPrinter = { readonly address: string; readonly kind: 'usb' | 'queue' | 'serial' };

export type FindOptions = { readonly platform?: NodeJS.Platform; readonly dev?: string };

/**
 * Printers that this machine can see: USB ones that Linux shows as files, the queues of CUPS, and serial ports (which
 * do not say what hangs on them). Printers on the network have to be named: nothing here goes through other people's
 * addresses.
 */
export async function findPrinters({
  platform = process.platform,
  dev = '/dev',
}: FindOptions = {}): Promise<readonly FoundPrinter[]> {
  const [usb, queues, serial] = await Promise.all([
    platform === 'linux' ? namesIn(`${dev}/usb`, /^lp\d+$/) : [],
    platform === 'win32' ? [] : listQueues(),
    platform === 'linux' ? linuxPorts(dev) : driverPorts(),
  ]);
  return [
    ...usb.map((path) => ({ address: `usb:${path}`, kind: 'usb' }) as const),
    ...queues.map((queue) => ({ address: `queue:${queue}`, kind: 'queue' }) as const),
    ...serial.map((path) => ({ address: `serial:${path}`, kind: 'serial' }) as const),
  ];
}

/** By the name that stays the same wherever it is plugged in, where the system gives one. */
async function linuxPorts(dev: string): Promise<readonly string[]> {
  const byId = await namesIn(`${dev}/serial/by-id`, /./);
  return byId.length > 0 ? byId : namesIn(dev, /^tty(USB|ACM)\d+$/);
}

/** The driver's list wants udevadm under Linux, and is right everywhere else. */
async function driverPorts(): Promise<readonly string[]> {
  try {
    const { SerialPort } = await import('serialport');
    return (await SerialPort.list()).map(({ path }) => path);
  } catch {
    return [];
  }
}

async function namesIn(folder: string, wanted: RegExp): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => wanted.test(name))
    .toSorted()
    .map((name) => `${folder}/${name}`);
}
