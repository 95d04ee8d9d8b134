/** Longest pause in ms within one code: at 1200 baud a character takes 8. */
export const framePauseMs = 60;

/** A symbol holds no more (QR, digits). */
const maxCharacters = 7089;

/**
 * Cuts what comes over a serial line into codes. CR, LF, Tab, ETX, EOT and NUL end one; so does a pause, for scanners
 * that send no end. STX before a code is dropped. Bytes are ISO 8859-1.
 */
export function createFraming() {
  let rest = '';
  return {
    /** The codes that these bytes complete. */
    feed(bytes: Uint8Array): readonly string[] {
      const codes: string[] = [];
      for (const character of Buffer.from(bytes).toString('latin1')) {
        if (!ENDS.includes(character)) rest += character;
        else {
          codes.push(withoutStart(rest));
          rest = '';
        }
      }
      rest = rest.slice(-maxCharacters);
      return codes.filter((code) => code !== '');
    },
    /** Nothing came for `framePauseMs`: what has come is a code, or null. */
    pause(): string | null {
      const code = withoutStart(rest);
      rest = '';
      return code === '' ? null : code;
    },
  };
}

const ENDS = '\r\n\t\u0003\u0004\u0000';
const STX = '\u0002';

const withoutStart = (text: string): string => (text.startsWith(STX) ? withoutStart(text.slice(1)) : text);
