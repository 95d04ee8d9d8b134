/**
 * An ESC/POS stream cut into what a printer would see, with the offset of each piece. Source: Epson's ESC/POS
 * command reference. `text` is bytes ≥ 0x20 in whatever code page is on; `unknown` is what no printer's manual
 * gives a meaning to, or a command the stream ends in the middle of.
 */
export type Token =
  | { readonly kind: 'text'; readonly offset: number; readonly bytes: Uint8Array }
  | { readonly kind: 'command'; readonly offset: number; readonly name: string; readonly args: Uint8Array }
  | {
      readonly kind: 'unknown';
      readonly offset: number;
      readonly bytes: Uint8Array;
      readonly why: UnknownWhy;
    };

export type UnknownWhy = 'no such command' | 'cut short';

/** Total: any bytes give tokens, and the tokens' bytes put together are the stream. */
export function tokens(bytes: Uint8Array): readonly Token[] {
  const found: Token[] = [];
  for (let at = 0; at < bytes.length; ) {
    const token = tokenAt(bytes, at);
    found.push(token);
    at += tokenLength(token);
  }
  return found;
}

/** Bytes a token takes in the stream. */
export function tokenLength(token: Token): number {
  if (token.kind === 'command') return token.args.length + opcodeLength(token.name);
  return token.bytes.length;
}

/** Names are written as in the manual, one part a byte: `LF`, `ESC a`, `GS v 0`. */
const opcodeLength = (name: string): number => name.split(' ').length;

function tokenAt(bytes: Uint8Array, at: number): Token {
  const first = bytes[at] ?? 0;
  if (first >= 0x20 && first !== 0x7f) return textAt(bytes, at);
  const prefix = prefixes.get(first);
  if (prefix === undefined) {
    const name = singles.get(first);
    if (name !== undefined) return { kind: 'command', offset: at, name, args: new Uint8Array() };
    return { kind: 'unknown', offset: at, bytes: bytes.subarray(at, at + 1), why: 'no such command' };
  }
  const second = bytes[at + 1];
  if (second === undefined) return cutShort(bytes, at);
  const name = `${prefix} ${byteName(second)}`;
  const length = argumentLengths.get(name);
  if (length === undefined) {
    return { kind: 'unknown', offset: at, bytes: bytes.subarray(at, at + 2), why: 'no such command' };
  }
  const count = typeof length === 'number' ? length : length(bytes.subarray(at + 2));
  const args = bytes.subarray(at + 2, at + 2 + count);
  return args.length < count ? cutShort(bytes, at) : { kind: 'command', offset: at, name, args };
}

const cutShort = (bytes: Uint8Array, at: number): Token => ({
  kind: 'unknown',
  offset: at,
  bytes: bytes.subarray(at),
  why: 'cut short',
});

function textAt(bytes: Uint8Array, at: number): Token {
  let end = at;
  while (end < bytes.length && (bytes[end] ?? 0) >= 0x20 && bytes[end] !== 0x7f) end++;
  return { kind: 'text', offset: at, bytes: bytes.subarray(at, end) };
}

const prefixes = new Map([
  [0x10, 'DLE'],
  [0x1b, 'ESC'],
  [0x1c, 'FS'],
  [0x1d, 'GS'],
]);

const singles = new Map([
  [0x09, 'HT'],
  [0x0a, 'LF'],
  [0x0c, 'FF'],
  [0x0d, 'CR'],
  [0x18, 'CAN'],
]);

const controlNames = new Map([
  [0x04, 'EOT'],
  [0x05, 'ENQ'],
  [0x0c, 'FF'],
  [0x14, 'DC4'],
  [0x20, 'SP'],
]);

const byteName = (byte: number): string => controlNames.get(byte) ?? String.fromCharCode(byte);

/** How many argument bytes follow, or how to tell from them; Infinity when the stream is too short to tell. */
type ArgumentLength = number | ((rest: Uint8Array) => number);

