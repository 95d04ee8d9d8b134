import { z } from 'zod';
import {
  type ChosenDevices,
  displayChoice,
  labelPrinterChoice,
  scaleChoice,
} from '#shared/auth/calls-devices.ts';
import { receiptFontsUnder } from '../devices/escpos/raster.ts';
import { findPrinters } from '../devices/find-printers.ts';
import { createExternalFiscal } from '../devices/fiscal/external.ts';
import { createPaperMaker } from '../devices/paper/invoice-pdf.ts';
import { printerPlace } from '../devices/printer-address.ts';
import type { DeviceSetup, FiscalProvider, HungDevices, LabelPrinter, PaperMaker } from '../till/ports.ts';
import { displayAt, labelsAt, lineTo, scaleAt, terminalAt } from './device-makers.ts';
import { tryDevice } from './device-trials.ts';
import { keepInDevices } from './devices-file.ts';
import { readIfThere } from './durable-file.ts';

const labelsOnScreen: ChosenDevices['labels'] = { address: 'screen', language: 'esc-pos', dotsPerMm: 8 };

/** Addresses are those of devices/printer-address.ts; a scale or a pole hangs on `serial:…` or `tcp://host:port`; `simulated` is a scale too. */
const fileSchema = z.object({
  labelPrinter: labelPrinterChoice
    .extend({
      address: labelPrinterChoice.shape.address.default(labelsOnScreen.address),
      language: labelPrinterChoice.shape.language.default(labelsOnScreen.language),
      dotsPerMm: labelPrinterChoice.shape.dotsPerMm.default(labelsOnScreen.dotsPerMm),
    })
    .default(labelsOnScreen)
    .catch(labelsOnScreen),
  scale: scaleChoice
    .extend({ unit: scaleChoice.shape.unit.default('kg'), checkParity: z.boolean().default(false) })
    .nullable()
    .default(null)
    .catch(null),
  display: displayChoice
    .extend({
      model: displayChoice.shape.model.default('epson'),
      page: displayChoice.shape.page.default('cp858'),
      size: displayChoice.shape.size.default('2x20'),
    })
    .nullable()
    .default(null)
    .catch(null),
  /** `manual`, `simulated`, or `tcp://host:port` of a terminal that speaks devices/terminal/protocol.ts. */
  terminal: z.string().default('manual').catch('manual'),
  customerWindow: z.boolean().default(true).catch(true),
  /** `chain`, or `tcp://host:port` of a signer that speaks devices/fiscal/protocol.ts. */
  fiscal: z.string().default('chain').catch('chain'),
});
type Said = z.infer<typeof fileSchema>;

export type CounterDevicesOptions = {
  /** devices.json; it need not be there. */
  readonly file: string;
  readonly fonts: string;
  readonly find?: typeof findPrinters;
  /** Shows or hides the customer's window; left out where this host has no windows of its own. */
  readonly showCustomerWindow?: (on: boolean) => void;
};

export type CounterDevices = HungDevices & {
  readonly labels: LabelPrinter;
  readonly papers: PaperMaker;
  readonly fiscal?: FiscalProvider;
  readonly setup: DeviceSetup;
};

/**
 * Label printer, scale, pole display, card terminal and fiscal device as devices.json names them: `{"labelPrinter":{"address":"tcp://10.0.0.8",
 * "language":"zpl"},"scale":{"address":"serial:/dev/ttyUSB0","protocol":"nci"},"display":{"address":"serial:COM4"},"terminal":"tcp://10.0.0.7:9900",
 * "fiscal":"tcp://10.0.0.6:9800"}`.
 * What it does not say is not there, but for labels, which then come out on the screen. All but the fiscal device can be
 * chosen anew while the counter is open.
 */
export function createCounterDevices({
  file,
  fonts,
  find = findPrinters,
  showCustomerWindow,
}: CounterDevicesOptions): CounterDevices {
  const said = readFile(file);
  let chosen = chosenOf(said, showCustomerWindow !== undefined);
  let now = hang(chosen, fonts);
  if (chosen.customerWindow === false) showCustomerWindow?.(false);
  const setup: DeviceSetup = {
    now: () => now,
    chosen: () => chosen,
    find: () => find(),
    choose(next) {
      if (!isPossible(next)) return false;
      const { labels: labelPrinter, scale, display, terminal, customerWindow } = next;
      const kept = { labelPrinter, scale, display, terminal: terminal.address };
      keepInDevices(file, { ...kept, ...(customerWindow !== null && { customerWindow }) });
      chosen = next;
      now = hang(next, fonts);
      if (customerWindow !== null) showCustomerWindow?.(customerWindow);
      return true;
    },
    test: (trial, label) => tryDevice(trial, { label, fonts }),
  };
  const fiscal = fiscalAt(said.fiscal);
  return { ...now, papers: createPaperMaker(receiptFontsUnder(fonts)), ...(fiscal && { fiscal }), setup };
}

function readFile(file: string): Said {
  try {
    return fileSchema.parse(JSON.parse(readIfThere(file) ?? '{}'));
  } catch {
    return fileSchema.parse({}); // a slip of the pen in this file must not keep a counter closed
  }
}

const chosenOf = (
  { labelPrinter, scale, display, terminal, customerWindow }: Said,
  hasWindows: boolean,
): ChosenDevices => ({
  labels: labelPrinter,
  ...{ scale, display, terminal: { address: terminal } },
  customerWindow: hasWindows ? customerWindow : null,
});

/** Opens nothing yet: each is opened when it is asked for something. */
function hang(chosen: ChosenDevices, fonts: string): HungDevices & { readonly labels: LabelPrinter } {
  const scale = chosen.scale && scaleAt(chosen.scale);
  const display = chosen.display && displayAt(chosen.display);
  const terminal = terminalAt(chosen.terminal);
  return {
    labels: labelsAt(chosen.labels, fonts),
    ...{ ...(scale && { scale }), ...(display && { display }), ...(terminal && { terminal }) },
  };
}

/** Whether every address in it is one. */
function isPossible({ labels, scale, display, terminal: { address } }: ChosenDevices): boolean {
  const isTerminal = ['manual', 'simulated'].includes(address) || printerPlace(address)?.kind === 'tcp';
  const isLine = (device: { readonly address: string } | null) =>
    device === null || lineTo(device.address) !== null;
  const isScale = scale?.address === 'simulated' || isLine(scale);
  return printerPlace(labels.address) !== undefined && isScale && isLine(display) && isTerminal;
}

/** Null where the till's own chain signs, and for what is no address. */
function fiscalAt(address: string): FiscalProvider | null {
  const place = printerPlace(address);
  return place?.kind === 'tcp'
    ? createExternalFiscal({ address: { host: place.host, port: place.port } })
    : null;
}
