import { err, ok, type Result } from '#shared/kernel/result.ts';
import { parseDigitalLink } from './digital-link.ts';
import { GS, parseElementString } from './gs1.ts';
import { expandUpcE, isDigits, toGtin14 } from './gtin.ts';
import { gtin14OfCip7, toPzn } from './pharma-codes.ts';
import { parseHibc } from './pharma-codes-hibc.ts';
import { openEnvelope, parseMh10 } from './pharma-codes-mh10.ts';
import { cip7Scan, gs1Scan, gtinScan, hibcScan, mh10Scan, pznScan, weighedScan } from './scan-build.ts';
import type { Scan, ScanOptions, ScanRefusal, Symbology } from './scan-types.ts';
import { parseWeighed } from './weighed.ts';

type Carrier = { readonly symbology: Symbology; readonly start: number };
type Read = Result<Scan, ScanRefusal>;

/** A GS1 element string in which GS or any of `separators` stands for FNC1. */
export function parseSeparated(
  raw: string,
  carrier: Carrier & { separators: readonly string[] },
  options: ScanOptions,
): Read {
  const { symbology, start, separators } = carrier;
  const separator = separators.find((one) => one !== '' && one !== GS && raw.includes(one, start));
  const text =
    separator === undefined ? raw : raw.slice(0, start) + raw.slice(start).replaceAll(separator, GS);
  const read = parseElementString(text, start, options);
  if (read.ok) return ok(gs1Scan({ symbology, form: 'element-string' }, read.value, options.todayYear));
  if (separator === undefined || separator.length === 1) return read;
  const before = text.slice(start, read.error.position).split(GS).length - 1;
  return err({ ...read.error, position: read.error.position + before * (separator.length - 1) });
}

export function parseLink(raw: string, { symbology, start }: Carrier, options: ScanOptions): Read {
  const read = parseDigitalLink(raw, start, options);
  return read.ok ? ok(gs1Scan({ symbology, form: 'digital-link' }, read.value, options.todayYear)) : read;
}

export function parseEnvelope(raw: string, { symbology, start }: Carrier, options: ScanOptions): Read {
  const envelope = openEnvelope(raw, start);
  if (!envelope.ok) return envelope;
  if (envelope.value.format === '05') {
    const read = parseElementString(raw.slice(0, envelope.value.end), envelope.value.start, options);
    return read.ok ? ok(gs1Scan({ symbology, form: 'element-string' }, read.value, options.todayYear)) : read;
  }
  const read = parseMh10(raw, envelope.value, options.todayYear);
  return read.ok ? ok(mh10Scan(symbology, read.value)) : read;
}

export function parseHibcScan(raw: string, { symbology, start }: Carrier, options: ScanOptions): Read {
  const read = parseHibc(raw.slice(start), { position: start, todayYear: options.todayYear });
  return read.ok ? ok(hibcScan(symbology, read.value)) : read;
}

/** The index of the first character that cannot be printed, or of the first beyond `last`; -1 when there is none. */
export function strangeAt(text: string, start: number, last = '\uffff'): number {
  for (let i = start; i < text.length; i++) {
    const unit = text.charAt(i);
    if (unit < ' ' || (unit > '~' && unit < '\u00a0') || unit > last) return i;
  }
  return -1;
}

/** The PZN whose digits run from `start` to the end of `raw`. */
export function parsePzn(raw: string, start: number): Result<string, ScanRefusal> {
  const digits = raw.slice(start);
  if (!isDigits(digits) || (digits.length !== 7 && digits.length !== 8))
    return err({ code: 'bad-length', position: start });
  const pzn = toPzn(digits);
  return pzn === null ? err({ code: 'bad-check-digit', position: raw.length - 1 }) : ok(pzn);
}

/**
 * Reads bare digits as every scheme whose check digit verifies; the first gives the scan, all give their keys to `codes`:
 * 7 digits PZN-7, then CIP7 (which has no check digit: always a candidate) · 8 digits EAN-8, UPC-E, PZN-8 ·
 * 12 digits UPC-A · 13 digits the store's own weighed label, else EAN-13 (French CIP13 is one) · 14 digits GTIN-14.
 * Null for other lengths, 'bad-check-digit' when none verifies.
 */
export function typedDigits(
  digits: string,
  where: { readonly symbology: Symbology; readonly position: number; readonly only?: 'ean13' | 'ean8' },
  options: ScanOptions,
): Read | null {
  const form = FORMS[digits.length];
  if (form === undefined && digits.length !== 7) return null;
  const ean13 = digits.length === 12 || digits.length === 13 ? digits.padStart(13, '0') : null;
  const weighed =
    ean13 !== null && toGtin14(ean13) !== null
      ? parseWeighed(ean13, options.weighedSchemes ?? [], where.position + digits.length - 13)
      : null;
  if (weighed) return weighed.ok ? ok(weighedScan(where.symbology, weighed.value)) : weighed;
  const gtin14 = form === undefined ? null : toGtin14(digits);
  const readings = gtin14 === null || form === undefined ? [] : [gtinScan(where.symbology, form, gtin14)];
  if (where.only === undefined) readings.push(...shortReadings(digits, where.symbology));
  const [first] = readings;
  if (first === undefined)
    return err({ code: 'bad-check-digit', position: where.position + digits.length - 1 });
  const codes = readings.flatMap((reading) => reading.codes);
  return ok(readings.length === 1 ? first : { ...first, codes: [...new Set(codes)] });
}

const FORMS: Readonly<Record<number, 'ean8' | 'upca' | 'ean13' | 'gtin14'>> = {
  8: 'ean8',
  12: 'upca',
  13: 'ean13',
  14: 'gtin14',
};

function shortReadings(digits: string, symbology: Symbology): Scan[] {
  const readings: Scan[] = [];
  const upcA = expandUpcE(digits);
  const upcE = upcA === null ? null : toGtin14(upcA);
  if (upcE !== null) readings.push(gtinScan(symbology, 'upce', upcE));
  const pzn = toPzn(digits);
  if (pzn !== null) readings.push(pznScan(symbology, pzn));
  const ofCip7 = gtin14OfCip7(digits);
  if (ofCip7 !== null) readings.push(cip7Scan(symbology, digits, ofCip7));
  return readings;
}
