/** What a printer can do, as our own data: drivers guess it, and guess € and ₹ wrong. */
export type PrinterProfile = {
  readonly id: string;
  readonly name: string;
  readonly commands: CommandSet;
  /** Characters of font A, of font B, and dots across the paper. */
  readonly columns: number;
  readonly smallColumns: number;
  readonly dots: number;
  /** Code pages the printer is known to have, in order of preference: what it calls them in ESC t (Star: ESC GS t). */
  readonly codePages: readonly PageNumber[];
  readonly cut: 'full' | 'partial' | 'none';
  /** Lines to feed so that the last line passes the knife. */
  readonly feedBeforeCut: number;
  readonly pulse: boolean;
  readonly qr: boolean;
  readonly code128: boolean;
};

export type CommandSet = 'esc-pos' | 'star-line' | 'star-prnt';

/** A page and what this printer calls it. */
export type PageNumber = { readonly page: CodePage; readonly number: number };
export type CodePage = 'cp437' | 'cp850' | 'cp852' | 'cp858' | 'cp866' | 'windows1252';

const eightyMm = { columns: 48, smallColumns: 64, dots: 576 } as const;
const fiftyEightMm = { columns: 32, smallColumns: 42, dots: 384 } as const;
const epsonPages = [
  { page: 'cp437', number: 0 },
  { page: 'cp858', number: 19 },
  { page: 'windows1252', number: 16 },
] as const;
/** What Epson's own have besides: central European and Cyrillic, which saves drawing those. */
const morePages = [...epsonPages, { page: 'cp852', number: 18 }, { page: 'cp866', number: 17 }] as const;
const starPages = [
  { page: 'cp437', number: 1 },
  { page: 'cp858', number: 4 },
  { page: 'windows1252', number: 32 },
  { page: 'cp852', number: 5 },
  { page: 'cp866', number: 10 },
] as const;
const usual = {
  commands: 'esc-pos',
  cut: 'partial',
  feedBeforeCut: 4,
  pulse: true,
  qr: true,
  code128: true,
} as const;
const star = { ...usual, feedBeforeCut: 3, codePages: starPages } as const;

/** Page numbers: Epson's ESC t and Star's ESC GS t tables; capabilities.json of escpos-printer-db (CC BY 4.0) for the others. */
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
  'epson-tm-t20': { id: 'epson-tm-t20', name: 'Epson TM-T20', ...eightyMm, ...usual, codePages: morePages },
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
  'star-line-80': {
    id: 'star-line-80',
    name: 'Star in Line Mode, 80 mm (TSP650II)',
    ...eightyMm,
    ...star,
    commands: 'star-line',
  },
  'star-line-plain': {
    id: 'star-line-plain',
    name: 'Star in Line Mode without QR (TSP650)',
    ...eightyMm,
    ...star,
    commands: 'star-line',
    qr: false,
  },
  'star-prnt-80': {
    id: 'star-prnt-80',
    name: 'StarPRNT, 80 mm (TSP100IV, mC-Print3)',
    ...eightyMm,
    ...star,
    commands: 'star-prnt',
  },
  'star-prnt-58': {
    id: 'star-prnt-58',
    name: 'StarPRNT, 58 mm (mC-Print2, mPOP)',
    ...fiftyEightMm,
    ...star,
    commands: 'star-prnt',
  },
  'xprinter-80': { id: 'xprinter-80', name: 'Xprinter 80 mm', ...eightyMm, ...usual, codePages: epsonPages },
} as const satisfies Record<string, PrinterProfile>;

export type PrinterProfileId = keyof typeof printerProfiles;

export const printerProfileIds = Object.keys(printerProfiles).filter(
  (id): id is PrinterProfileId => id in printerProfiles,
);
