import { toGtin14 } from './gtin.ts';
import { gtin14OfCip7, pznOfGtin14, toPzn } from './pharma-codes.ts';

/** The kinds of look-up keys a pack may be known by; `Scan.codes` holds the same. */
export type PackCodeKind = 'gtin' | 'pzn' | 'cip7' | 'hibc' | 'sku' | 'weighed' | NationalKind;
type NationalKind = 'cn' | 'drn' | 'aim' | 'ndc' | 'aic' | 'srn';

/**
 * A code from a register or a form as the key under which a scan of it is looked up (`gtin:03400930108277`),
 * or null when it cannot be one: wrong length, wrong check digit. GTINs come in 8, 12, 13 or 14 digits.
 */
export function packCode(kind: PackCodeKind, text: string): string | null {
  switch (kind) {
    case 'gtin':
      return keyed(kind, toGtin14(text));
    case 'pzn':
      return keyed(kind, toPzn(text));
    case 'cip7':
      return /^[0-9]{7}$/.test(text) ? `cip7:${text}` : null;
    case 'hibc':
      return /^[A-Z][0-9A-Z]{3}[0-9A-Z]{1,18}[0-9]$/.test(text) ? `hibc:${text}` : null;
    case 'weighed':
      return /^[0-9]{3,12}$/.test(text) ? `weighed:${text}` : null;
    case 'sku':
      return skuKey(text);
    default:
      return /^[!-~]{1,20}$/.test(text) ? `${kind}:${text.toUpperCase()}` : null;
  }
}

const keyed = (kind: PackCodeKind, code: string | null): string | null =>
  code === null ? null : `${kind}:${code}`;

/** The look-up keys of a GTIN: itself, and the PZN inside a German one. */
export function gtinKeys(gtin14: string): readonly string[] {
  const pzn = pznOfGtin14(gtin14);
  return pzn === null ? [`gtin:${gtin14}`] : [`gtin:${gtin14}`, `pzn:${pzn}`];
}

/** A store's own SKU as a look-up key: upper case; null for a text that cannot be one. */
export const skuKey = (text: string): string | null =>
  /^[0-9A-Za-z][0-9A-Za-z._/-]{0,39}$/.test(text) ? `sku:${text.toUpperCase()}` : null;

/** The look-up keys among GS1 elements: the GTIN's, then those of national reimbursement numbers. */
export function gs1Keys(elements: Readonly<Record<string, string>>): readonly string[] {
  const gtin = elements['01'];
  const keys = gtin === undefined ? [] : [...gtinKeys(gtin)];
  for (const [ai, keysOf] of NATIONAL_NUMBERS) {
    const number = elements[ai];
    if (number !== undefined) keys.push(...keysOf(number));
  }
  return keys.length > 1 ? [...new Set(keys)] : keys;
}

const named = (kind: NationalKind) => (number: string) => [`${kind}:${number.toUpperCase()}`];

/** AI → keys of a national number. A PZN or CIP whose digits do not fit is carried in the scan, but not looked up. */
const NATIONAL_NUMBERS: readonly (readonly [string, (number: string) => readonly string[]])[] = [
  ['710', (number) => [packCode('pzn', number)].filter((key) => key !== null)],
  ['711', cipKeys],
  ['712', named('cn')],
  ['713', named('drn')],
  ['714', named('aim')],
  ['715', named('ndc')],
  ['716', named('aic')],
  ['717', named('srn')],
];

function cipKeys(number: string): readonly string[] {
  const gtin14 = gtin14OfCip7(number);
  if (gtin14 !== null) return [`cip7:${number}`, `gtin:${gtin14}`];
  const cip13 = number.length === 13 ? toGtin14(number) : null;
  return cip13 === null ? [] : [`gtin:${cip13}`];
}
