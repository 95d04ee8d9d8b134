import canonicalize from 'canonicalize';
import { z } from 'zod';
import { err, ok, type Result } from '../kernel/result.ts';
import { isSurelyEnvelope } from './envelope-check.ts';
import { isHlc } from './hlc.ts';
import { isPlainJson } from './plain-json.ts';

/** Columns by property name, with their values as JSON. */
export type Row = Readonly<Record<string, unknown>>;

/** One row change: a new fact, or an edit of a register row (which `set` also creates). */
export type Change =
  | { readonly t: string; readonly op: 'insert'; readonly row: Row }
  | { readonly t: string; readonly op: 'set'; readonly id: string; readonly cols: Row }
  | { readonly t: string; readonly op: 'delete' | 'undelete'; readonly id: string };

/**
 * The changes of one business transaction in one scope, as signed. `dseq` counts from 1 per (device, inc);
 * `parts` changesets with one `tx` belong together. `at` is epoch milliseconds by the device's clock, `skew` how far the
 * device then believed that clock to be ahead of HQ's; null where it could not know.
 */
export type Envelope = {
  readonly device: string;
  readonly inc: number;
  readonly dseq: number;
  readonly tx: string;
  readonly parts: number;
  readonly prevHash: string;
  readonly hlc: string;
  readonly type: string;
  readonly v: number;
  readonly scope: string;
  readonly actor: string;
  readonly at: number;
  readonly skew: number | null;
  readonly body: { readonly changes: readonly Change[] };
};

/** What travels and is kept: the exact signed text (RFC 8785), its SHA-256 in hex, the Ed25519 signature in base64url. */
export type Sealed = { readonly text: string; readonly hash: string; readonly sig: string };

/** Hash and signature come in: shared code has no crypto of its own. */
export type Sealer = {
  readonly sha256Hex: (text: string) => string;
  readonly sign: (hash: string) => string;
};
export type Verifier = {
  readonly sha256Hex: (text: string) => string;
  readonly verify: (publicKey: string, hash: string, sig: string) => boolean;
};

export const genesisHash = '0'.repeat(64);
/** The body's version. Additive within a major; a reader up-casts older ones when it applies them. */
export const bodyVersion = 1;

export function seal(envelope: Envelope, { sha256Hex, sign }: Sealer): Sealed {
  const text = canonicalize(envelope);
  if (text === undefined) throw new Error('an envelope is always JSON');
  const hash = sha256Hex(text);
  return { text, hash, sig: sign(hash) };
}

export type OpenError =
  | { readonly code: 'NOT_JSON' }
  | { readonly code: 'BAD_ENVELOPE'; readonly where: string };

/** The envelope in a signed text. Says nothing about its signature. */
export function openEnvelope(text: string): Result<Envelope, OpenError> {
  if (!isPlainJson(text)) return err({ code: 'NOT_JSON' });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return err({ code: 'NOT_JSON' });
  }
  if (isWellFormed(json)) return storable(json);
  const parsed = envelopeSchema.safeParse(json);
  if (parsed.success) return storable(parsed.data);
  return err({ code: 'BAD_ENVELOPE', where: parsed.error.issues[0]?.path.join('.') ?? '' });
}

/** U+0000 is a character of JSON and of no database's text. In a row its table says so. */
function storable(envelope: Envelope): Result<Envelope, OpenError> {
  const { device, tx, type, scope, actor } = envelope;
  const bad = Object.entries({ device, tx, type, scope, actor }).find(([, text]) => text.includes('\0'));
  return bad ? err({ code: 'BAD_ENVELOPE', where: bad[0] }) : ok(envelope);
}

const isWellFormed = (json: unknown): json is Envelope => isSurelyEnvelope(json);

const row = z.record(z.string(), z.unknown());
const change = z.discriminatedUnion('op', [
  z.strictObject({ t: z.string(), op: z.literal('insert'), row }),
  z.strictObject({ t: z.string(), op: z.literal('set'), id: z.string(), cols: row }),
  z.strictObject({ t: z.string(), op: z.enum(['delete', 'undelete']), id: z.string() }),
]);

/** Unknown members are kept out on purpose: what is signed is what is understood, at the envelope's level. */
export const envelopeSchema = z.strictObject({
  device: z.string().min(1).max(64),
  inc: z.int().min(1).max(999_999),
  dseq: z.int().min(1),
  tx: z.string().min(1).max(64),
  parts: z.int().min(1).max(1_000_000),
  prevHash: z.string().length(64),
  hlc: z.string().refine(isHlc),
  type: z.string().min(1).max(64),
  v: z.int().min(1),
  scope: z.string().min(1).max(80),
  actor: z.string().min(1).max(64),
  at: z.int().nonnegative(),
  skew: z.int().nullable(),
  body: z.object({ changes: z.array(change) }),
});
