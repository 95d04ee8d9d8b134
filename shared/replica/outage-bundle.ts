import canonicalize from 'canonicalize';
import { z } from 'zod';
import { err, ok, type Result } from '../kernel/result.ts';
import type { Sealed } from './changeset.ts';
import { sealed } from './wire.ts';

/**
 * The file in which a till's unsent work is carried to HQ by hand, when the network stays away. Byte by byte:
 *
 * 1. the header, one line of canonical JSON (RFC 8785) in ASCII, ended by a line feed;
 * 2. 32 bytes: the encapsulated key of HPKE (RFC 9180: X25519, HKDF-SHA256, AES-256-GCM; base mode, no info);
 * 3. the ciphertext, with the header line as its additional data, of a gzip of one line of JSON `{hash, sig, text}` per
 *    changeset, oldest first;
 * 4. 64 bytes: the device's Ed25519 signature over the SHA-256 of all before it.
 *
 * Only HQ can read it, and only that till can have made it. The changesets stay in the till's outbox: what also arrives
 * online is a duplicate.
 */
export const outageFormat = 'pestle-outage-1';

const ascii = z.string().regex(/^[\x20-\x7e]{0,80}$/);
const outageHeader = z.strictObject({
  format: z.literal(outageFormat),
  device: ascii,
  inc: z.int().min(1),
  /** HQ's X25519 key it is sealed to, base64url. */
  sealedTo: ascii,
  /** The epoch of HQ the till last read. */
  epoch: ascii,
  count: z.int().min(1),
  firstDseq: z.int().min(1),
  lastDseq: z.int().min(1),
  /** Till time, epoch milliseconds. */
  madeAt: z.int().nonnegative(),
  /** Length of all that follows the header, in bytes. */
  bytes: z.int().min(1),
});
export type OutageHeader = Omit<z.infer<typeof outageHeader>, 'format'>;

/** A bundle taken apart. Nothing is verified yet but its length. */
export type OutageFrame = {
  readonly header: OutageHeader;
  readonly headerLine: Uint8Array;
  readonly encapsulated: Uint8Array;
  readonly ciphertext: Uint8Array;
  /** What the signature is over. */
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
};
export type FrameProblem = { readonly code: 'NOT_A_BUNDLE' | 'CUT_SHORT' | 'TAMPERED' };

const ENCAPSULATED = 32;
const TAG = 16;
const SIGNATURE = 64;
const LONGEST_HEADER = 1_024;
const LINE_FEED = 0x0a;

/** The header line of a bundle whose gzip has so many bytes. */
export function outageHeaderLine(header: Omit<OutageHeader, 'bytes'>, packedBytes: number): Uint8Array {
  const bytes = ENCAPSULATED + packedBytes + TAG + SIGNATURE;
  const text = canonicalize({ ...header, format: outageFormat, bytes });
  return Uint8Array.from(`${text}\n`, (letter) => letter.charCodeAt(0));
}

/** Takes a file apart. */
export function readOutageFrame(file: Uint8Array): Result<OutageFrame, FrameProblem> {
  const end = file.subarray(0, LONGEST_HEADER).indexOf(LINE_FEED);
  const text = asciiOf(file.subarray(0, end < 0 ? LONGEST_HEADER : end));
  // Canonical JSON sorts its keys, so every bundle begins with this one.
  if (!text.startsWith('{"bytes":')) return err({ code: 'NOT_A_BUNDLE' });
  if (end < 0) return err({ code: file.length < LONGEST_HEADER ? 'CUT_SHORT' : 'NOT_A_BUNDLE' });
  const header = outageHeader.safeParse(parsed(text));
  if (!header.success) return err({ code: 'NOT_A_BUNDLE' });
  const begin = end + 1;
  const expected = begin + header.data.bytes;
  if (file.length < expected) return err({ code: 'CUT_SHORT' });
  const cipherEnd = expected - SIGNATURE;
  if (file.length > expected || cipherEnd < begin + ENCAPSULATED + TAG) return err({ code: 'TAMPERED' });
  return ok({
    header: header.data,
    headerLine: file.subarray(0, begin),
    encapsulated: file.subarray(begin, begin + ENCAPSULATED),
    ciphertext: file.subarray(begin + ENCAPSULATED, cipherEnd),
    signed: file.subarray(0, cipherEnd),
    signature: file.subarray(cipherEnd),
  });
}

/** A changeset as a line of the packed content, without the line feed. */
export const outageLine = ({ text, hash, sig }: Sealed): string => JSON.stringify({ hash, sig, text });

/** The changeset in a line; null where it is none. */
export function readOutageLine(line: string): Sealed | null {
  const read = sealed.safeParse(parsed(line));
  return read.success ? read.data : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const asciiOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
