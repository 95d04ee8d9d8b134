import { escposTalk } from './escpos/talk.ts';
import { createLinePrinter } from './line-printer.ts';
import type { Printer } from './printer.ts';
import type { Talk } from './talk.ts';
import { type Address, openTcpLine } from './tcp-line.ts';

export type TcpPrinterOptions = Address & {
  /** A printer on the same network answers in a few ms; 3 s forgives a sleeping one. */
  readonly connectMs?: number;
  readonly talk?: Talk;
  readonly stallMs?: number;
  readonly answerMs?: number;
  readonly finishMs?: number;
};

/** Raw printing over TCP, port 9100; the times are those of line-printer.ts. */
export function createTcpPrinter(options: TcpPrinterOptions): Printer {
  const { host, port, connectMs = 3000, talk = escposTalk, ...times } = options;
  return createLinePrinter({ ...times, talk, open: () => openTcpLine({ host, port }, connectMs) });
}
