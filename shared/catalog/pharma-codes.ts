import { gs1CheckDigit, isDigits } from './gtin.ts';

/**
 * A German Pharmazentralnummer as its 8 digits (the older 7 get a leading zero), or null when the check digit is wrong.
 * Check: Σ digit × position modulo 11; a remainder of 10 is never issued (IFA, technical information PZN).
 */
export function toPzn(digits: string): string | null {
  if (!isDigits(digits) || (digits.length !== 7 && digits.length !== 8)) return null;
  const pzn = digits.padStart(8, '0');
  let sum = 0;
  for (let i = 0; i < 7; i++) sum += Number(pzn[i]) * (i + 1);
  return sum % 11 === Number(pzn[7]) ? pzn : null;
}

/** Whether a Pharmacy Product Number's last two digits fit: Σ character code × (2, 3, …) modulo 97 (IFA coding system). */
export function isPpn(text: string): boolean {
  if (!/^[0-9A-Z]{2,20}[0-9]{2}$/.test(text)) return false;
  let sum = 0;
  for (let i = 0; i < text.length - 2; i++) sum += text.charCodeAt(i) * (i + 2);
  return sum % 97 === Number(text.slice(-2));
}

/** Agency prefix 11 of a PPN stands for a PZN. */
export const pznOfPpn = (ppn: string): string | null =>
  ppn.startsWith('11') ? toPzn(ppn.slice(2, -2)) : null;

/** The GTIN in which a German pack carries its PZN (NTIN: 0 4150 + PZN8 + check digit); null for any other GTIN. */
export const pznOfGtin14 = (gtin14: string): string | null =>
  gtin14.startsWith('04150') && gtin14.length === 14 ? toPzn(gtin14.slice(5, 13)) : null;

/**
 * The GTIN of a French pack typed as its short CIP: 3400 9, the seven digits, check digit.
 * A CIP7 has no check digit of its own that all of them keep (a quarter of the register's do not).
 */
export function gtin14OfCip7(cip7: string): string | null {
  if (cip7.length !== 7 || !isDigits(cip7)) return null;
  const body = `34009${cip7}`;
  return `0${body}${gs1CheckDigit(body)}`;
}
