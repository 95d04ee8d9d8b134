import { z } from 'zod';
import { weightUnits } from '#shared/sales/weighing.ts';
import { createLineDisplay } from '../devices/display/line-display.ts';
import { poleModels } from '../devices/display/pole.ts';
import { printerProfiles } from '../devices/escpos/profiles.ts';
import { lazyRasteriser, receiptFontsUnder } from '../devices/escpos/raster.ts';
import { createExternalFiscal } from '../devices/fiscal/external.ts';
import { createLabelPrinter, labelLanguages } from '../devices/label/label-printer.ts';
import type { Line } from '../devices/line.ts';
import { openPrinter } from '../devices/open-printer.ts';
import { createPaperMaker } from '../devices/paper/invoice-pdf.ts';
import type { NotReady } from '../devices/printer.ts';
import { printerPlace } from '../devices/printer-address.ts';
import { createLineScale } from '../devices/scale/line-scale.ts';
import { nci } from '../devices/scale/nci.ts';
import { openScaleSerial } from '../devices/scale/open-serial.ts';
import type { ScaleProtocol } from '../devices/scale/protocol.ts';
import { toledo8217 } from '../devices/scale/toledo.ts';
import { openSerialLine } from '../devices/serial-line.ts';
import { openTcpLine } from '../devices/tcp-line.ts';
import { createTcpTerminal } from '../devices/terminal/tcp-terminal.ts';
import type {
  CardTerminal,
  FiscalProvider,
  LabelPrinter,
  PaperMaker,
  PoleDisplay,
  Scale,
} from '../till/ports.ts';
import { readIfThere } from './durable-file.ts';
import { toOutcome } from './receipt-printer.ts';

/** Addresses are those of devices/printer-address.ts; a scale or a pole hangs on `serial:…` or `tcp://host:port`. */
const fileSchema = z.object({
  labelPrinter: z
    .object({
      address: z.string().default('screen'),
      language: z.enum(labelLanguages).default('esc-pos'),
      /** 8 at 203 dpi, 12 at 300. */
      dotsPerMm: z.int().min(6).max(24).default(8),
    })
    .default({ address: 'screen', language: 'esc-pos', dotsPerMm: 8 })
    .catch({ address: 'screen', language: 'esc-pos', dotsPerMm: 8 }),
  scale: z
    .object({
      address: z.string(),
      protocol: z.enum(['nci', 'toledo-8217']),
      /** The unit a Toledo scale was set up with; NCI says its own. */
      unit: z.enum(weightUnits).default('kg'),
      /** Whether bytes over TCP bring their parity bit. */
      checkParity: z.boolean().default(false),
    })
    .nullable()
    .default(null)
    .catch(null),
  display: z
    .object({ address: z.string(), model: z.enum(poleModels).default('epson') })
    .nullable()
    .default(null)
    .catch(null),
  /** `manual`, or `tcp://host:port` of a terminal that speaks devices/terminal/protocol.ts. */
  terminal: z.string().default('manual').catch('manual'),
  /** `chain`, or `tcp://host:port` of a signer that speaks devices/fiscal/protocol.ts. */
  fiscal: z.string().default('chain').catch('chain'),
});
type Said = z.infer<typeof fileSchema>;

export type CounterDevices = {
  readonly labels: LabelPrinter;
  readonly papers: PaperMaker;
  readonly scale?: Scale;
  readonly display?: PoleDisplay;
  readonly terminal?: CardTerminal;
  readonly fiscal?: FiscalProvider;
};

/**
 * Label printer, scale, pole display, card terminal and fiscal device as devices.json names them: `{"labelPrinter":{"address":"tcp://10.0.0.8",
 * "language":"zpl"},"scale":{"address":"serial:/dev/ttyUSB0","protocol":"nci"},"display":{"address":"serial:COM4"},"terminal":"tcp://10.0.0.7:9900",
 * "fiscal":"tcp://10.0.0.6:9800"}`.
 * What it does not say is not there, but for labels, which then come out on the screen.
 */
export function createCounterDevices({
  file,
  fonts,
}: {
  readonly file: string;
  readonly fonts: string;
}): CounterDevices {
  const said = readFile(file);
  const scale = said.scale && scaleAt(said.scale);
  const display = said.display && displayAt(said.display);
  const terminal = terminalAt(said.terminal);
  const fiscal = fiscalAt(said.fiscal);
  return {
    labels: labelsAt(said.labelPrinter, fonts),
    papers: createPaperMaker(receiptFontsUnder(fonts)),
    ...{ ...(scale && { scale }), ...(display && { display }), ...(terminal && { terminal }) },
    ...(fiscal && { fiscal }),
  };
}

function readFile(file: string): Said {
  try {
    return fileSchema.parse(JSON.parse(readIfThere(file) ?? '{}'));
  } catch {
    return fileSchema.parse({}); // a slip of the pen in this file must not keep a counter closed
  }
}

function labelsAt({ address, language, dotsPerMm }: Said['labelPrinter'], fonts: string): LabelPrinter {
  const onScreen = printerPlace(address)?.kind === 'screen';
  const { print, preview } = createLabelPrinter({
    printer: openPrinter(address, printerProfiles['generic-80']),
    language: onScreen ? 'esc-pos' : language,
    rasteriser: lazyRasteriser(receiptFontsUnder(fonts)),
  });
  return { name: address, dotsPerMm, print: async (labels) => toOutcome(await print(labels)), preview };
}

function scaleAt({ address, protocol: name, unit, checkParity }: NonNullable<Said['scale']>): Scale | null {
  const protocol = name === 'nci' ? nci : toledo8217(unit);
  const open = lineTo(address, protocol);
  return open && { name: address, ...createLineScale({ open, protocol, checkParity }) };
}

function displayAt({ address, model }: NonNullable<Said['display']>): PoleDisplay | null {
  const open = lineTo(address);
  return open && { name: address, show: createLineDisplay({ open, model }).show };
}

/** Null for slips typed by hand, and for what is no address. */
function terminalAt(address: string): CardTerminal | null {
  const place = printerPlace(address);
  return place?.kind === 'tcp'
    ? createTcpTerminal({ address: { host: place.host, port: place.port } })
    : null;
}

/** Null where the till's own chain signs, and for what is no address. */
function fiscalAt(address: string): FiscalProvider | null {
  const place = printerPlace(address);
  return place?.kind === 'tcp'
    ? createExternalFiscal({ address: { host: place.host, port: place.port } })
    : null;
}

/** Null where the address is of no line. A pole takes eight bits; a scale's line is set as its protocol wants it. */
function lineTo(address: string, protocol?: ScaleProtocol): (() => Promise<Line | NotReady>) | null {
  const place = printerPlace(address);
  if (place?.kind === 'tcp') return () => openTcpLine({ host: place.host, port: place.port }, 1000);
  if (place?.kind !== 'serial') return null;
  const baudRate = address.includes('baud=') ? place.baudRate : 9600;
  if (!protocol) return () => openSerialLine({ path: place.path, baudRate });
  return () => openScaleSerial({ ...protocol.line, baudRate, path: place.path });
}
