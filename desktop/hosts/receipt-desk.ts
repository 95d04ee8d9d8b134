import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { ChosenPrinters } from '#shared/auth/calls-printers.ts';
import type { ReceiptDoc } from '#shared/sales/receipt.ts';
import { type PrinterProfileId, printerProfileIds, printerProfiles } from '../devices/escpos/profiles.ts';
import { findPrinters } from '../devices/find-printers.ts';
import type { PrinterStatus } from '../devices/printer.ts';
import { printerPlace } from '../devices/printer-address.ts';
import type { PrinterSetup, ReceiptPrinter } from '../till/ports.ts';
import { type Devices, readDevices, writeDevices } from './devices-file.ts';
import { createReceiptPrinters, type ReceiptPrinterOptions, toOutcome } from './receipt-printer.ts';

export type ReceiptDeskOptions = Pick<ReceiptPrinterOptions, 'fonts' | 'open'> & {
  /** devices.json; it need not be there. */
  readonly file: string;
  /** What the command line says instead of the file, until somebody chooses. */
  readonly given?: Partial<Devices>;
  readonly find?: typeof findPrinters;
};

/** The receipt printers of a counter that can be chosen anew while it is open: the next job goes to the new one. */
export function createReceiptDesk({
  file,
  fonts,
  open,
  given = {},
  find = findPrinters,
}: ReceiptDeskOptions): ReceiptPrinter {
  let devices: Devices = { ...readDevices(file), ...given };
  const made = () => createReceiptPrinters({ devices, fonts, open, logo: logoOf(devices, file) });
  let now = made();
  const setup: PrinterSetup = {
    chosen: () => chosenOf(devices),
    profiles: printerProfileIds.map((id) => ({ id, name: printerProfiles[id].name })),
    find: () => find(),
    choose(chosen) {
      const next = devicesOf(chosen, devices);
      if (!next) return false;
      writeDevices(file, next);
      devices = next;
      now = made();
      return true;
    },
    status: async (address, profile) =>
      statusOf(await now.at(address, knownProfile(profile)).printer.status()),
    test: async (address, profile, doc) =>
      toOutcome(await now.at(address, knownProfile(profile)).printDoc(doc)),
  };
  return {
    get name() {
      return now.name;
    },
    get secondName() {
      return now.secondName;
    },
    print: (doc: ReceiptDoc) => now.print(doc),
    openDrawer: () => now.openDrawer(),
    preview: (doc: ReceiptDoc) => now.preview(doc),
    file: (doc, wish) => now.file(doc, wish),
    setup,
  };
}

const chosenOf = ({ printer, profile, fallback, fallbackProfile, drawer }: Devices): ChosenPrinters => ({
  printer,
  profile,
  fallback,
  fallbackProfile,
  drawer,
});

/** Undefined where an address is none. */
function devicesOf(chosen: ChosenPrinters, before: Devices): Devices | undefined {
  const { printer, fallback, drawer } = chosen;
  if (!printerPlace(printer) || (fallback !== null && !printerPlace(fallback))) return undefined;
  const profile = knownProfile(chosen.profile);
  const fallbackProfile = knownProfile(chosen.fallbackProfile);
  return { ...before, printer, profile, fallback, fallbackProfile, drawer };
}

const knownProfile = (name: string): PrinterProfileId =>
  printerProfileIds.find((id) => id === name) ?? 'generic-80';

function statusOf(status: PrinterStatus) {
  if (status.code === 'ready')
    return { ready: true, reason: null, answers: status.answers, paperLow: status.paperLow };
  return { ready: false, reason: status.code, answers: true, paperLow: false };
}

/** A logo that cannot be read leaves its place empty: receipts matter more. */
function logoOf({ logo }: Devices, file: string): Uint8Array | undefined {
  if (logo === null) return undefined;
  try {
    return readFileSync(resolve(dirname(file), logo));
  } catch {
    return undefined;
  }
}
