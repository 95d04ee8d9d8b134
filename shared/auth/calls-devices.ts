import { oc } from '@orpc/contract';
import { z } from 'zod';
import { permissions } from './permissions.ts';
import { poleSizes } from './pole-size.ts';

const signedIn = { NOT_ENROLLED: {}, NOT_SIGNED_IN: {} } as const;

/** `screen` (labels), `tcp://host:port`, `usb:…`, `serial:/dev/ttyUSB0?baud=9600`, `queue:NAME`. */
const address = z.string().trim().min(1).max(300);

/** ZPL, or pictures in ESC/POS; 8 dots a millimetre at 203 dpi, 12 at 300. How large a label is its template says. */
export const labelPrinterChoice = z.object({
  address,
  language: z.enum(['zpl', 'esc-pos']),
  dotsPerMm: z.int().min(6).max(24),
});

/** `unit` is what a Toledo scale was set up with (NCI says its own); `checkParity` is for a serial box behind TCP. */
export const scaleChoice = z.object({
  address,
  protocol: z.enum(['nci', 'toledo-8217']),
  unit: z.enum(['kg', 'g', 'lb', 'oz']),
  checkParity: z.boolean(),
});

/** So many rows of so many places, in the letters of a code page. */
export const displayChoice = z.object({
  address,
  model: z.enum(['epson', 'cd5220']),
  page: z.enum(['cp858', 'cp437', 'cp852', 'cp866', 'windows1252']),
  size: z.enum(poleSizes),
});

/** `manual`: slips typed by hand; `simulated`: one that charges nobody, for trying out; else `tcp://host:port`. */
export const terminalChoice = z.object({ address });

/** What hangs on this counter beside its receipt printers and scanners, as devices.json keeps it. */
const chosenDevices = z.object({
  labels: labelPrinterChoice,
  scale: scaleChoice.nullable(),
  display: displayChoice.nullable(),
  terminal: terminalChoice,
  /** Whether the customer's window opens on a second display; null where this till has no windows of its own. */
  customerWindow: z.boolean().nullable(),
});
export type ChosenDevices = z.infer<typeof chosenDevices>;

const trial = z.discriminatedUnion('device', [
  z.object({ device: z.literal('labels'), choice: labelPrinterChoice }),
  z.object({ device: z.literal('scale'), choice: scaleChoice }),
  z.object({ device: z.literal('display'), choice: displayChoice }),
  z.object({ device: z.literal('terminal'), choice: terminalChoice }),
]);
export type DeviceTrial = z.infer<typeof trial>;

/**
 * What came of a trial. `reason` is a code of devices/printer.ts (`no-permission`), of a weighing (`in-motion`), or
 * `no-answer`; `said` what the device said of itself: a weight.
 */
const trialOutcome = z.object({
  state: z.enum(['works', 'failed', 'unknown']),
  reason: z.string().nullable(),
  said: z.string().nullable(),
});
export type TrialOutcome = z.infer<typeof trialOutcome>;

const devicesReport = z.object({
  /** Null where somebody else chose what hangs on this till. */
  chosen: chosenDevices.nullable(),
  found: z.array(z.object({ address: z.string(), kind: z.enum(['usb', 'queue', 'serial']) })),
});
export type DevicesReport = z.infer<typeof devicesReport>;

/** Label printer, scale, pole display, card terminal and the customer's window of this counter. */
export const deviceCalls = {
  report: oc.output(devicesReport).errors(signedIn),
  /** In use at once, and after a restart. */
  choose: oc
    .input(chosenDevices)
    .output(z.object({}))
    .errors({
      ...signedIn,
      MISSING_RIGHT: { data: z.object({ permission: z.enum(permissions) }) },
      STORAGE: { data: z.object({ reason: z.enum(['disk-full', 'io']) }) },
      NO_ADDRESS: {},
      FIXED: {},
      /** The present terminal has yet to say what became of a card. */
      CARD_UNSETTLED: {},
    }),
  /** Tries a device whether it is in use or not: a label, a weighing, rows of text, a question that moves no money. */
  test: oc.input(trial).output(trialOutcome).errors(signedIn),
};
