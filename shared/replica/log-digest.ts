/**
 * The digest of a scope's log up to a number: 64 bits in hex, the XOR of the first eight bytes of
 * SHA-256(`seq hash`) of every changeset. A till keeps it beside its cursor, HQ sums it in SQL from any number it has
 * summed before: two that agree have taken in the same changesets under the same numbers. It finds faults, not forgers:
 * those are found by the chains.
 */
export type LogDigest = string;

export const emptyDigest: LogDigest = '0'.repeat(16);

export function addToDigest(
  digest: LogDigest,
  { seq, hash }: { readonly seq: number; readonly hash: string },
  sha256Hex: (text: string) => string,
): LogDigest {
  const piece = sha256Hex(`${seq} ${hash}`);
  return xor(digest.slice(0, 8), piece.slice(0, 8)) + xor(digest.slice(8), piece.slice(8, 16));
}

const xor = (a: string, b: string): string =>
  ((Number.parseInt(a, 16) ^ Number.parseInt(b, 16)) >>> 0).toString(16).padStart(8, '0');
