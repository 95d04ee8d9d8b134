import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Aes256Gcm, CipherSuite, HkdfSha256 } from '@hpke/core';
import { DhkemX25519HkdfSha256 } from '@hpke/dhkem-x25519';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import type { Sealed } from '#shared/replica/changeset.ts';
import {
  type FrameProblem,
  type OutageFrame,
  type OutageHeader,
  readOutageFrame,
  readOutageLine,
} from '#shared/replica/outage-bundle.ts';
import type { BundleKey } from '../auth/hq-keys.ts';
import { verifies } from '../store/signing.ts';

export type OpenProblem = FrameProblem | { readonly code: 'OTHER_HQ' | 'UNKNOWN_DEVICE' | 'TOO_LARGE' };

export type OpenBundle = {
  readonly header: OutageHeader;
  /** The changesets as they are unpacked. Throws `BadContent`. */
  readonly changesets: AsyncIterable<Sealed>;
};

/** Unpacked, ninety days of one till are 80 MB. */
const MOST_UNPACKED = 512 * 1024 * 1024;
/** A changeset's text of 1 MB, every second sign of it escaped. */
const LONGEST_LINE = 2_200_000;

/** What was found wrong while unpacking: signed by the till, and still not what the format says, or without end. */
export class BadContent extends Error {
  readonly code: 'TAMPERED' | 'TOO_LARGE';
  constructor(code: 'TAMPERED' | 'TOO_LARGE') {
    super(code);
    this.code = code;
  }
}

/** Verifies a file and opens it. The signature comes before anything is deciphered. */
export async function openOutageBundle(
  file: Uint8Array,
  hq: {
    readonly bundleKey: BundleKey;
    /** Ed25519 key of a device HQ knows, revoked ones too. */
    readonly keyOfDevice: (device: string) => Promise<string | null>;
    readonly mostUnpacked?: number;
  },
): Promise<Result<OpenBundle, OpenProblem>> {
  const framed = readOutageFrame(file);
  if (!framed.ok) return framed;
  const { header, signed, signature } = framed.value;
  const publicKey = await hq.keyOfDevice(header.device);
  if (publicKey === null)
    return err({ code: header.sealedTo === hq.bundleKey.publicKey ? 'UNKNOWN_DEVICE' : 'OTHER_HQ' });
  const hash = createHash('sha256').update(signed).digest('hex');
  if (!verifies(publicKey, hash, Buffer.from(signature).toString('base64url')))
    return err({ code: 'TAMPERED' });
  if (header.sealedTo !== hq.bundleKey.publicKey) return err({ code: 'OTHER_HQ' });
  const packed = await decipher(framed.value, hq.bundleKey);
  if (packed === null) return err({ code: 'TAMPERED' });
  return ok({ header, changesets: unpack(packed, hq.mostUnpacked ?? MOST_UNPACKED) });
}

async function decipher(
  { headerLine, encapsulated, ciphertext }: OutageFrame,
  { privateKey }: BundleKey,
): Promise<Uint8Array | null> {
  const suite = new CipherSuite({
    kem: new DhkemX25519HkdfSha256(),
    kdf: new HkdfSha256(),
    aead: new Aes256Gcm(),
  });
  const recipientKey = await suite.kem.deserializePrivateKey(
    new Uint8Array(Buffer.from(privateKey, 'base64url')),
  );
  try {
    const plain = await suite.open(
      { recipientKey, enc: new Uint8Array(encapsulated) },
      ciphertext,
      headerLine,
    );
    return new Uint8Array(plain);
  } catch {
    return null;
  }
}

/** Unpacks line by line: what is in memory is one line, however much a bomb would grow to. */
async function* unpack(packed: Uint8Array, most: number): AsyncGenerator<Sealed> {
  let rest = '';
  let total = 0;
  const decoder = new TextDecoder();
  try {
    for await (const chunk of Readable.from([packed]).pipe(createGunzip())) {
      const bytes = Buffer.from(chunk);
      total += bytes.length;
      if (total > most) throw new BadContent('TOO_LARGE');
      const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > LONGEST_LINE) throw new BadContent('TOO_LARGE');
      for (const line of lines) yield sealedOf(line);
    }
  } catch (problem) {
    throw isZlib(problem) ? new BadContent('TAMPERED') : problem;
  }
  if (rest !== '') throw new BadContent('TAMPERED');
}

function sealedOf(line: string): Sealed {
  const read = readOutageLine(line);
  if (read === null) throw new BadContent('TAMPERED');
  return read;
}

const isZlib = (problem: unknown): boolean =>
  problem instanceof Error &&
  'code' in problem &&
  typeof problem.code === 'string' &&
  problem.code.startsWith('Z_');
