import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Envelope, openEnvelope } from '#shared/replica/changeset.ts';
import type { Finding } from '#shared/replica/verify.ts';
import { type JournalRow, journalCheck } from '#shared/replica/verify-journal.ts';
import type { Counter } from '../counter.ts';
import { sha256Hex } from '../store/crypto.ts';

/** How far a verification has come; `first` is the fault found first. */
export type Verified = {
  readonly done: number;
  readonly total: number;
  readonly faults: number;
  readonly first: Finding | null;
  readonly finished: boolean;
};

/** Changesets looked at before whoever sells gets the thread: a signature costs about a tenth of a millisecond. */
const AT_ONCE = 50;
/** Between two words about how far it has come. */
const TELL_EVERY = 2_000;

/**
 * Looks this till's whole journal over, as `npm run verify` does from outside: texts, hashes, signatures, columns, chain
 * and its end. What is made meanwhile is not in it. `publicKey` is the vault's, base64url.
 */
export async function* verifyOwnJournal(
  counter: Counter,
  publicKey: string,
  signal?: AbortSignal,
): AsyncGenerator<Verified> {
  const source = readSource(counter);
  const check = journalCheck({ ...createTools(counter, source, publicKey), subjectOf });
  let so: Verified = { done: 0, total: source.total, faults: 0, first: null, finished: false };
  const add = (findings: readonly Finding[]): void => {
    so = { ...so, faults: so.faults + findings.length, first: so.first ?? findings[0] ?? null };
  };
  yield so;
  for (const rows of source.pieces()) {
    add(check.take(rows));
    so = { ...so, done: so.done + rows.length };
    if (so.done % TELL_EVERY === 0) yield so;
    await nextTurn();
    if (signal?.aborted) return;
  }
  add(check.end(source.ends));
  yield { ...so, finished: true };
}

/** A till's journal up to where it ends now, in pieces; and what its identity says of that end. */
function readSource({ db, identity }: Counter) {
  const { device, inc, dseq, headHash: hash } = identity.read();
  /** Of an earlier incarnation the till keeps no end: the last there is must serve (SQLite takes it with `max`). */
  const chains = db
    .prepare<[], Chain>(
      `SELECT inc, max(dseq) AS dseq, hash, count(*) AS rows FROM journal GROUP BY inc ORDER BY inc`,
    )
    .all()
    .map((chain) => ({ ...chain, device: identity.deviceOf(chain.inc) }));
  const piece = db.prepare<[number, number, number, number], Omit<JournalRow, 'device'>>(
    `SELECT inc, dseq, scope, NULL AS seq, type, hlc, text, hash, sig, state, reason, subject_id AS subjectId,
            made_at AS madeAt
     FROM journal WHERE inc = ? AND dseq > ? AND dseq <= ? ORDER BY dseq LIMIT ?`,
  );
  function* pieces(): Generator<JournalRow[]> {
    for (const chain of chains) {
      for (let after = Number.MIN_SAFE_INTEGER; ; ) {
        const rows = piece.all(chain.inc, after, chain.dseq, AT_ONCE);
        const end = rows.at(-1);
        if (!end) break;
        yield rows.map((row) => ({ ...row, device: chain.device }));
        after = end.dseq;
      }
    }
  }
  return {
    pieces,
    ends: [{ device, inc, dseq, hash }, ...chains.filter((chain) => chain.inc !== inc)],
    total: chains.reduce((sum, { rows }) => sum + rows, 0),
    devices: [...new Set(chains.map((chain) => chain.device))],
    device,
  };
}
type Chain = { readonly inc: number; readonly dseq: number; readonly hash: string; readonly rows: number };

function createTools(
  { db }: Counter,
  { devices, device }: Pick<ReturnType<typeof readSource>, 'devices' | 'device'>,
  publicKey: string,
) {
  const keyOf = db.prepare<[string], string>(`SELECT public_key FROM device WHERE id = ?`).pluck();
  const known = new Map(devices.map((one) => [one, keyOf.get(one) ?? ''] as const)).set(device, publicKey);
  const keys = new Map<string, KeyObject | null>();
  const keyObject = (key: string): KeyObject | null => {
    const made = keys.get(key) ?? publicKeyOf(key);
    keys.set(key, made);
    return made;
  };
  return {
    sha256Hex,
    open: openEnvelope,
    keyOf: (of: string) => known.get(of) ?? null,
    verify(key: string, hash: string, sig: string): boolean {
      const [object, bytes] = [keyObject(key), Buffer.from(sig, 'base64url')];
      // A signature is written the one way base64url has for its bytes.
      if (object === null || bytes.toString('base64url') !== sig) return false;
      return verify(null, Buffer.from(hash, 'hex'), object, bytes);
    },
  };
}

function publicKeyOf(x: string): KeyObject | null {
  try {
    return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  } catch {
    return null;
  }
}

/** A changeset that makes a sale is about that sale. */
function subjectOf({ body }: Envelope): string | null {
  const sale = body.changes.find((change) => change.op === 'insert' && change.t === 'sale');
  return sale?.op === 'insert' ? String(sale.row.id) : null;
}
