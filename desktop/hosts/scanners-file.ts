import { z } from 'zod';
import { scannerProfile } from '#shared/auth/scanner-profile.ts';
import { readIfThere, writeDurably } from './durable-file.ts';

const settingsSchema = z.object({
  wedge: scannerProfile.nullable().default(null),
  serial: z.array(z.object({ path: z.string(), baud: z.int() })).default([]),
  /** Of readers, by what stays the same of them. */
  profiles: z.record(z.string(), scannerProfile).default({}),
});

/** What was learnt of this counter's scanners, and the serial lines that have one. */
export type ScannerSettings = z.infer<typeof settingsSchema>;

/** Reads `scanners` of devices.json. What cannot be read is as if nobody had set anything up. */
export function readScannerSettings(file: string): ScannerSettings {
  const read = settingsSchema.safeParse(fileOf(file).scanners ?? {});
  return read.success ? read.data : settingsSchema.parse({});
}

/** Replaces `scanners` of devices.json; what else stands there stays. Durable when it returns. */
export function keepScannerSettings(file: string, scanners: ScannerSettings): void {
  writeDurably(file, `${JSON.stringify({ ...fileOf(file), scanners }, null, 2)}\n`);
}

function fileOf(file: string): Readonly<Record<string, unknown>> {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(readIfThere(file) ?? '{}'));
  } catch {
    return {}; // a slip of the pen in this file must not keep a counter closed
  }
}
