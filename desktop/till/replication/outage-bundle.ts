import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createGzip } from 'node:zlib';
import { Aes256Gcm, CipherSuite, HkdfSha256 } from '@hpke/core';
import { DhkemX25519HkdfSha256 } from '@hpke/dhkem-x25519';
import { dseqOf } from '#shared/replica/chain.ts';
import type { Sealed, Sealer } from '#shared/replica/changeset.ts';
import { outageHeaderLine, outageLine } from '#shared/replica/outage-bundle.ts';

export type Unsent = {
  /** One run of the chain of (device, inc), oldest first; at least one. */
  readonly rows: readonly Sealed[];
  readonly device: string;
  readonly inc: number;
  readonly sealer: Sealer;
  /** HQ's X25519 key, base64url. */
  readonly bundleKey: string;
  readonly epoch: string;
  readonly nowMs: number;
};

/**
 * The file of shared/replica/outage-bundle.ts with this work in it. It packs off the main thread, row by row, so the
 * counter goes on meanwhile.
 */
export async function writeOutageBundle({
  rows,
  sealer,
  bundleKey,
  nowMs,
  ...from
}: Unsent): Promise<Buffer> {
  const [first, last] = [rows[0], rows.at(-1)].map((row) => (row ? dseqOf(row.text) : null));
  if (!first || !last) throw new Error('a bundle of nothing');
  const packed = await buffer(Readable.from(linesOf(rows)).pipe(createGzip()));
  const headerLine = outageHeaderLine(
    { ...from, sealedTo: bundleKey, count: rows.length, firstDseq: first, lastDseq: last, madeAt: nowMs },
    packed.length,
  );
  const suite = new CipherSuite({
    kem: new DhkemX25519HkdfSha256(),
    kdf: new HkdfSha256(),
    aead: new Aes256Gcm(),
  });
  const recipientPublicKey = await suite.kem.deserializePublicKey(
    new Uint8Array(Buffer.from(bundleKey, 'base64url')),
  );
  const { enc, ct } = await suite.seal({ recipientPublicKey }, packed, headerLine);
  const signed = Buffer.concat([headerLine, new Uint8Array(enc), new Uint8Array(ct)]);
  const signature = sealer.sign(createHash('sha256').update(signed).digest('hex'));
  return Buffer.concat([signed, Buffer.from(signature, 'base64url')]);
}

function* linesOf(rows: readonly Sealed[]): Generator<string> {
  for (const row of rows) yield `${outageLine(row)}\n`;
}
