import { type Change, type Envelope, genesisHash, type Sealed, type Sealer, seal } from './changeset.ts';
import { tick, zeroHlc } from './hlc.ts';

/**
 * Hash and signature for tests of pure code: no cryptography, but as sensitive to every character. A signature is the
 * hash with the key's name before it.
 */
export function fakeHash(text: string): string {
  const words = [
    0x811c9dc5, 0x01000193, 0x9e3779b9, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f, 0x165667b1, 0xd3a2646c,
  ];
  for (let i = 0; i < text.length; i++) {
    const at = i % 8;
    words[at] = Math.imul((words[at] ?? 0) ^ (text.charCodeAt(i) + i), 0x01000193) >>> 0;
    words[(at + 1) % 8] = ((words[(at + 1) % 8] ?? 0) + (words[at] ?? 0)) >>> 0;
  }
  return words.map((word) => word.toString(16).padStart(8, '0')).join('');
}
export const fakeSealer = (key: string): Sealer => ({
  sha256Hex: fakeHash,
  sign: (hash) => `${key}:${hash}`,
});
export const fakeVerify = (publicKey: string, hash: string, sig: string): boolean =>
  sig === `${publicKey}:${hash}`;

/** A chain of one device that grows by `add`. */
export function fakeChain(over: Partial<Envelope> & { readonly key?: string } = {}) {
  const { key = 'key', ...fixed } = over;
  let head = { dseq: 0, hash: genesisHash };
  let hlc = zeroHlc;
  return {
    head: () => head,
    add(changes: readonly Change[], more: Partial<Envelope> = {}): Sealed {
      const at = more.at ?? 1_000_000 + head.dseq;
      hlc = tick(hlc, at);
      const envelope: Envelope = {
        ...{
          device: 'till',
          inc: 1,
          dseq: head.dseq + 1,
          tx: `tx ${head.dseq + 1}`,
          parts: 1,
          prevHash: head.hash,
        },
        ...{ hlc, type: 'sale', v: 1, scope: 'store:a', actor: 'ann', at, skew: null, body: { changes } },
        ...fixed,
        ...more,
      };
      const sealed = seal(envelope, fakeSealer(key));
      head = { dseq: envelope.dseq, hash: sealed.hash };
      return sealed;
    },
  };
}
