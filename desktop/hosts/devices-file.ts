import { z } from 'zod';
import { type PrinterProfileId, printerProfileIds } from '../devices/escpos/profiles.ts';
import { printerPlace } from '../devices/printer-address.ts';
import { readIfThere, writeDurably } from './durable-file.ts';

/** What hangs on this counter: belongs to the place, not to the replica, and so lies beside the database. */
export type Devices = {
  /** `screen`, or an address of devices/printer-address.ts: `tcp://host[:9100]`, `usb:…`, `serial:…`, `queue:…`. */
  readonly printer: string;
  readonly profile: PrinterProfileId;
  /** Prints what the first certainly did not. */
  readonly fallback: string | null;
  readonly fallbackProfile: PrinterProfileId;
  /** The connector of the first printer that the cash drawer hangs on; null where there is no drawer. */
  readonly drawer: 1 | 2 | null;
  /** A PNG or JPEG that stands on top of receipts; a plain name is looked for beside this file. */
  readonly logo: string | null;
};

const without: Devices = {
  printer: 'screen',
  profile: 'generic-80',
  fallback: null,
  fallbackProfile: 'generic-80',
  drawer: 1,
  logo: null,
};

/** Reads devices.json, `{"printer":"tcp://10.0.0.9","profile":"generic-80"}`. What it does not say is as in `without`. */
export function readDevices(file: string): Devices {
  const { printer, profile, fallback, fallbackProfile, drawer, logo } = parsed(file);
  return {
    printer: placeOf(printer) ?? without.printer,
    profile: profileOf(profile) ?? without.profile,
    fallback: placeOf(fallback) ?? null,
    fallbackProfile: profileOf(fallbackProfile) ?? profileOf(profile) ?? without.fallbackProfile,
    drawer: drawer === null || drawer === 1 || drawer === 2 ? drawer : without.drawer,
    logo: typeof logo === 'string' && logo !== '' ? logo : null,
  };
}

/** Replaces what is said of the receipt printers, and leaves what the file says of other devices. Durable. */
export function writeDevices(file: string, devices: Devices): void {
  keepInDevices(file, devices);
}

/** Puts a part into devices.json beside what others keep there. Durable. */
export function keepInDevices(file: string, part: Readonly<Record<string, unknown>>): void {
  writeDurably(file, `${JSON.stringify({ ...parsed(file), ...part }, null, 2)}\n`);
}

const fileSchema = z.record(z.string(), z.unknown());

function parsed(file: string): z.infer<typeof fileSchema> {
  try {
    return fileSchema.parse(JSON.parse(readIfThere(file) ?? '{}'));
  } catch {
    return {}; // a slip of the pen in this file must not keep a counter closed
  }
}

const placeOf = (address: unknown): string | undefined =>
  typeof address === 'string' && printerPlace(address) ? address : undefined;

function profileOf(name: unknown): PrinterProfileId | undefined {
  return printerProfileIds.find((id) => id === name);
}
