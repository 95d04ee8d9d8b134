import iconv from 'iconv-lite';
import type { CodePage, PrinterProfile } from './profiles.ts';

/** The first of the printer's pages that has every character of this text, if one has. */
export function pageFor(text: string, profile: PrinterProfile): CodePage | undefined {
  return profile.codePages.find(({ page }) => [...text].every((char) => charactersOf(page).has(char)))?.page;
}

/** What the 256 bytes of a page print; bytes below 0x20 and 0x7F print nothing and are absent. */
export function decodePage(page: string, bytes: Uint8Array): string {
  return iconv.decode(bytes, page);
}

export const knowsPage = (page: string): boolean => iconv.encodingExists(page);

const known = new Map<CodePage, ReadonlySet<string>>();

function charactersOf(page: CodePage): ReadonlySet<string> {
  const seen = known.get(page);
  if (seen) return seen;
  const printable = Array.from({ length: 256 }, (_, byte) => byte).filter(
    (byte) => byte >= 0x20 && byte !== 0x7f,
  );
  const characters = new Set(decodePage(page, Uint8Array.from(printable)));
  characters.delete('\uFFFD');
  for (const char of characters) if (/\p{Cc}/u.test(char)) characters.delete(char);
  known.set(page, characters);
  return characters;
}
