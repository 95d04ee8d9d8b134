import { z } from 'zod';

/**
 * One schema per message between a till and HQ. `wire.test.ts` hashes them all beside the protocol version: a change
 * of a message without a change of the version fails there.
 */
export const protocolVersion = 2;
/** The oldest a till may speak and still read; what it has made is taken in from any version. */
export const oldestReader = 2;

/** Sent by a till that wants to enrol with a code. Keys in base64url. */
export const enrolRequest = z.object({
  code: z.string().max(32),
  publicKey: z.string().max(128),
  protocol: z.int(),
  version: z.string().max(32),
});
/**
 * Sent by a till that wants to be put to work again with the database it has: its keystore was lost, or HQ has revoked
 * it. Answered like `enrolRequest`; a code of another till is refused and stays good.
 */
export const enrolAgainRequest = enrolRequest.extend({
  tillId: z.string().max(64),
  /** The device whose work lies in that database. */
  device: z.string().max(64),
  how: z.enum(['recovery-key', 'kept-vault']),
});
export const enrolReply = z.object({
  device: z.string(),
  inc: z.int(),
  tillId: z.string(),
  storeId: z.string(),
  scopes: z.array(z.string()),
  orgName: z.string(),
  /** HQ's Ed25519 key: the fingerprint in the code's QR is of this. */
  hqKey: z.string(),
  recoveryKey: z.string(),
  /** The store's PIN pepper, base64url: goes to the key vault, never into the database. */
  pepper: z.string(),
  epoch: z.string(),
  protocol: z.int(),
  /** HQ's X25519 key, base64url: files of unsent work are sealed to it. */
  bundleKey: z.string(),
});
export type EnrolReply = z.infer<typeof enrolReply>;

/** After enrolment: the till's database key, sealed to the org's recovery key. */
export const sealedKeyRequest = z.object({ sealed: z.string().max(2048) });

/** A device signs in: it asks for a challenge and answers it with its key. */
export const challengeRequest = z.object({ device: z.string().max(64), inc: z.int() });
export const challengeReply = z.object({ challenge: z.string() });
export const tokenRequest = z.object({
  device: z.string().max(64),
  inc: z.int(),
  challenge: z.string().max(512),
  sig: z.string().max(128),
  /** Left out by the first version, which is no longer served what it cannot read. */
  protocol: z.int().default(1),
});
export const tokenReply = z.object({
  token: z.string(),
  expiresAt: z.int(),
  scopes: z.array(z.string()),
  /** Another than the till knows: it was moved. */
  storeId: z.string(),
  hqNow: z.int(),
  /** HQ's signature over `timeText(challenge, hqNow)`: no time but HQ's own is trusted, and no old one again. */
  timeSig: z.string(),
  epoch: z.string(),
  bundleKey: z.string(),
});
/** The text whose SHA-256 HQ signs when it tells a device the time. */
export const timeText = (challenge: string, hqNow: number): string => `pestle time ${hqNow} ${challenge}`;

/** A device whose chain was used twice, or whose database was restored, asks for an incarnation nobody has used. */
export const incarnationRequest = z.object({
  why: z.enum(['fork', 'restored']),
  /** What a till that was restored while HQ was away has taken for itself meanwhile. */
  wanted: z.int().max(999_999).optional(),
});
export const incarnationReply = z.object({ inc: z.int() });

/** A place in a chain, and the hash of what HQ has there. */
const chainPlace = z.object({ device: z.string(), inc: z.int(), dseq: z.int(), hash: z.string() });
export type ChainPlace = z.infer<typeof chainPlace>;
/** The ends of the chains as HQ has them without a hole: what lies above HQ has not got, or has lost. */
export const headsReply = z.object({
  epoch: z.string(),
  heads: z.array(chainPlace),
  /** What HQ has beyond a hole: others handed it up. */
  beyond: z.array(chainPlace),
});
export type HeadsReply = z.infer<typeof headsReply>;

