import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addToDigest, emptyDigest } from './log-digest.ts';
import { fakeHash } from './test-chain.ts';

/** Once alone it is deaf to some characters in its first bytes. */
const sha = (text: string) => fakeHash(fakeHash(fakeHash(text)));
const of = (hashes: readonly string[]) =>
  hashes.reduce((digest, hash, i) => addToDigest(digest, { seq: i + 1, hash }, sha), emptyDigest);

test('one changeset more, fewer, other or elsewhere is another digest', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 2, maxLength: 12 }),
      fc.nat(),
      (hashes, n) => {
        const at = n % hashes.length;
        const other = (at + 1) % hashes.length;
        const digest = of(hashes);
        expect(digest).toMatch(/^[0-9a-f]{16}$/);
        expect(of(hashes.filter((_, i) => i !== at))).not.toBe(digest);
        expect(of(hashes.with(at, `${hashes[at]}'`))).not.toBe(digest);
        const swapped = hashes.with(at, hashes[other] ?? '').with(other, hashes[at] ?? '');
        expect(of(swapped)).not.toBe(digest);
      },
    ),
    { seed: 7, numRuns: 200 },
  );
});
