import { printableText } from '#shared/sales/receipt-text.ts';

/** Longest data of a code worth printing on a receipt. */
const MAX_CODE = 250;

/** Printable ASCII alone: every reader agrees on it, and inside a code too nothing may look like a command. */
export const codeData = (text: string): string =>
  printableText(text)
    .replace(/[^\x20-\x7E]/g, '?')
    .trim()
    .slice(0, MAX_CODE);

/** Side of a QR code's modules on a receipt, in dots. */
export const qrModuleDots = (data: string): number => (data.length > 60 ? 3 : 6);

/** Of a receipt's Code 128, in dots: its bars, and the narrowest of them. */
export const barHeight = 60;
export const barDots = 2;

/** Whether a Code 128 of the data, its quiet zones with it, goes on paper of so many dots. */
export const hasRoomForBars = (data: string, dots: number): boolean =>
  (11 * (data.length + 2) + 13 + 20) * barDots <= dots;
