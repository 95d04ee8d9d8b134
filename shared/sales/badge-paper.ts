import type { ReceiptDoc } from './receipt.ts';

/** A badge on a receipt printer's paper, for a counter whose label printer cannot: to be cut out and put in a sleeve. */
export const badgePaper = (
  { name, storeName, code }: { readonly name: string; readonly storeName: string; readonly code: string },
  direction: 'ltr' | 'rtl',
): ReceiptDoc => ({
  direction,
  nodes: [
    { kind: 'text', text: name, align: 'center', bold: true, size: 'double' },
    { kind: 'text', text: storeName, align: 'center' },
    { kind: 'feed', lines: 1 },
    { kind: 'qr', data: code },
    { kind: 'feed', lines: 1 },
    { kind: 'cut' },
  ],
});
