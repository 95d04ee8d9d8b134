/**
 * What a scanned or typed code says. `codes` are the keys to look up in the catalogue, best first,
 * each `kind:value` in normal form (`gtin:` + 14 digits, `pzn:` + 8 digits, `cip7:`, `hibc:`, `weighed:`,
 * `sku:` in upper case, and the national numbers of AI 712–717: `cn: drn: aim: ndc: aic: srn:`).
 * More than one key means that more than one scheme's check digits verify: the look-up decides, not the parser.
 */
export type Scan =
  | (Pack & {
      readonly scheme: 'gs1';
      readonly form: 'element-string' | 'digital-link' | 'bracketed';
      /** AI → data as given, e.g. `{ '01': '03400930108277', '17': '280100' }`. */
      readonly elements: Readonly<Record<string, string>>;
      /** What the AIs here still need from another carrier of the same pack, as `ai:alternatives`, e.g. `10:01,02`. */
      readonly missing: readonly string[];
    })
  | (Pack & {
      readonly scheme: 'gtin';
      readonly form: 'ean13' | 'ean8' | 'upca' | 'upce' | 'itf14' | 'gtin14';
      readonly gtin14: string;
    })
  | (Pack & { readonly scheme: 'weighed'; readonly item: string; readonly gtin14: string })
  | (Pack & { readonly scheme: 'pzn'; readonly pzn: string })
  | (Pack & { readonly scheme: 'cip7'; readonly cip7: string; readonly gtin14: string })
  | (Pack & {
      readonly scheme: 'mh10';
      /** MH10.8 data identifier → data, e.g. `{ '9N': '110375286414' }`. */
      readonly elements: Readonly<Record<string, string>>;
      readonly ppn?: string;
      readonly pzn?: string;
    })
  | (Pack & { readonly scheme: 'hibc' } & HibcIdentity)
  | (Pack & { readonly scheme: 'text'; readonly text: string });

/** `lic`, `pcn`, `uom` are there in a primary code; `link` (the primary's check character) in a lone secondary. */
export type HibcIdentity = {
  readonly lic?: string;
  readonly pcn?: string;
  readonly uom?: string;
  readonly link?: string;
  readonly check: string;
};

/** What any scheme may tell about the pack in hand. */
export type Pack = {
  readonly symbology: Symbology;
  readonly codes: readonly string[];
  readonly gtin14?: string;
  readonly batch?: string;
  /** 'YYYY-MM-DD', the last day the pack is good; a month means its last day. */
  readonly expiresOn?: string;
  readonly serial?: string;
  /** Pieces inside (AI 30, 37, HIBC quantity, in-store count). */
  readonly quantity?: number;
  readonly price?: ScannedPrice;
  readonly weightKg?: ScannedDecimal;
};

/** `amount` × 10^−`decimals`, both exact integers. */
export type ScannedDecimal = { readonly amount: number; readonly decimals: number };
/** In the store's currency unless an ISO 4217 number is given. */
export type ScannedPrice = ScannedDecimal & { readonly currencyNumber?: string };

/** The printed symbol as the AIM identifier names it; `none` when the scanner sent no identifier or it was typed. */
export type Symbology =
  | 'datamatrix'
  | 'gs1-datamatrix'
  | 'code128'
  | 'gs1-128'
  | 'qr'
  | 'gs1-qr'
  | 'databar'
  | 'dotcode'
  | 'gs1-dotcode'
  | 'ean13'
  | 'ean8'
  | 'itf'
  | 'code39'
  | 'code93'
  | 'codabar'
  | 'pdf417'
  | 'aztec'
  | 'gs1-aztec'
  | 'none';

/** A refusal: why, at which UTF-16 index of the string given, and in which AI or DI when there is one. */
export type ScanRefusal = { readonly code: ScanRefusalCode; readonly position: number; readonly ai?: string };

export type ScanRefusalCode =
  | 'empty'
  | 'too-long'
  | 'bad-character'
  | 'unrecognised'
  | 'unsupported-symbology'
  | 'bad-length'
  | 'bad-check-digit'
  | 'unknown-ai'
  | 'empty-element'
  | 'truncated-element'
  | 'element-too-long'
  | 'bad-format'
  | 'bad-date'
  | 'duplicate-ai'
  | 'excluded-pair'
  | 'missing-pair'
  | 'bad-uri'
  | 'no-digital-link-key'
  | 'digital-link-order'
  | 'not-a-digital-link-attribute'
  | 'bad-envelope'
  | 'bad-weighed-scheme';

/** The little the parser must be told. */
export type ScanOptions = {
  /** The current year, for two-digit years (§7.12 of the GS1 General Specifications). */
  readonly todayYear: number;
  /** How this store's own price and weight labels are built; none means that they are plain EAN-13. */
  readonly weighedSchemes?: readonly WeighedScheme[];
  /** What this scanner sends for FNC1 besides GS, e.g. `['{FNC1}']`. Strings without AIM identifier know the usual ones. */
  readonly groupSeparators?: readonly string[];
  /** Take a typed string that no scheme claims as the store's own SKU instead of refusing it. */
  readonly ownSkus?: boolean;
  /** Refuse a GS1 code that lacks what its AIs need, instead of naming it in `missing`. */
  readonly requirePairs?: boolean;
};

/**
 * One store's layout of a 13-digit in-store label: prefix, item, an optional price check digit, value, EAN check digit.
 * The lengths must add up to 12 before the last digit.
 */
export type WeighedScheme = {
  readonly prefix: string;
  readonly itemDigits: number;
  readonly valueDigits: number;
  /** Whether a GS1 price check digit (General Specifications §7.9.2–7.9.4) stands before the value of 4 or 5 digits. */
  readonly valueCheckDigit?: boolean;
  readonly measures: 'price' | 'weightKg' | 'quantity';
  /** Digits after the decimal point: 2 for cents, 3 for grams of a weight in kg. */
  readonly decimals: number;
};
