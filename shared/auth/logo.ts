/** Bytes of a logo as a PNG, and its sides in pixels: a picture of 64 KB could else unpack to a gigabyte. */
const mostBytes = 64 * 1024;
const mostPixels = 2000;

/** Whether a text is a PNG's data URL that a receipt may carry. */
export function isLogo(dataUrl: string): boolean {
  const [, base64] = /^data:image\/png;base64,([A-Za-z0-9+/]+={0,2})$/.exec(dataUrl) ?? [];
  if (base64 === undefined || base64.length > (mostBytes * 4) / 3 + 4) return false;
  const head = bytesOf(base64.slice(0, 32));
  if (!signature.every((byte, i) => head[i] === byte)) return false;
  return [16, 20].every((at) => {
    const side = head.slice(at, at + 4).reduce((sum, byte) => sum * 256 + byte, 0);
    return side > 0 && side <= mostPixels;
  });
}

/** What a PNG begins with, to the name of its first chunk, which says how large it is (ISO/IEC 15948, 5.2 and 11.2.2). */
const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52];

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function bytesOf(base64: string): readonly number[] {
  const bits = Array.from(base64.replace(/=+$/, ''), (char) => alphabet.indexOf(char));
  const bytes: number[] = [];
  for (let i = 0; i + 1 < bits.length; i++) {
    const [a = 0, b = 0] = [bits[i], bits[i + 1]];
    const turn = i % 4;
    if (turn === 0) bytes.push(((a << 2) | (b >> 4)) & 0xff);
    else if (turn === 1) bytes.push(((a << 4) | (b >> 2)) & 0xff);
    else if (turn === 2) bytes.push(((a << 6) | b) & 0xff);
  }
  return bytes;
}