export const sealed = z.object({
  text: z.string().max(1_048_576),
  hash: z.string().length(64),
  sig: z.string().max(128),
});
export const maxBatch = 200;
export const pushRequest = z.object({
  changesets: z.array(sealed).max(maxBatch),
  waiting: z.int().nonnegative(),
  oldestAt: z.int().nullable(),
  version: z.string().max(32),
  /** How far the till has read each scope, and its digest of the log up to there. */
  read: z
    .array(z.object({ scope: z.string().max(80), seq: z.int(), epoch: z.string(), digest: z.string() }))
    .max(8)
    .default([]),
});
/** Another device's changesets, as they were signed: what a restored HQ has lost, or a device that cannot come itself. */
export const relayRequest = z.object({
  device: z.string().max(64),
  inc: z.int(),
  changesets: z.array(sealed).max(maxBatch),
});
export const verdict = z.object({
  dseq: z.int(),
  verdict: z.enum(['accepted', 'duplicate', 'flagged', 'refused']),
  /** What a `duplicate` was answered with the first time. */
  first: z.enum(['accepted', 'flagged', 'refused']).optional(),
  reason: z.string().optional(),
  detail: z.string().optional(),
});
export type Verdict = z.infer<typeof verdict>;
export const pushReply = z.object({
  verdicts: z.array(verdict),
  ackedThrough: z.int(),
  hqNow: z.int(),
  /** Scopes whose log the till has otherwise than HQ: it takes their base anew. */
  diverged: z.array(z.string()),
  /** Another than the till's: HQ was restored from a backup. */
  epoch: z.string(),
  /** The store the device belongs to now; null for HQ's own chain. */
  storeId: z.string().nullable(),
  revoked: z.boolean(),
});
export type PushReply = z.infer<typeof pushReply>;

/** One row of the feed: `change_log` as text, the way the Electric protocol carries it. */
export const feedRow = z.object({
  scope: z.string(),
  seq: z.string(),
  epoch: z.string(),
  device: z.string(),
  inc: z.string(),
  dseq: z.string(),
  type: z.string(),
  v: z.string(),
  eff_hlc: z.string(),
  hash: z.string(),
  sig: z.string(),
  envelope: z.string(),
  /** The stock movements of it that were counted before it: a JSON list of ids, nothing where there are none. */
  counted: z.string().exactOptional(),
});
export type FeedRow = z.infer<typeof feedRow>;
export const changesReply = z.object({ rows: z.array(feedRow), head: z.int(), epoch: z.string() });

/** What HQ announces of a scope's snapshot; the file itself is NDJSON, gzipped, at /sync/snapshots/<id>. */
export const snapshotReply = z.object({
  id: z.string(),
  scope: z.string(),
  seq: z.int(),
  epoch: z.string(),
  bytes: z.int(),
  rows: z.int(),
});
export type SnapshotReply = z.infer<typeof snapshotReply>;
/** First line of a snapshot, then lines of rows, then the last line with the count. */
export const snapshotHead = z.object({
  scope: z.string(),
  seq: z.int(),
  epoch: z.string(),
  rows: z.int(),
  /** Of the log up to `seq`. */
  digest: z.string(),
  /** How far HQ has answered each chain that writes here. */
  heads: z.array(chainPlace),
  /** What it has beyond a hole of a chain. */
  beyond: z.array(chainPlace),
  /** What it refused: its movements are in no sum. */
  quarantined: z.array(chainPlace),
  /** Facts made before this are not in the file; the sums count them. */
  since: z.int(),
});
export const snapshotRows = z.object({ t: z.string(), rows: z.array(z.record(z.string(), z.unknown())) });
export const snapshotTail = z.object({ end: z.int() });

/** What every refusal over HTTP looks like. */
export const wireError = z.object({
  code: z.string(),
  message: z.string(),
  detail: z.record(z.string(), z.unknown()).optional(),
});

export const messages = {
  enrolRequest,
  enrolAgainRequest,
  enrolReply,
  sealedKeyRequest,
  challengeRequest,
  challengeReply,
  tokenRequest,
  tokenReply,
  incarnationRequest,
  incarnationReply,
  headsReply,
  relayRequest,
  pushRequest,
  pushReply,
  feedRow,
  changesReply,
  snapshotReply,
  snapshotHead,
  snapshotRows,
  snapshotTail,
  wireError,
};
