const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * The fingerprint of HQ's signing key as people compare it: the first 100 bits of the SHA-256 of the key's text in
 * base32 (RFC 4648), in groups of four. It stands in the enrolment code's QR.
 */
export function fingerprintOf(digest: Uint8Array): string {
  let bits = '';
  for (const byte of digest.slice(0, 13)) bits += byte.toString(2).padStart(8, '0');
  const letters = Array.from(
    { length: 20 },
    (_, i) => BASE32[Number.parseInt(bits.slice(i * 5, i * 5 + 5), 2)],
  );
  return (letters.join('').match(/.{4}/g) ?? []).join('-');
}
