import { err, ok, type Result } from '#shared/kernel/result.ts';
import { dateOfYearDay, dateOfYymmdd, dateOfYyyymmdd, fullYear, isDateFault } from './gs1-dates.ts';
import { isDigits } from './gtin.ts';
import type { HibcIdentity, ScanRefusal } from './scan-types.ts';

/** A Health Industry Bar Code (ANSI/HIBC 2.6, supplier standard) and what its secondary part says. */
export type Hibc = HibcIdentity & HibcSecondary;
type HibcSecondary = {
  readonly batch?: string;
  readonly expiresOn?: string;
  readonly serial?: string;
  readonly quantity?: number;
};
type Where = { readonly position: number; readonly todayYear: number };

/** The check character of `text`: the sum of its character values modulo 43, or null for a character outside the set. */
export function hibcCheckCharacter(text: string): string | null {
  let sum = 0;
  for (const character of text) {
    const value = CHARACTERS.indexOf(character);
    if (value < 0) return null;
    sum += value;
  }
  return CHARACTERS.charAt(sum % 43);
}

/**
 * Reads `+` primary, `+` primary `/` secondary, or a secondary of its own, with the check character at the end;
 * `where.position` is the index of the `+` in the string scanned.
 */
export function parseHibc(text: string, where: Where): Result<Hibc, ScanRefusal> {
  const strange = text.search(/[^0-9A-Z\-. $/+%]/);
  if (strange >= 0) return err({ code: 'bad-character', position: where.position + strange });
  const body = text.slice(1, -1);
  const check = text.slice(-1);
  if (body === '') return err({ code: 'bad-length', position: where.position });
  if (hibcCheckCharacter(`+${body}`) !== check) {
    return err({ code: 'bad-check-digit', position: where.position + text.length - 1 });
  }
  return /^[$0-9]/.test(body) ? loneSecondary(body, check, where) : withPrimary(body, check, where);
}

function withPrimary(body: string, check: string, where: Where): Result<Hibc, ScanRefusal> {
  const slash = body.indexOf('/');
  const primary = slash < 0 ? body : body.slice(0, slash);
  if (!/^[A-Z][0-9A-Z]{3}[0-9A-Z]{1,18}[0-9]$/.test(primary))
    return err({ code: 'bad-format', position: where.position + 1 });
  const identity = { lic: primary.slice(0, 4), pcn: primary.slice(4, -1), uom: primary.slice(-1), check };
  if (slash < 0) return ok(identity);
  const secondary = parseSecondary(body.slice(slash + 1), { ...where, position: where.position + slash + 2 });
  return secondary.ok ? ok({ ...identity, ...secondary.value }) : secondary;
}

function loneSecondary(body: string, check: string, where: Where): Result<Hibc, ScanRefusal> {
  // The last character before the check repeats the primary's check character, so that two symbols find each other.
  const secondary = parseSecondary(body.slice(0, -1), { ...where, position: where.position + 1 });
  return secondary.ok ? ok({ link: body.slice(-1), check, ...secondary.value }) : secondary;
}

function parseSecondary(text: string, where: Where): Result<HibcSecondary, ScanRefusal> {
  const [first = '', ...more] = text.split('/');
  const leading = parseLeading(first, where);
  if (!leading.ok) return leading;
  let found: HibcSecondary = leading.value;
  let position = where.position + first.length + 1;
  for (const piece of more) {
    const extra = parseAppended(piece, { ...where, position });
    if (!extra.ok) return extra;
    found = { ...found, ...extra.value };
    position += piece.length + 1;
  }
  return ok(found);
}

