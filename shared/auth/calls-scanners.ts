import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { scannerProfile } from './scanner-profile.ts';

/**
 * Why a scanner cannot be read. `no-driver`: this machine cannot load it; `no-permission`: the system keeps the device
 * from the till; `busy`: another program has it; `gone`: it is not plugged in; `unreadable`: it speaks something else.
 */
const scannerFaults = ['no-driver', 'no-permission', 'busy', 'gone', 'unreadable'] as const;
export type ScannerFault = (typeof scannerFaults)[number];

/** A scanner that the till reads itself, by USB (HID POS) or over a serial line. */
const scannerReader = z.object({
  /** `hid:` or `serial:` and the path the system gives it. */
  readerId: z.string(),
  kind: z.enum(['hid', 'serial']),
  name: z.string(),
  fault: z.enum(scannerFaults).nullable(),
  /** What was learnt of it; null until then. */
  profile: scannerProfile.nullable(),
});
export type ScannerReader = z.infer<typeof scannerReader>;

/** The scanners of this counter. */
export const scannersView = z.object({
  /** Of those that type; null until one was set up. */
  wedge: scannerProfile.nullable(),
  readers: z.array(scannerReader),
});
export type ScannersView = z.infer<typeof scannersView>;

/** A code that a scanner sent to the till itself; the first one of a stream has none and says from where it goes on. */
const readerScan = z.object({
  seq: z.int(),
  /** `sent` is as it came; `text` is what the symbol holds, by what was learnt of the scanner. */
  scan: z.object({ readerId: z.string(), text: z.string(), sent: z.string() }).nullable(),
});
export type ReaderScan = z.infer<typeof readerScan>;

/** A reader, or the scanners that type. */
const scannerId = z.string().max(300);

/** Everyone at the till may set up its scanners: one that is misread keeps the shop from selling. */
export const scannerTillCalls = {
  scanners: oc.output(eventIterator(scannersView)),
  /**
   * Codes from the till's own readers, to the one who asked last. With `after`, the `seq` of the last one seen, those
   * that came in between follow first, if they are not older than five seconds.
   */
  scans: oc.input(z.object({ after: z.int().nullable() })).output(eventIterator(readerScan)),
  /** Keeps how a scanner sends its codes; null forgets it. */
  learn: oc
    .input(z.object({ scannerId, profile: scannerProfile.nullable() }))
    .output(z.object({}))
    .errors({ NO_SUCH_SCANNER: {} }),
  /** The serial lines of this machine; empty where they cannot be listed. */
  serialPorts: oc.output(z.array(z.object({ path: z.string(), name: z.string() }))),
  /** Reads a scanner on a serial line from now on; without `baud` no longer. */
  readSerial: oc
    .input(z.object({ path: z.string().min(1).max(260), baud: z.int().min(300).max(921_600).nullable() }))
    .output(z.object({})),
};
