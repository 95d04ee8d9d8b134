import { detect } from 'chardet';
import iconv from 'iconv-lite';

/** What a pass over all bytes of a file found. */
export type ByteFacts = {
  readonly bom: 'utf-8' | 'utf-16le' | 'utf-16be' | null;
  /** Bytes above 0x7f, well-formed UTF-8 sequences among them, and bytes that are no part of one. */
  readonly high: number;
  readonly utf8Sequences: number;
  readonly utf8Faults: number;
  /** Bytes that Windows-1252 leaves undefined (81, 8D, 8F, 90, 9D). */
  readonly undefined1252: number;
  readonly nuls: number;
  /** Control bytes other than tab, line feed, carriage return and form feed. */
  readonly controls: number;
  readonly crlf: number;
  readonly lf: number;
  readonly cr: number;
  readonly bytes: number;
};

export type Detected = {
  readonly encoding: string;
  /** Whether the bytes leave no other reading, or it is a guess from their frequencies. */
  readonly certain: boolean;
};

/**
 * The encoding of a file: the first candidate under which its bytes make sense. Every file is judged by itself and
 * by all of its bytes, since registers mix encodings from file to file and accents may come late. Windows-1252 is
 * meant wherever Latin-1 is said.
 */
export function detectEncoding(
  candidates: readonly string[],
  facts: ByteFacts,
  sample: Uint8Array,
): Detected {
  if (facts.bom !== null) return { encoding: facts.bom, certain: true };
  for (const name of candidates) {
    const encoding = name.toLowerCase();
    if (encoding === 'auto') return guess(facts, sample);
    if (encoding === 'utf-8' || encoding === 'utf8') {
      if (isUtf8(facts)) return { encoding: 'utf-8', certain: true };
    } else if (encoding === 'windows-1252' || encoding === 'cp1252') {
      if (facts.undefined1252 === 0) return { encoding: 'windows-1252', certain: facts.utf8Faults > 0 };
    } else if (iconv.encodingExists(encoding)) return { encoding, certain: false };
  }
  return guess(facts, sample);
}

function guess(facts: ByteFacts, sample: Uint8Array): Detected {
  if (isUtf8(facts)) return { encoding: 'utf-8', certain: true };
  const name = (detect(sample) ?? 'windows-1252').toLowerCase();
  // A text in Latin letters has few bytes above ASCII: Cyrillic or Chinese it is not, whatever the statistics say.
  const latin = facts.high < facts.bytes * 0.15;
  const credible = latin ? LATIN.test(name) : !/^(?:ascii|utf-8|iso-8859-1)$/.test(name);
  return { encoding: credible && iconv.encodingExists(name) ? name : 'windows-1252', certain: false };
}

const LATIN = /^(?:iso-8859-(?:2|9)|windows-125[04])$/;

/** A few broken rows do not make another encoding of a file full of sound sequences; they are reported one by one. */
const isUtf8 = ({ utf8Sequences, utf8Faults }: ByteFacts): boolean =>
  utf8Faults === 0 || utf8Sequences >= utf8Faults * 10;

/** Counts the bytes of a file chunk by chunk. */
export function createByteCounter(): { add(chunk: Uint8Array): void; facts(): ByteFacts } {
  const n = {
    high: 0,
    utf8Sequences: 0,
    utf8Faults: 0,
    undefined1252: 0,
    nuls: 0,
    controls: 0,
    crlf: 0,
    lf: 0,
    cr: 0,
    bytes: 0,
  };
  let head: number[] = [];
  let last = 0;
  /** Continuation bytes still wanted, and the range the next one must be in (RFC 3629 §4). */
  let [wanted, low, high] = [0, 0x80, 0xbf];

  const addHigh = (byte: number): void => {
    n.high += 1;
    if (UNDEFINED_1252.has(byte)) n.undefined1252 += 1;
    if (wanted > 0 && byte >= low && byte <= high) {
      wanted -= 1;
      [low, high] = [0x80, 0xbf];
      if (wanted === 0) n.utf8Sequences += 1;
      return;
    }
    if (wanted > 0) n.utf8Faults += 1;
    wanted = sequenceLength(byte) - 1;
    if (wanted < 0) {
      n.utf8Faults += 1;
      wanted = 0;
    }
    [low, high] = secondByte(byte);
  };
  const addLow = (byte: number): void => {
    if (wanted > 0) n.utf8Faults += 1;
    wanted = 0;
    if (byte >= 0x20) return;
    if (byte === LF) n[last === CR ? 'crlf' : 'lf'] += 1;
    else if (byte === CR) n.cr += 1;
    else if (byte === 0) n.nuls += 1;
    else if (byte !== 9 && byte !== 12) n.controls += 1;
  };
  return {
    add(chunk) {
      if (head.length < 3) head = [...head, ...chunk.subarray(0, 3)].slice(0, 3);
      for (const byte of chunk) {
        if (byte > 0x7f) addHigh(byte);
        else addLow(byte);
        // The other half of a UTF-16 sign.
        if (byte !== 0) last = byte;
      }
      n.bytes += chunk.length;
    },
    facts: () => ({
      ...n,
      utf8Faults: n.utf8Faults + (wanted > 0 ? 1 : 0),
      cr: n.cr - n.crlf,
      bom: bomOf(head),
    }),
  };
}

const LF = 10;
const CR = 13;
const UNDEFINED_1252 = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

function sequenceLength(first: number): number {
  if (first >= 0xc2 && first <= 0xdf) return 2;
  if (first >= 0xe0 && first <= 0xef) return 3;
  return first >= 0xf0 && first <= 0xf4 ? 4 : 0;
}

/** Keeps out overlong forms, surrogates and what lies beyond U+10FFFF. */
function secondByte(first: number): [number, number] {
  if (first === 0xe0) return [0xa0, 0xbf];
  if (first === 0xed) return [0x80, 0x9f];
  if (first === 0xf0) return [0x90, 0xbf];
  return first === 0xf4 ? [0x80, 0x8f] : [0x80, 0xbf];
}

function bomOf([a, b, c]: readonly number[]): ByteFacts['bom'] {
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  return a === 0xfe && b === 0xff ? 'utf-16be' : null;
}
