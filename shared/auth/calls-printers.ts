import { oc } from '@orpc/contract';
import { z } from 'zod';
import { permissions } from './permissions.ts';

const commandId = z.uuid();
const signedIn = { NOT_ENROLLED: {}, NOT_SIGNED_IN: {} } as const;
const rights = {
  ...signedIn,
  MISSING_RIGHT: { data: z.object({ permission: z.enum(permissions) }) },
  STORAGE: { data: z.object({ reason: z.enum(['disk-full', 'io']) }) },
} as const;

/** Where a printer is: `screen`, `tcp://host[:9100]`, `usb:/dev/usb/lp0`, `serial:/dev/ttyUSB0?baud=9600`, `queue:NAME`. */
const address = z.string().trim().min(1).max(300);
const profile = z.string().max(60);

/** The receipt printers of this counter, as devices.json keeps them. */
const chosenPrinters = z.object({
  printer: address,
  profile,
  /** Prints what the first certainly did not. */
  fallback: address.nullable(),
  fallbackProfile: profile,
  /** The connector of the first printer that the drawer hangs on. */
  drawer: z.union([z.literal(1), z.literal(2)]).nullable(),
});
export type ChosenPrinters = z.infer<typeof chosenPrinters>;

const foundPrinter = z.object({ address: z.string(), kind: z.enum(['usb', 'queue', 'serial']) });
export type FoundPrinter = z.infer<typeof foundPrinter>;

/** How a printer is now. One that never answers is ready as far as anybody knows. */
const printerCondition = z.object({
  ready: z.boolean(),
  /** A code of devices/printer.ts (`paper-out`, `no-permission`); null when it is ready. */
  reason: z.string().nullable(),
  answers: z.boolean(),
  paperLow: z.boolean(),
});
export type PrinterCondition = z.infer<typeof printerCondition>;

/** What came of a test: nothing came out where it failed; `unknown` wants a look at the paper. */
const tried = z.object({ state: z.enum(['printed', 'failed', 'unknown']), reason: z.string().nullable() });
export type Tried = z.infer<typeof tried>;

/** The fiscal device of this counter: documents it has not signed yet, and why not where it failed. */
const fiscalView = z.object({
  name: z.string(),
  waiting: z.int(),
  trouble: z.enum(['offline', 'no-answer', 'bad-answer', 'refused']).nullable(),
});
export type FiscalView = z.infer<typeof fiscalView>;

const printersReport = z.object({
  /** Null where the till's own chain signs. */
  fiscal: fiscalView.nullable(),
  /** Null where this till's printer cannot be chosen here. */
  chosen: chosenPrinters.nullable(),
  found: z.array(foundPrinter),
  profiles: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type PrintersReport = z.infer<typeof printersReport>;

const place = z.object({ address, profile });

/** The receipt printers of this counter: what hangs on it, which are used, and what became of jobs that went wrong. */
export const printerCalls = {
  report: oc.output(printersReport).errors(signedIn),
  status: oc.input(place).output(printerCondition).errors(signedIn),
  /** Takes effect with the next job. */
  choose: oc
    .input(chosenPrinters)
    .output(z.object({}))
    .errors({ ...rights, NO_ADDRESS: {}, FIXED: {} }),
  testPrint: oc.input(place).output(tried).errors(signedIn),
  /** Opens the drawer to see whether it does; audited like every opening without a sale. */
  testDrawer: oc.input(z.object({ commandId })).output(tried).errors(rights),
  /** Prints a job that certainly left no paper, or that a person says left none: still the first print, without a pulse. */
  printAgain: oc
    .input(z.object({ jobId: z.string() }))
    .output(z.object({}))
    .errors({ ...rights, NOT_FOUND: {} }),
  /** A person has seen the paper of a job whose fate was unknown. */
  cameOut: oc
    .input(z.object({ jobId: z.string() }))
    .output(z.object({}))
    .errors({ ...rights, NOT_FOUND: {} }),
};
