import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { z } from 'zod';
import { createIds, type Ids } from '#shared/kernel/ids.ts';
import { bodyVersion, type Change, genesisHash, type Sealed, seal } from '#shared/replica/changeset.ts';
import { tick, zeroHlc } from '#shared/replica/hlc.ts';
import {
  challengeReply,
  type EnrolReply,
  enrolReply,
  type PushReply,
  protocolVersion,
  pushReply,
  tokenReply,
} from '#shared/replica/wire.ts';
import { storeScope } from '#shared/tables/scope.ts';
import { createSealer } from '../../desktop/till/store/crypto.ts';

/** A device that HQ knows and nobody sells at: it signs and chains changesets as a till's `record()` does. */
export type BenchDevice = {
  readonly identity: EnrolReply;
  readonly ids: Ids;
  readonly make: (type: string, actor: string, changes: readonly Change[]) => Sealed;
  readonly push: (body: Uint8Array<ArrayBuffer>) => Promise<PushReply>;
  readonly get: (path: string) => Promise<Response>;
  /** Signs another device in that has this one's key. */
  readonly signInAs: (url: string, device: string) => Promise<SignedIn>;
};
export type SignedIn = { readonly token: string; readonly scopes: readonly string[] };

const zip = promisify(gzip);

/** Enrols with a code over HTTP, as a till does, and signs in. */
export async function enrolDevice(url: string, code: string): Promise<BenchDevice> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const sealer = createSealer(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  const key = z.object({ x: z.string() }).parse(publicKey.export({ format: 'jwk' })).x;
  const post = <T>(to: URL, body: unknown, schema: z.ZodType<T>): Promise<T> =>
    answerOf(fetch(to, { method: 'POST', headers: json, body: JSON.stringify(body) }), schema);
  const identity = await post(
    new URL('/enrol', url),
    { code, publicKey: key, protocol: protocolVersion, version: 'bench' },
    enrolReply,
  );
  const { device, inc } = identity;
  const signInAs = async (at: string, id: string): Promise<SignedIn> => {
    const { challenge } = await post(new URL('/device/challenge', at), { device: id, inc }, challengeReply);
    const sig = sealer.sign(sealer.sha256Hex(challenge));
    return post(
      new URL('/device/token', at),
      { device: id, inc, challenge, sig, protocol: protocolVersion },
      tokenReply,
    );
  };
  const { token } = await signInAs(url, device);
  const authorization = `Bearer ${token}`;
  const ids = createIds({ clock: { nowMs: Date.now }, random: { bytes: (n) => randomBytes(n) } });
  let head = { dseq: 0, hash: genesisHash, hlc: zeroHlc };
  return {
    identity,
    ids,
    make(type, actor, changes) {
      const at = Date.now();
      const dseq = head.dseq + 1;
      const hlc = tick(head.hlc, at);
      const link = { device, inc, dseq, tx: ids.next(), parts: 1, prevHash: head.hash, hlc };
      const what = { type, v: bodyVersion, scope: storeScope(identity.storeId), actor, at, skew: null };
      const sealed = seal({ ...link, ...what, body: { changes } }, sealer);
      head = { dseq, hash: sealed.hash, hlc };
      return sealed;
    },
    push: (body) =>
      answerOf(
        fetch(new URL('/sync/push', url), {
          method: 'POST',
          headers: { ...json, 'content-encoding': 'gzip', authorization },
          body,
        }),
        pushReply,
      ),
    get: (path) => fetch(new URL(path, url), { headers: { authorization } }),
    signInAs,
  };
}

/** A push as it goes over the wire. */
export const pushBody = async (changesets: readonly Sealed[]): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(
    await zip(
      JSON.stringify({ changesets, waiting: changesets.length, oldestAt: null, version: 'bench', read: [] }),
    ),
  );

const json = { 'content-type': 'application/json' };

async function answerOf<T>(answer: Promise<Response>, schema: z.ZodType<T>): Promise<T> {
  const response = await answer;
  if (!response.ok) throw new Error(`HTTP ${response.status}: ${await response.text()}`);
  return schema.parse(await response.json());
}
