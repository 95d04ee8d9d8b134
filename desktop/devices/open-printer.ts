import type { PrinterProfile } from './escpos/profiles.ts';
import { escposTalk } from './escpos/talk.ts';
import { openFileLine } from './file-line.ts';
import { createLinePrinter } from './line-printer.ts';
import type { NotReady, Printer } from './printer.ts';
import { type PrinterPlace, printerPlace } from './printer-address.ts';
import { createQueuePrinter } from './queue-printer.ts';
import { createScreenPrinter } from './screen-printer.ts';
import { openSerialLine } from './serial-line.ts';
import { starTalk } from './star/talk.ts';
import { createTcpPrinter } from './tcp-printer.ts';

/** The printer at this address, asked in its profile's own way. One that cannot be says why at every job. */
export function openPrinter(address: string, profile: PrinterProfile): Printer {
  const place = printerPlace(address);
  return place ? printerAt(place, profile) : never({ code: 'no-driver' });
}

function printerAt(place: PrinterPlace, profile: PrinterProfile): Printer {
  const talk = profile.commands === 'esc-pos' ? escposTalk : starTalk;
  switch (place.kind) {
    case 'screen':
      return createScreenPrinter({ dots: profile.dots, keep: 20 });
    case 'tcp':
      return createTcpPrinter({ host: place.host, port: place.port, talk });
    case 'usb':
      return createLinePrinter({ open: () => openFileLine(place.path), talk });
    case 'serial':
      return createLinePrinter({ open: () => openSerialLine(place), talk });
    case 'queue':
      return createQueuePrinter({ queue: place.queue });
  }
}

const never = (reason: NotReady): Printer => ({ print: async () => reason, status: async () => reason });
