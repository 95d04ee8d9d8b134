import type { ReceiptDoc, ReceiptNode } from '#shared/sales/receipt.ts';
import { encodeReceipt, pulseAtOnce } from '../devices/escpos/encode.ts';
import { toText } from '../devices/escpos/interpreter/document.ts';
import { interpret } from '../devices/escpos/interpreter/interpret.ts';
import { toSvg } from '../devices/escpos/interpreter/svg.ts';
import { type PrinterProfile, type PrinterProfileId, printerProfiles } from '../devices/escpos/profiles.ts';
import { lazyRasteriser, receiptFontsUnder } from '../devices/escpos/raster.ts';
import { openPrinter } from '../devices/open-printer.ts';
import { createReceiptFiles } from '../devices/paper/receipt-file.ts';
import type { PrintOutcome as DeviceOutcome, Printer } from '../devices/printer.ts';
import type { PrintOutcome, ReceiptPrinter } from '../till/ports.ts';
import type { Devices } from './devices-file.ts';

export type ReceiptPrinterOptions = {
  readonly devices: Devices;
  /** Folder of the receipt's fonts. */
  readonly fonts: string;
  /** The shop's logo, a PNG or JPEG. */
  readonly logo?: Uint8Array | undefined;
  /** Another way to printers, for tests. */
  readonly open?: typeof openPrinter | undefined;
};

/** The receipt printers of a counter, as its host keeps them. */
export type ReceiptPrinters = Required<
  Pick<ReceiptPrinter, 'name' | 'secondName' | 'print' | 'openDrawer' | 'preview' | 'file'>
> & {
  /** The printer at this address: the one in use where it is that, so that two jobs never meet at one device. */
  readonly at: (address: string, profile: PrinterProfileId) => ReceiptOut;
};

/** A printer with what its bytes are made for. */
export type ReceiptOut = {
  readonly printer: Printer;
  readonly printDoc: (doc: ReceiptDoc) => Promise<DeviceOutcome>;
};

/**
 * The receipt printers a host gives its till: the layout's bytes for each one's profile over each one's way. The second
 * gets what the first certainly did not print; where that is not certain a person has to look.
 */
export function createReceiptPrinters({
  devices,
  fonts,
  logo,
  open = openPrinter,
}: ReceiptPrinterOptions): ReceiptPrinters {
  const drawFile = createReceiptFiles(receiptFontsUnder(fonts));
  const means = { rasteriser: lazyRasteriser(receiptFontsUnder(fonts)), ...(logo && { logo }) };
  const out = (address: string, id: PrinterProfileId): ReceiptOut => {
    const profile: PrinterProfile = printerProfiles[id];
    const printer = open(address, profile);
    return { printer, printDoc: async (doc) => printer.print(await encodeReceipt(doc, profile, means)) };
  };
  const { drawer } = devices;
  const profile: PrinterProfile = printerProfiles[devices.profile];
  const first = out(devices.printer, devices.profile);
  const second = devices.fallback === null ? null : out(devices.fallback, devices.fallbackProfile);
  const dressed = (doc: ReceiptDoc) => withDrawer(logo ? withLogo(doc) : doc, profile.pulse ? drawer : null);

  async function openDrawer(): Promise<PrintOutcome> {
    if (drawer === null || !profile.pulse) return { state: 'failed', reason: 'no-drawer' };
    const outcome = await first.printDoc({ direction: 'ltr', nodes: [{ kind: 'pulse', drawer }] });
    if (!needsHand.has(outcome.code)) return toOutcome(outcome);
    return toOutcome(await first.printer.print(pulseAtOnce(profile, drawer), { needsPaper: false }));
  }
  return {
    name: nameOf(devices.printer),
    secondName: devices.fallback === null ? null : nameOf(devices.fallback),
    openDrawer,
    async print(doc) {
      const outcome = await first.printDoc(dressed(doc));
      if (outcome.code === 'printed' || outcome.code === 'unknown') return toOutcome(outcome);
      // Not one byte went, so neither did the pulse: a cash sale needs its drawer all the same.
      if (needsHand.has(outcome.code) && doc.nodes.some(isPulse)) await openDrawer();
      if (!second) return toOutcome(outcome);
      const instead = await second.printDoc(withDrawer(logo ? withLogo(doc) : doc, null));
      return { ...toOutcome(instead), because: outcome.code };
    },
    async preview(doc) {
      // A picture of the paper: the rows are the same in every command set, and ESC/POS is what is read back.
      const { codePages } = printerProfiles['generic-80'];
      const shown: PrinterProfile =
        profile.commands === 'esc-pos' ? profile : { ...profile, commands: 'esc-pos', codePages };
      const read = interpret(await encodeReceipt(logo ? withLogo(doc) : doc, shown, means));
      return { svg: await toSvg(read, profile.dots), text: toText(read) };
    },
    file: (doc, wish) => drawFile(logo ? withLogo(doc) : doc, { ...wish, logo }),
    at(address, id) {
      if (address === devices.printer && id === devices.profile) return first;
      if (second && address === devices.fallback && id === devices.fallbackProfile) return second;
      return out(address, id);
    },
  };
}

/** A printer in this state opens a drawer all the same, by a command that it does not queue. */
const needsHand: ReadonlySet<DeviceOutcome['code']> = new Set(['paper-out', 'cover-open']);

const isPulse = ({ kind }: ReceiptNode): boolean => kind === 'pulse';

/** The pulse of a receipt at the connector that the drawer hangs on, or none. */
function withDrawer(doc: ReceiptDoc, drawer: 1 | 2 | null): ReceiptDoc {
  const nodes = doc.nodes.flatMap((node): readonly ReceiptNode[] => {
    if (node.kind !== 'pulse') return [node];
    return drawer === null ? [] : [{ kind: 'pulse', drawer }];
  });
  return { ...doc, nodes };
}

/** The logo on top, behind the pulse, unless the receipt has a place for it. */
function withLogo(doc: ReceiptDoc): ReceiptDoc {
  if (doc.nodes.some(({ kind }) => kind === 'logo')) return doc;
  const logo = { kind: 'logo', slot: 'shop' } as const;
  return {
    ...doc,
    nodes: [...doc.nodes.filter(isPulse), logo, ...doc.nodes.filter((node) => !isPulse(node))],
  };
}

/** As people know it: `10.0.0.9:9100`, `lp0`, `Receipts`. */
const nameOf = (address: string): string =>
  address.replace(/^(tcp:\/\/|usb:|serial:|queue:)/, '').replace(/^\/dev\/(usb\/|serial\/by-id\/)?/, '');

export function toOutcome(outcome: DeviceOutcome): PrintOutcome {
  if (outcome.code === 'printed') return { state: 'printed' };
  return outcome.code === 'unknown'
    ? { state: 'unknown', reason: outcome.cause }
    : { state: 'failed', reason: outcome.code };
}
