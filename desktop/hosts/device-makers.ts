import type { ChosenDevices } from '#shared/auth/calls-devices.ts';
import { poleFaces } from '#shared/auth/pole-size.ts';
import { createLineDisplay } from '../devices/display/line-display.ts';
import { printerProfiles } from '../devices/escpos/profiles.ts';
import { lazyRasteriser, receiptFontsUnder } from '../devices/escpos/raster.ts';
import { createLabelPrinter } from '../devices/label/label-printer.ts';
import type { Line } from '../devices/line.ts';
import { openPrinter } from '../devices/open-printer.ts';
import type { NotReady } from '../devices/printer.ts';
import { printerPlace } from '../devices/printer-address.ts';
import { createLineScale } from '../devices/scale/line-scale.ts';
import { nci } from '../devices/scale/nci.ts';
import { openScaleSerial } from '../devices/scale/open-serial.ts';
import type { ScaleProtocol } from '../devices/scale/protocol.ts';
import { createSimulatedScale } from '../devices/scale/simulated.ts';
import { toledo8217 } from '../devices/scale/toledo.ts';
import { openSerialLine } from '../devices/serial-line.ts';
import { openTcpLine } from '../devices/tcp-line.ts';
import { startSimulatedTerminal } from '../devices/terminal/simulated.ts';
import { createTcpTerminal } from '../devices/terminal/tcp-terminal.ts';
import type { CardTerminal, LabelPrinter, PoleDisplay, Scale } from '../till/ports.ts';
import { toOutcome } from './receipt-printer.ts';

type Chosen<K extends keyof ChosenDevices> = NonNullable<ChosenDevices[K]>;
export type OpenLine = () => Promise<Line | NotReady>;

export function labelsAt({ address, language, dotsPerMm }: Chosen<'labels'>, fonts: string): LabelPrinter {
  const onScreen = printerPlace(address)?.kind === 'screen';
  const { print, preview } = createLabelPrinter({
    printer: openPrinter(address, printerProfiles['generic-80']),
    language: onScreen ? 'esc-pos' : language,
    rasteriser: lazyRasteriser(receiptFontsUnder(fonts)),
  });
  return { name: address, dotsPerMm, print: async (labels) => toOutcome(await print(labels)), preview };
}

/** Null where the address is of no line. */
export function scaleAt({ checkParity, ...choice }: Chosen<'scale'>): Scale | null {
  if (choice.address === 'simulated') return { name: 'simulated', ...createSimulatedScale() };
  const protocol = scaleProtocol(choice);
  const open = lineTo(choice.address, protocol);
  return open && { name: choice.address, ...createLineScale({ open, protocol, checkParity }) };
}

export const scaleProtocol = ({
  protocol,
  unit,
}: Pick<Chosen<'scale'>, 'protocol' | 'unit'>): ScaleProtocol =>
  protocol === 'nci' ? nci : toledo8217(unit);

/** Null where the address is of no line. */
export function displayAt({ address, size, ...spoken }: Chosen<'display'>): PoleDisplay | null {
  const open = lineTo(address);
  const face = poleFaces[size];
  return open && { name: address, face, show: createLineDisplay({ open, ...spoken, ...face }).show };
}

/** Null for slips typed by hand, and for what is no address. */
export function terminalAt({ address }: Chosen<'terminal'>): CardTerminal | null {
  if (address === 'simulated') return simulatedTerminal();
  const place = printerPlace(address);
  return place?.kind === 'tcp'
    ? createTcpTerminal({ address: { host: place.host, port: place.port } })
    : null;
}

/** Begun when it is first asked; it forgets everything with the till's process, and no money ever moves. */
function simulatedTerminal(): CardTerminal {
  let begun: Promise<Required<CardTerminal>> | undefined;
  const begin = async (): Promise<Required<CardTerminal>> => {
    const { port } = await startSimulatedTerminal();
    const { refund, ...terminal } = createTcpTerminal({ address: { host: '127.0.0.1', port } });
    if (!refund) throw new Error('the simulated terminal gives back');
    return { ...terminal, refund };
  };
  const terminal = () => {
    begun ??= begin();
    return begun;
  };
  return {
    name: 'simulated',
    charge: async (order) => (await terminal()).charge(order),
    refund: async (order) => (await terminal()).refund(order),
    ask: async (attemptId) => (await terminal()).ask(attemptId),
  };
}

/** Null where the address is of no line. A pole takes eight bits; a scale's line is set as its protocol wants it. */
export function lineTo(address: string, protocol?: ScaleProtocol): OpenLine | null {
  const place = printerPlace(address);
  if (place?.kind === 'tcp') return () => openTcpLine({ host: place.host, port: place.port }, CONNECT_MS);
  if (place?.kind !== 'serial') return null;
  const baudRate = address.includes('baud=') ? place.baudRate : 9600;
  if (!protocol) return () => openSerialLine({ path: place.path, baudRate });
  return () => openScaleSerial({ ...protocol.line, baudRate, path: place.path });
}

const CONNECT_MS = 1000;
