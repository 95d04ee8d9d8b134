import { z } from 'zod';

/** ASCII group separator: what FNC1 becomes inside a GS1 code. */
export const GS = '\u001d';

/** The layouts a scanner may believe it types on; `as-typed` takes the characters as the machine's own layout gives them. */
const scannerLayouts = ['us', 'fr', 'de', 'as-typed'] as const;
export type ScannerLayout = (typeof scannerLayouts)[number];

const around = z.string().max(24);

/** How one scanner sends its codes, as learnt from the three test codes of the setup screen. */
export const scannerProfile = z.object({
  layout: z.enum(scannerLayouts),
  /** Before everything else. */
  prefix: around,
  /** Whether it sends AIM symbology identifiers (`]d2`), behind the prefix. */
  aim: z.boolean(),
  /** Between the identifier and the data. */
  inner: around,
  /** Behind the data, before the key that ends it. */
  suffix: around,
  /** The key that ends a code; `none`: it just stops. */
  end: z.enum(['Enter', 'Tab', 'none']),
  /** How it sends the group separator (FNC1); a raw U+001D is understood always. `text` is `separatorText`. */
  separator: z.enum(['raw', 'ctrl-]', 'f8', 'alt-029', 'text', 'missing']),
  separatorText: around,
});
export type ScannerProfile = z.infer<typeof scannerProfile>;

/** A code as it stood in the symbol, behind its AIM identifier, out of what a scanner with this profile sent. */
export function readThrough(profile: ScannerProfile, sent: string): string {
  const inside = between(sent, profile.prefix, profile.suffix);
  if (inside === null) return sent; // another scanner's
  const aim = profile.aim ? (/^\][A-Za-z][0-9A-Za-z]/.exec(inside)?.[0] ?? '') : '';
  const data = between(inside.slice(aim.length), profile.inner, '');
  if (data === null) return sent;
  const { separator, separatorText } = profile;
  return aim + (separator === 'text' && separatorText !== '' ? data.replaceAll(separatorText, GS) : data);
}

function between(text: string, before: string, after: string): string | null {
  const around = before.length + after.length;
  if (text.length <= around || !text.startsWith(before) || !text.endsWith(after)) return null;
  return text.slice(before.length, text.length - after.length);
}
