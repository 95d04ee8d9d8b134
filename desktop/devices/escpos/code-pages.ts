import iconv from 'iconv-lite';
import type { CodePage, PageNumber, PrinterProfile } from './profiles.ts';

/** The first of the printer's pages that has every character of this text, if one has. */
export function pageFor(text: string, profile: PrinterProfile): PageNumber | undefined {
  return profile.codePages.find(({ page }) => [...text].every((char) => bytesOf(page).has(char)));
}

/**
 * Text in a page that has all of it (see `pageFor`). Not left to the encoder library: it writes § and ¶ of
 * CP858 as 0x15 and 0x14, and ► of CP437 as 0x10, which are commands to a printer.
 */
export function encodePage(text: string, page: CodePage): Uint8Array {
  const bytes = bytesOf(page);
  return Uint8Array.from([...text], (char) => bytes.get(char) ?? 0x3f);
}

/** What the 256 bytes of a page print; bytes below 0x20 and 0x7F print nothing and are absent. */
export function decodePage(page: string, bytes: Uint8Array): string {
  return iconv.decode(bytes, page);
}

export const knowsPage = (page: string): boolean => iconv.encodingExists(page);

const known = new Map<CodePage, ReadonlyMap<string, number>>();

/** Characters a page prints with a byte that no printer can take for a command. */
function bytesOf(page: CodePage): ReadonlyMap<string, number> {
  const seen = known.get(page);
  if (seen) return seen;
  const printable = Array.from({ length: 256 }, (_, byte) => byte).filter(
    (byte) => byte >= 0x20 && byte !== 0x7f,
  );
  const pairs = printable.map((byte) => [decodePage(page, Uint8Array.of(byte)), byte] as const);
  const bytes = new Map(pairs.filter(([char]) => !/[\p{Cc}\uFFFD]/u.test(char)));
  known.set(page, bytes);
  return bytes;
}