/** `$…` batch, `$+…` serial, `$$…` and `$$+…` the same behind quantity and expiry, else YYJJJ and batch. */
function parseLeading(text: string, where: Where): Result<HibcSecondary, ScanRefusal> {
  const [, marks = '', rest = ''] = /^(\$\$\+|\$\$|\$\+|\$|)(.*)$/.exec(text) ?? [];
  const name = marks.endsWith('+') ? 'serial' : 'batch';
  const position = where.position + marks.length;
  if (marks === '$' || marks === '$+') return named(name, rest, position);
  if (marks === '') return datedBy('5', rest, name, { ...where, position });
  const counted = /^8([0-9]{2})|^9([0-9]{5})/.exec(rest);
  const afterCount = rest.slice(counted?.[0].length ?? 0);
  const quantity = counted ? { quantity: Number(counted[1] ?? counted[2]) } : {};
  const flag = /^[2-7]/.exec(afterCount)?.[0] ?? '';
  const at = { ...where, position: position + (counted?.[0].length ?? 0) + flag.length };
  const dated = afterCount === '' ? ok({}) : datedBy(flag, afterCount.slice(flag.length), name, at);
  return dated.ok ? ok({ ...quantity, ...dated.value }) : dated;
}

function datedBy(
  flag: string,
  text: string,
  name: 'batch' | 'serial',
  where: Where,
): Result<HibcSecondary, ScanRefusal> {
  const length = DATE_LENGTHS[flag] ?? 0;
  const digits = text.slice(0, length);
  if (length > 0 && (digits.length < length || !isDigits(digits)))
    return err({ code: 'bad-date', position: where.position });
  const expiresOn = length > 0 ? dateBy(flag, digits, where.todayYear) : undefined;
  if (expiresOn !== undefined && isDateFault(expiresOn))
    return err({ code: 'bad-date', position: where.position });
  const rest = text.slice(length);
  const label = rest === '' ? ok({}) : named(name, rest, where.position + length);
  if (!label.ok) return label;
  return ok(expiresOn === undefined ? label.value : { ...label.value, expiresOn });
}

/** Digits by date flag; no flag is MMYY, 7 is no date at all. */
const DATE_LENGTHS: Readonly<Record<string, number>> = { '': 4, '2': 6, '3': 6, '4': 8, '5': 5, '6': 7 };

function dateBy(flag: string, digits: string, todayYear: number) {
  const part = (from: number, to: number) => digits.slice(from, to);
  if (flag === '5' || flag === '6')
    return dateOfYearDay(fullYear(Number(part(0, 2)), todayYear), Number(part(2, 5)));
  const hours = flag === '4' ? part(6, 8) : flag === '6' ? part(5, 7) : '00';
  if (hours > '23') return 'day';
  if (flag === '') return dateOfYymmdd(`${part(2, 4)}${part(0, 2)}00`, { todayYear, dayZero: true });
  const yymmdd = flag === '2' ? part(4, 6) + part(0, 4) : part(0, 6);
  return dateOfYymmdd(yymmdd, { todayYear, dayZero: false });
}

/** Data after a slash: `14D` expiry and `16D` production as YYYYMMDD, `S` serial, `Q` quantity. */
function parseAppended(text: string, { position }: Where): Result<HibcSecondary, ScanRefusal> {
  const date = /^(14D|16D)([0-9]{8})$/.exec(text);
  if (date) {
    const day = dateOfYyyymmdd(date[2] ?? '', false);
    if (isDateFault(day)) return err({ code: 'bad-date', position: position + 3 });
    return ok(date[1] === '14D' ? { expiresOn: day } : {});
  }
  const quantity = /^Q([0-9]{1,5})$/.exec(text);
  if (quantity) return ok({ quantity: Number(quantity[1]) });
  return text.startsWith('S')
    ? named('serial', text.slice(1), position + 1)
    : err({ code: 'bad-format', position });
}

function named(
  name: 'batch' | 'serial',
  value: string,
  position: number,
): Result<HibcSecondary, ScanRefusal> {
  if (value === '') return err({ code: 'empty-element', position });
  if (value.length > 18) return err({ code: 'element-too-long', position: position + 18 });
  return ok({ [name]: value });
}

/** In the order of their values. */
const CHARACTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%';
