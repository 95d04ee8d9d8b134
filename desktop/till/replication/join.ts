import { generateKeyPairSync } from 'node:crypto';
import { Aes256Gcm, CipherSuite, HkdfSha256 } from '@hpke/core';
import { DhkemX25519HkdfSha256 } from '@hpke/dhkem-x25519';
import { z } from 'zod';
import { type EnrolReply, enrolReply, protocolVersion } from '#shared/replica/wire.ts';
import type { KeyVault, TillPorts } from '../ports.ts';
import { refuse } from '../refuse.ts';
import { createSealer } from '../store/crypto.ts';
import { createHq, HqError } from './hq.ts';

export type JoinInput = {
  readonly hqUrl: string;
  readonly code: string;
  readonly fingerprint?: string | undefined;
};
export type Joined = EnrolReply & { readonly hqUrl: string };

type Deps = Pick<TillPorts, 'vault' | 'fetch' | 'version' | 'clock'> & {
  readonly fingerprintOf: (hqKey: string) => string;
};

/**
 * Makes this till a device of an HQ: shows the code, gets its identity, its scopes and the store's pepper, and leaves
 * the database key with HQ sealed to the org's offline recovery key. The device key is in the vault before HQ hears of
 * its public half.
 */
export async function joinHq(
  { hqUrl, code, fingerprint }: JoinInput,
  { vault, fetch, version, clock, fingerprintOf }: Deps,
): Promise<Joined> {
  if (!isSafeTransport(hqUrl)) refuse({ code: 'INSECURE_URL' });
  const { privatePem, publicKey } = deviceKey(vault);
  const hq = createHq({ url: hqUrl, fetch, nowMs: clock.nowMs });
  const reply = await enrol();
  if (fingerprint !== undefined && fingerprintOf(reply.hqKey) !== fingerprint)
    refuse({ code: 'WRONG_FINGERPRINT' });
  vault.set('store-pepper', reply.pepper);
  await leaveSealedKey();
  return { ...reply, hqUrl };

  async function enrol(): Promise<EnrolReply> {
    try {
      return await hq.post(
        '/enrol',
        { code: code.toUpperCase(), publicKey, protocol: protocolVersion, version },
        { schema: enrolReply },
      );
    } catch (problem) {
      if (!(problem instanceof HqError)) throw problem;
      const { problem: known } = problem;
      if (known.kind === 'unreachable') return refuse({ code: 'HQ_UNREACHABLE' });
      const { success, data } = z.enum(['unknown', 'expired', 'used']).safeParse(known.detail.reason);
      return refuse({ code: 'CODE_REFUSED', reason: success ? data : 'unknown' });
    }
  }

  async function leaveSealedKey(): Promise<void> {
    const sealed = await sealTo(reply.recoveryKey, vault.get('database-key') ?? '');
    const sealer = createSealer(privatePem);
    const bearer = await hq.token({ device: reply.device, inc: reply.inc, sealer });
    await hq.post('/enrol/sealed-key', { sealed }, { schema: z.unknown(), bearer });
  }
}

/** https, except on this machine. */
function isSafeTransport(hqUrl: string): boolean {
  const url = URL.parse(hqUrl);
  if (!url) return false;
  return (
    url.protocol === 'https:' ||
    (url.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname))
  );
}

/** The device's Ed25519 key: made once, in the vault before anyone hears of it. The public half raw, in base64url. */
function deviceKey(vault: KeyVault): { privatePem: string; publicKey: string } {
  const kept = vault.get('device-key');
  if (kept !== null) return deviceKeySchema.parse(JSON.parse(kept));
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const made = {
    privatePem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey: z.object({ x: z.string() }).parse(publicKey.export({ format: 'jwk' })).x,
  };
  vault.set('device-key', JSON.stringify(made));
  return made;
}

const deviceKeySchema = z.object({ privatePem: z.string(), publicKey: z.string() });

/** The private key of an enrolled till. */
export function devicePrivateKey(vault: KeyVault): string {
  const kept = vault.get('device-key');
  if (kept === null) throw new Error('the key vault has lost the device key');
  return deviceKeySchema.parse(JSON.parse(kept)).privatePem;
}

/** HPKE (RFC 9180, X25519 / HKDF-SHA256 / AES-256-GCM): encapsulated key and ciphertext, base64url, joined by a dot. */
async function sealTo(recoveryKey: string, secret: string): Promise<string> {
  const suite = new CipherSuite({
    kem: new DhkemX25519HkdfSha256(),
    kdf: new HkdfSha256(),
    aead: new Aes256Gcm(),
  });
  const recipientPublicKey = await suite.kem.deserializePublicKey(
    arrayBuffer(Buffer.from(recoveryKey, 'base64url')),
  );
  const { enc, ct } = await suite.seal({ recipientPublicKey }, arrayBuffer(Buffer.from(secret)));
  return `${Buffer.from(enc).toString('base64url')}.${Buffer.from(ct).toString('base64url')}`;
}

const arrayBuffer = (bytes: Buffer): ArrayBuffer => new Uint8Array(bytes).buffer;
