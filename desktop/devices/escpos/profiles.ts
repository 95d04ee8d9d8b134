/** What a printer can do, as our own data: drivers guess it, and guess € and ₹ wrong. */
export type PrinterProfile = {
  readonly id: string;
  readonly name: string;
  /** Characters of font A, of font B, and dots across the paper. */
  readonly columns: number;
  readonly smallColumns: number;
  readonly dots: number;
  /** Code pages the printer is known to have, in order of preference: what it calls them in ESC t. */
  readonly codePages: readonly PageNumber[];
  readonly cut: 'full' | 'partial' | 'none';
  /** Lines to feed so that the last line passes the knife. */
  readonly feedBeforeCut: number;
  readonly pulse: boolean;
  readonly qr: boolean;
  readonly code128: boolean;
};

/** A page and what ESC t calls it on this printer. */
export type PageNumber = { readonly page: CodePage; readonly number: number };
export type CodePage = 'cp437' | 'cp850' | 'cp858' | 'windows1252';

const eightyMm = { columns: 48, smallColumns: 64, dots: 576 } as const;
const fiftyEightMm = { columns: 32, smallColumns: 42, dots: 384 } as const;
const epsonPages = [
  { page: 'cp437', number: 0 },
  { page: 'cp858', number: 19 },
  { page: 'windows1252', number: 16 },
] as const;
const usual = { cut: 'partial', feedBeforeCut: 4, pulse: true, qr: true, code128: true } as const;

/** Page numbers: Epson's ESC t table; capabilities.json of escpos-printer-db (CC BY 4.0) for the others. */
export const printerProfiles = {
  'generic-80': {
    id: 'generic-80',
    name: 'Any ESC/POS printer, 80 mm',
    ...eightyMm,
    ...usual,
    codePages: epsonPages,
  },
  'generic-58': {
    id: 'generic-58',
    name: 'Any ESC/POS printer, 58 mm',
    ...fiftyEightMm,
    ...usual,
    cut: 'none',
    qr: false,
    codePages: epsonPages,
  },
  'epson-tm-t20': { id: 'epson-tm-t20', name: 'Epson TM-T20', ...eightyMm, ...usual, codePages: epsonPages },
  'epson-tm-t88': {
    id: 'epson-tm-t88',
    name: 'Epson TM-T88',
    columns: 42,
    smallColumns: 56,
    dots: 512,
    ...usual,
    codePages: epsonPages,
  },
  'star-esc-pos': {
    id: 'star-esc-pos',
    name: 'Star in ESC/POS emulation',
    ...eightyMm,
    ...usual,
    codePages: epsonPages,
  },
  'xprinter-80': { id: 'xprinter-80', name: 'Xprinter 80 mm', ...eightyMm, ...usual, codePages: epsonPages },
} as const satisfies Record<string, PrinterProfile>;

export type PrinterProfileId = keyof typeof printerProfiles;
