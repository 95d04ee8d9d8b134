import type { ReceiptDoc } from '#shared/sales/receipt.ts';
import { encodeReceipt } from '../devices/escpos/encode.ts';
import { toText } from '../devices/escpos/interpreter/document.ts';
import { interpret } from '../devices/escpos/interpreter/interpret.ts';
import { toSvg } from '../devices/escpos/interpreter/svg.ts';
import { type PrinterProfileId, printerProfiles } from '../devices/escpos/profiles.ts';
import { lazyRasteriser, receiptFontsUnder } from '../devices/escpos/raster.ts';
import type { PrintOutcome as DeviceOutcome } from '../devices/printer.ts';
import { createScreenPrinter } from '../devices/screen-printer.ts';
import { createTcpPrinter } from '../devices/tcp-printer.ts';
import type { PrintOutcome, ReceiptPrinter } from '../till/ports.ts';

/** Where receipts go: `screen`, or `tcp://host[:9100]`. */
export type PrinterAddress = {
  readonly address: string;
  readonly profile: PrinterProfileId;
  readonly fonts: string;
};

/** The receipt printer a host gives its till: the layout's bytes for the profile, and the transport of the address. */
export function createReceiptPrinter({ address, profile: id, fonts }: PrinterAddress): ReceiptPrinter {
  const profile = printerProfiles[id];
  const means = { rasteriser: lazyRasteriser(receiptFontsUnder(fonts)) };
  const tcp = URL.parse(address);
  const printer =
    tcp?.protocol === 'tcp:'
      ? createTcpPrinter({ host: tcp.hostname, port: Number(tcp.port || 9100) })
      : createScreenPrinter({ dots: profile.dots, keep: 20 });
  return {
    name: tcp?.protocol === 'tcp:' ? tcp.host : 'screen',
    print: async (doc) => toOutcome(await printer.print(await encodeReceipt(doc, profile, means))),
    openDrawer: async () => toOutcome(await printer.print(await encodeReceipt(pulse, profile, means))),
    async preview(doc) {
      const read = interpret(await encodeReceipt(doc, profile, means));
      return { svg: await toSvg(read, profile.dots), text: toText(read) };
    },
  };
}

const pulse: ReceiptDoc = { direction: 'ltr', nodes: [{ kind: 'pulse', drawer: 1 }] };

function toOutcome(outcome: DeviceOutcome): PrintOutcome {
  if (outcome.code === 'printed') return { state: 'printed' };
  return outcome.code === 'unknown'
    ? { state: 'unknown', reason: outcome.cause }
    : { state: 'failed', reason: outcome.code };
}
