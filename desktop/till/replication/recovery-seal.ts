import { Aes256Gcm, CipherSuite, HkdfSha256 } from '@hpke/core';
import { DhkemX25519HkdfSha256 } from '@hpke/dhkem-x25519';

/**
 * Seals a secret to the org's recovery key, an X25519 key in base64url. HPKE (RFC 9180, X25519 / HKDF-SHA256 /
 * AES-256-GCM): encapsulated key and ciphertext, base64url, joined by a dot.
 */
export async function sealTo(recoveryKey: string, secret: string): Promise<string> {
  const suite = createSuite();
  const recipientPublicKey = await suite.kem.deserializePublicKey(bytesOf(recoveryKey));
  const { enc, ct } = await suite.seal({ recipientPublicKey }, new Uint8Array(Buffer.from(secret)));
  return `${Buffer.from(enc).toString('base64url')}.${Buffer.from(ct).toString('base64url')}`;
}

/** What was sealed to the key whose private half this is; null where it was sealed to another, or is not whole. */
export async function openSealed(recoveryPrivateKey: string, sealed: string): Promise<string | null> {
  const suite = createSuite();
  const [enc = '', ct = ''] = sealed.split('.');
  try {
    const recipientKey = await suite.kem.deserializePrivateKey(bytesOf(recoveryPrivateKey));
    const opened = await suite.open({ recipientKey, enc: bytesOf(enc) }, bytesOf(ct));
    return Buffer.from(opened).toString();
  } catch {
    return null;
  }
}

const createSuite = () =>
  new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });

const bytesOf = (base64url: string) => new Uint8Array(Buffer.from(base64url, 'base64url'));
