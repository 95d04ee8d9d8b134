import { z } from 'zod';
import { type PrinterProfileId, printerProfiles } from '../devices/escpos/profiles.ts';
import { readIfThere } from './durable-file.ts';

/** What hangs on this counter: belongs to the place, not to the replica, and so lies beside the database. */
export type Devices = {
  /** `screen`, or `tcp://host[:9100]`. */
  readonly printer: string;
  readonly profile: PrinterProfileId;
};

const without: Devices = { printer: 'screen', profile: 'generic-80' };

/** Reads devices.json, `{"printer":"tcp://10.0.0.9","profile":"generic-80"}`. What it does not say is `screen`. */
export function readDevices(file: string): Devices {
  const { printer = without.printer, profile } = parsed(readIfThere(file) ?? '{}');
  return { printer, profile: profileOf(profile) ?? without.profile };
}

const fileSchema = z.object({ printer: z.string().optional(), profile: z.string().optional() });

function parsed(text: string): z.infer<typeof fileSchema> {
  try {
    return fileSchema.parse(JSON.parse(text));
  } catch {
    return {}; // a slip of the pen in this file must not keep a counter closed
  }
}

function profileOf(name: string | undefined): PrinterProfileId | undefined {
  return Object.keys(printerProfiles).find((id): id is PrinterProfileId => id === name);
}
