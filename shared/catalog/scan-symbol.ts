import { err, ok, type Result } from '#shared/kernel/result.ts';
import { looksLikeWebAddress } from './digital-link.ts';
import { parseElementString } from './gs1.ts';
import { hasGs1CheckDigit, isDigits, toGtin14 } from './gtin.ts';
import { gs1Scan, gtinScan, pznScan, textScan } from './scan-build.ts';
import {
  parseEnvelope,
  parseHibcScan,
  parseLink,
  parsePzn,
  parseSeparated,
  strangeAt,
  typedDigits,
} from './scan-parts.ts';
import type { Scan, ScanOptions, ScanRefusal, Symbology } from './scan-types.ts';

type Content = 'gs1' | 'ean13' | 'ean8' | 'itf14' | 'free';

/** Reads a scan that begins with its AIM symbology identifier. */
export function parseSymbol(raw: string, options: ScanOptions): Result<Scan, ScanRefusal> {
  const [symbology, content] = AIM[raw.slice(1, 3)] ?? [];
  if (symbology === undefined) return err({ code: 'unsupported-symbology', position: 0 });
  if (content === 'gs1')
    return parseSeparated(raw, { symbology, start: 3, separators: options.groupSeparators ?? [] }, options);
  if (content === 'ean13' || content === 'ean8') return parseEan(raw, symbology, options);
  if (content === 'itf14') return parseItf(raw);
  return parseFree(raw, symbology, options);
}

/** EAN-13 (UPC-A and UPC-E come as EAN-13 too) or EAN-8, with a GS1 composite component behind `|]e0` when there is one. */
function parseEan(raw: string, symbology: Symbology, options: ScanOptions): Result<Scan, ScanRefusal> {
  const length = symbology === 'ean8' ? 8 : 13;
  const composite = raw.indexOf('|]e0');
  const digits = composite < 0 ? raw.slice(3) : raw.slice(3, composite);
  const fault = eanFault(digits, length);
  if (fault) return fault;
  if (composite >= 0) return parseComposite(raw, { symbology, digits, start: composite + 4 }, options);
  return (
    typedDigits(digits, { symbology, position: 3, only: symbology === 'ean8' ? 'ean8' : 'ean13' }, options) ??
    err({ code: 'bad-check-digit', position: 2 + length })
  );
}

function eanFault(digits: string, length: number): ReturnType<typeof err<ScanRefusal>> | null {
  if (digits.length !== length)
    return err({ code: 'bad-length', position: 3 + Math.min(digits.length, length) });
  const strange = digits.search(/[^0-9]/);
  if (strange >= 0) return err({ code: 'bad-character', position: 3 + strange });
  return hasGs1CheckDigit(digits) ? null : err({ code: 'bad-check-digit', position: 2 + length });
}

/** The linear part is the AI (01) of what the composite component adds. */
function parseComposite(
  raw: string,
  { symbology, digits, start }: { symbology: Symbology; digits: string; start: number },
  options: ScanOptions,
): Result<Scan, ScanRefusal> {
  if (start === raw.length) return err({ code: 'empty', position: start });
  const primary = `01${digits.padStart(14, '0')}`;
  const read = parseElementString(primary + raw.slice(start), 0, options);
  if (read.ok) return ok(gs1Scan({ symbology, form: 'element-string' }, read.value, options.todayYear));
  const { position } = read.error;
  return err({ ...read.error, position: position < primary.length ? 3 : position - primary.length + start });
}

function parseItf(raw: string): Result<Scan, ScanRefusal> {
  const digits = raw.slice(3);
  if (!isDigits(digits) || digits.length !== 14) return err({ code: 'bad-length', position: 3 });
  const gtin14 = toGtin14(digits);
  return gtin14 === null
    ? err({ code: 'bad-check-digit', position: 16 })
    : ok(gtinScan('itf', 'itf14', gtin14));
}

/** A symbol that may hold anything: a scheme with its own mark first, then digits whose check fits, else plain text. */
function parseFree(raw: string, symbology: Symbology, options: ScanOptions): Result<Scan, ScanRefusal> {
  const text = raw.slice(3);
  const carrier = { symbology, start: 3 };
  if (text.startsWith('[)>')) return parseEnvelope(raw, carrier, options);
  if (looksLikeWebAddress(text)) return parseLink(raw, carrier, options);
  if (text.startsWith('+')) return parseHibcScan(raw, carrier, options);
  if (/^-[0-9]+$/.test(text)) {
    const pzn = parsePzn(raw, 4);
    return pzn.ok ? ok(pznScan(symbology, pzn.value)) : pzn;
  }
  const control = strangeAt(raw, 3);
  if (control >= 0) return err({ code: 'bad-character', position: control });
  const digits = isDigits(text) ? typedDigits(text, { symbology, position: 3 }, options) : null;
  return digits?.ok ? digits : ok(textScan(symbology, text));
}

/** AIM identifiers (ISO/IEC 15424 Annex A) and what their symbols hold. ECI forms are not read. */
const AIM: Readonly<Record<string, readonly [Symbology, Content]>> = {
  A0: ['code39', 'free'],
  A1: ['code39', 'free'],
  A3: ['code39', 'free'],
  A4: ['code39', 'free'],
  A5: ['code39', 'free'],
  A7: ['code39', 'free'],
  C0: ['code128', 'free'],
  C1: ['gs1-128', 'gs1'],
  d0: ['datamatrix', 'free'],
  d1: ['datamatrix', 'free'],
  d2: ['gs1-datamatrix', 'gs1'],
  E0: ['ean13', 'ean13'],
  E4: ['ean8', 'ean8'],
  e0: ['databar', 'gs1'],
  F0: ['codabar', 'free'],
  G0: ['code93', 'free'],
  I0: ['itf', 'itf14'],
  I1: ['itf', 'itf14'],
  J0: ['dotcode', 'free'],
  J1: ['gs1-dotcode', 'gs1'],
  L0: ['pdf417', 'free'],
  L1: ['pdf417', 'free'],
  L2: ['pdf417', 'free'],
  Q0: ['qr', 'free'],
  Q1: ['qr', 'free'],
  Q3: ['gs1-qr', 'gs1'],
  z0: ['aztec', 'free'],
  z1: ['gs1-aztec', 'gs1'],
  X0: ['none', 'free'],
};