const u8 = (rest: Uint8Array, at: number): number => rest[at] ?? Number.POSITIVE_INFINITY;
const u16 = (rest: Uint8Array, at: number): number => u8(rest, at) + u8(rest, at + 1) * 256;
const u32 = (rest: Uint8Array, at: number): number => u16(rest, at) + u16(rest, at + 2) * 65_536;
const upToNul = (rest: Uint8Array, from = 0): number => {
  const nul = rest.indexOf(0, from);
  return nul < 0 ? Number.POSITIVE_INFINITY : nul + 1;
};
/** `( x pL pH …` */
const counted: ArgumentLength = (rest) => 3 + u16(rest, 1);

function all(
  prefix: string,
  opcodes: string,
  length: ArgumentLength,
): readonly (readonly [string, ArgumentLength])[] {
  return opcodes.split(' ').map((opcode) => [`${prefix} ${opcode}`, length] as const);
}

const argumentLengths: ReadonlyMap<string, ArgumentLength> = new Map([
  ...all('ESC', '@ 2 L S FF i m v < F', 0),
  ...all('ESC', '! - E G M V t R a d e J K 3 SP { % ? = r T U u 4 5', 1),
  ...all('ESC', '$ \\ c', 2),
  ...all('ESC', 'p', 3),
  ...all('ESC', 'W', 8),
  ...all('ESC', '(', counted),
  ...all('ESC', 'D', (rest) => upToNul(rest)),
  ...all('ESC', '&', userCharacters),
  ...all('ESC', '*', (rest) => 3 + u16(rest, 1) * (u8(rest, 0) >= 32 ? 3 : 1)),
  ...all('GS', ': c', 0),
  ...all('GS', '! B H h w f / I a r b T', 1),
  ...all('GS', 'L W P $ \\', 2),
  ...all('GS', '^ z', 3),
  ...all('GS', '(', counted),
  ...all('GS', '8', (rest) => 5 + u32(rest, 1)),
  ...all('GS', '*', (rest) => 2 + u8(rest, 0) * u8(rest, 1) * 8),
  ...all('GS', 'v', (rest) => 6 + u16(rest, 2) * u16(rest, 4)),
  ...all('GS', 'V', (rest) => (u8(rest, 0) === 0 || [1, 48, 49].includes(u8(rest, 0)) ? 1 : 2)),
  ...all('GS', 'k', (rest) => (u8(rest, 0) >= 65 ? 2 + u8(rest, 1) : upToNul(rest, 1))),
  ...all('GS', 'g', (rest) => (u8(rest, 0) === 0x30 ? 4 : 4)),
  ...all('FS', '& .', 0),
  ...all('FS', '! - C W', 1),
  ...all('FS', 'S p', 2),
  ...all('FS', '?', 2),
  ...all('FS', '2', 74),
  ...all('FS', '(', counted),
  ...all('FS', 'q', storedImages),
  ...all('DLE', 'EOT', (rest) => (u8(rest, 0) >= 7 && u8(rest, 0) <= 18 ? 2 : 1)),
  ...all('DLE', 'ENQ', 1),
  ...all('DLE', 'DC4', (rest) => (u8(rest, 0) === 8 ? 8 : 3)),
]);

/** ESC & y c1 c2 [x d1 … d(y·x)] for each character from c1 to c2. */
function userCharacters(rest: Uint8Array): number {
  const count = u8(rest, 2) - u8(rest, 1) + 1;
  let at = 3;
  for (let i = 0; i < count && at < rest.length; i++) at += 1 + u8(rest, at) * u8(rest, 0);
  return Number.isNaN(at) || count > 256 ? Number.POSITIVE_INFINITY : at;
}

/** FS q n [xL xH yL yH d1 … d(x·y·8)] for each of n images. */
function storedImages(rest: Uint8Array): number {
  let at = 1;
  for (let i = 0; i < u8(rest, 0) && at < rest.length; i++) {
    at += 4 + u16(rest, at) * u16(rest, at + 2) * 8;
  }
  return Number.isNaN(at) ? Number.POSITIVE_INFINITY : at;
}
