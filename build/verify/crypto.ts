import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { openEnvelope } from '#shared/replica/changeset.ts';
import type { VerifyTools } from '#shared/replica/verify.ts';

/**
 * Hash, signature and opening for verification, each remembered by what it was asked: a proof asks the same of
 * thousands of nearly equal logs. A signature must also be written the one way base64url has for its bytes.
 */
export function createVerifyTools(): Omit<VerifyTools, 'keyOf'> {
  const keys = new Map<string, KeyObject | null>();
  const keyObject = remembered((x: string) => publicKeyOf(x), keys);
  const signed = remembered((asked: string) => {
    const [publicKey = '', hash = '', sig = ''] = asked.split('\n');
    const key = keyObject(publicKey);
    const bytes = Buffer.from(sig, 'base64url');
    if (key === null || bytes.toString('base64url') !== sig) return false;
    return verify(null, Buffer.from(hash, 'hex'), key, bytes);
  });
  return {
    sha256Hex: remembered((text: string) => createHash('sha256').update(text).digest('hex')),
    verify: (publicKey, hash, sig) => signed([publicKey, hash, sig].join('\n')),
    open: remembered(openEnvelope),
  };
}

function publicKeyOf(x: string): KeyObject | null {
  try {
    return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  } catch {
    return null;
  }
}

/** What is kept at most: a verification of a whole log must not hold all of it twice. */
const MOST = 20_000;

function remembered<T>(work: (asked: string) => T, known = new Map<string, T>()): (asked: string) => T {
  return (asked) => {
    const before = known.get(asked);
    if (before !== undefined) return before;
    const answer = work(asked);
    if (known.size >= MOST) known.clear();
    known.set(asked, answer);
    return answer;
  };
}
