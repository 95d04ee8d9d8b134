import { err, ok, type Result } from '#shared/kernel/result.ts';
import { GS } from './gs1.ts';
import { dateOfYymmdd, dateOfYyyymmdd, isDateFault } from './gs1-dates.ts';
import { toGtin14 } from './gtin.ts';
import { isPpn, pznOfPpn } from './pharma-codes.ts';
import type { ScanRefusal, ScanRefusalCode } from './scan-types.ts';

/** What an ISO/IEC 15434 message of ASC MH10.8.2 data identifiers says about a pack. */
export type Mh10 = {
  readonly elements: Readonly<Record<string, string>>;
  readonly gtin14?: string;
  readonly ppn?: string;
  readonly pzn?: string;
  readonly batch?: string;
  readonly expiresOn?: string;
  readonly serial?: string;
  readonly quantity?: number;
};
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** The content of an ISO/IEC 15434 envelope: format 05 holds GS1 element strings, 06 data identifiers. */
export type Envelope = { readonly format: '05' | '06'; readonly start: number; readonly end: number };

/**
 * Finds the envelope `[)>` RS 05|06 GS … RS EOT at index `start` of `raw`. The RS at the end is wanted,
 * since without it a cut-off message could not be told from a whole one; the EOT after it many scanners drop.
 */
export function openEnvelope(raw: string, start: number): Result<Envelope, ScanRefusal> {
  const format = (['05', '06'] as const).find((known) => raw.startsWith(`[)>${RS}${known}${GS}`, start));
  if (format === undefined) return err({ code: 'bad-envelope', position: start });
  const content = start + `[)>${RS}06${GS}`.length;
  const end = raw.endsWith(RS + EOT) ? raw.length - 2 : raw.endsWith(RS) ? raw.length - 1 : -1;
  if (end < content) return err({ code: 'bad-envelope', position: raw.length });
  return ok({ format, start: content, end });
}

const RS = '\u001e';
const EOT = '\u0004';

/** Reads the data identifiers of a format 06 message; those that Pestle does not know are kept in `elements`. */
export function parseMh10(
  raw: string,
  { start, end }: Envelope,
  todayYear: number,
): Result<Mh10, ScanRefusal> {
  const elements: Record<string, string> = {};
  const found: Mutable<Mh10> = { elements };
  let position = start;
  for (const piece of raw.slice(start, end).split(GS)) {
    const di = /^[0-9]{0,3}[A-Z]/.exec(piece)?.[0];
    if (di === undefined) return err({ code: piece === '' ? 'empty-element' : 'unknown-ai', position });
    const data = piece.slice(di.length);
    const at = position + di.length;
    const fault =
      dataFault(data) ?? (elements[di] !== undefined && elements[di] !== data ? 'duplicate-ai' : null);
    if (fault) return err({ code: fault, position: at, ai: di });
    const known = READERS[di]?.(found, data, todayYear);
    if (known) return err({ code: known, position: at, ai: di });
    elements[di] = data;
    position += piece.length + 1;
  }
  return ok(found);
}

function dataFault(data: string): ScanRefusalCode | null {
  if (data === '') return 'empty-element';
  return /^[\u0020-\u007e]*$/.test(data) ? null : 'bad-character';
}

type Reader = (found: Mutable<Mh10>, data: string, todayYear: number) => ScanRefusalCode | null;

/** The identifiers of the IFA coding system (securPharm), each putting its data into `found` or saying what is wrong. */
const READERS: Readonly<Record<string, Reader>> = {
  '9N': (found, data) => {
    if (!isPpn(data)) return 'bad-check-digit';
    found.ppn = data;
    const pzn = pznOfPpn(data);
    if (pzn !== null) found.pzn = pzn;
    return pzn === null && data.startsWith('11') ? 'bad-check-digit' : null;
  },
  '8P': (found, data) => {
    const gtin14 = toGtin14(data);
    if (gtin14 === null) return 'bad-check-digit';
    found.gtin14 = gtin14;
    return null;
  },
  '1T': (found, data) => {
    found.batch = data;
    return data.length > 20 ? 'element-too-long' : null;
  },
  S: (found, data) => {
    found.serial = data;
    return data.length > 20 ? 'element-too-long' : null;
  },
  D: (found, data, todayYear) =>
    expires(found, /^[0-9]{6}$/.test(data) && dateOfYymmdd(data, { todayYear, dayZero: true })),
  '14D': (found, data) => expires(found, /^[0-9]{8}$/.test(data) && dateOfYyyymmdd(data, true)),
  '16D': (_, data) =>
    /^[0-9]{8}$/.test(data) && !isDateFault(dateOfYyyymmdd(data, true)) ? null : 'bad-date',
  Q: (found, data) => {
    found.quantity = Number(data);
    return /^[0-9]{1,8}$/.test(data) ? null : 'bad-format';
  },
};

function expires(found: Mutable<Mh10>, date: string | false): ScanRefusalCode | null {
  if (date === false || date === 'month' || date === 'day') return 'bad-date';
  found.expiresOn = date;
  return null;
}
