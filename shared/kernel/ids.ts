import type { Clock, Random } from './clock.ts';
import { err, ok, type Result } from './result.ts';

/** A source of row ids. */
export type Ids = { next(): string };

/**
 * UUIDv7 ids (RFC 9562 §5.7) that ascend within one process, also inside a millisecond and when the clock steps back:
 * rand_a is a counter (§6.2 method 1), seeded per millisecond in its lower half so that 2,048 ids fit at least; past
 * its end the time field runs ahead by a millisecond. An id is therefore never a source of time.
 */
export function createIds({ clock, random }: { readonly clock: Clock; readonly random: Random }): Ids {
  let lastMs = -1;
  let counter = 0;
  return {
    next() {
      const nowMs = clock.nowMs();
      const bytes = random.bytes(10);
      const seed = (((bytes[0] ?? 0) & 0x07) << 8) | (bytes[1] ?? 0);
      const moved = nowMs > lastMs || counter === 0xfff;
      lastMs = nowMs > lastMs ? nowMs : lastMs + (moved ? 1 : 0);
      counter = moved ? seed : counter + 1;
      return uuidV7(lastMs, Uint8Array.of(counter >> 8, counter & 0xff, ...bytes.subarray(2)));
    },
  };
}

/** One UUIDv7 of a time in UTC milliseconds (48 bits) and at least 10 random bytes, of which 74 bits are used. */
export function uuidV7(nowMs: number, random: Uint8Array): string {
  if (!Number.isSafeInteger(nowMs) || nowMs < 0 || nowMs > MAX_MS)
    throw new RangeError(`not a time: ${nowMs}`);
  if (random.length < 10) throw new RangeError('uuidV7 needs 10 random bytes');
  const bytes = new Uint8Array(16);
  for (let i = 5, rest = nowMs; i >= 0; i--, rest = Math.floor(rest / 256)) bytes[i] = rest % 256;
  bytes.set(random.subarray(0, 10), 6);
  return formatUuid(bytes, 7);
}

/**
 * The id that belongs to a name: a UUIDv8 (RFC 9562 §5.8) of the first 16 bytes of the name's SHA-256. The hash is the
 * host's; the same name gives the same id everywhere.
 */
export function idFromDigest(digest: Uint8Array): string {
  if (digest.length !== 32) throw new RangeError(`not a SHA-256 digest: ${digest.length} bytes`);
  return formatUuid(digest.slice(0, 16), 8);
}

/** SHA-256 of a text's UTF-8 bytes, as the host computes it. */
export type Digest = (text: string) => Uint8Array;

/** The id of a name such as `pack:bdpm:3400949497294`: its first part is the table, so that no two tables share one. */
export const idOfName = (digest: Digest, name: string): string => idFromDigest(digest(name));

/** What `parseId` refuses. */
export type IdError = { readonly code: 'not-an-id'; readonly text: string };

/** An id as written by people and other programs, in the one form we store: lower case, version 7 or 8. */
export function parseId(text: string): Result<string, IdError> {
  const id = text.toLowerCase();
  return isId(id) ? ok(id) : err({ code: 'not-an-id', text });
}

/** Whether a text is an id in stored form (lower-case UUIDv7 or v8). */
export const isId = (text: string): boolean => ID.test(text);

/** The UTC milliseconds in a UUIDv7's time field; null for other ids. For debugging and index locality only. */
export const idTimeMs = (id: string): number | null =>
  isId(id) && id[14] === '7' ? Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) : null;

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[78][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const MAX_MS = 2 ** 48 - 1;
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function formatUuid(bytes: Uint8Array, version: 7 | 8): string {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | (version << 4);
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  let text = '';
  for (const [index, byte] of bytes.entries()) {
    if (index === 4 || index === 6 || index === 8 || index === 10) text += '-';
    text += HEX[byte];
  }
  return text;
}
