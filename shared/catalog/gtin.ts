/** The GS1 modulo-10 check digit of `body`, which must be ASCII digits (GS1 General Specifications §7.9). */
export function gs1CheckDigit(body: string): number {
  let sum = 0;
  for (let i = body.length - 1, weight = 3; i >= 0; i--, weight = 4 - weight)
    sum += digitAt(body, i) * weight;
  return (10 - (sum % 10)) % 10;
}

/** Whether `code` is digits and its last one is the GS1 check digit of the others. */
export const hasGs1CheckDigit = (code: string): boolean =>
  isDigits(code) && gs1CheckDigit(code.slice(0, -1)) === digitAt(code, code.length - 1);

/** A GTIN-8, -12, -13 or -14 with a right check digit as the 14 digits all of Pestle uses; else null. */
export function toGtin14(code: string): string | null {
  const lengthIsGtin = code.length === 8 || (code.length >= 12 && code.length <= 14);
  return lengthIsGtin && hasGs1CheckDigit(code) ? code.padStart(14, '0') : null;
}

/**
 * The UPC-A behind an eight-digit UPC-E (number system 0 or 1, six digits, check digit), or null.
 * The last of the six digits says where the zeros were left out (GS1 General Specifications §5.2.2.4.2).
 */
export function expandUpcE(code: string): string | null {
  if (code.length !== 8 || !isDigits(code) || digitAt(code, 0) > 1) return null;
  const upcA = `${code[0]}${expandedDigits(code.slice(1, 6), code.charAt(6))}${code[7]}`;
  return hasGs1CheckDigit(upcA) ? upcA : null;
}

function expandedDigits(five: string, last: string): string {
  if (last <= '2') return `${five.slice(0, 2)}${last}0000${five.slice(2)}`;
  if (last === '3') return `${five.slice(0, 3)}00000${five.slice(3)}`;
  if (last === '4') return `${five.slice(0, 4)}00000${five.slice(4)}`;
  return `${five}0000${last}`;
}

/** ASCII digits only, at least one; the digits of other scripts are no digits here. */
export function isDigits(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 48 || unit > 57) return false;
  }
  return text.length > 0;
}

const digitAt = (text: string, index: number): number => text.charCodeAt(index) - 48;
