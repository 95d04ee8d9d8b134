import type pg from 'pg';
import type { z } from 'zod';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { dseqOf } from '#shared/replica/chain.ts';
import { type Change, openEnvelope, type Sealed } from '#shared/replica/changeset.ts';
import { countedBefore } from '#shared/replica/counted-before.ts';
import {
  type Accepted,
  type IntakeProblem,
  type IntakeState,
  planIntake,
  planRelay,
  rowKey,
} from '#shared/replica/plan.ts';
import type { PushReply, pushRequest } from '#shared/replica/wire.ts';
import { applyChanges, lockRegisters, readFacts, readRegisters } from '../store/apply.ts';
import { inTransaction } from '../store/pool.ts';
import { verifyAll } from '../store/signing.ts';
import { flagFacts } from './flag-facts.ts';
import { lockSeries } from './receipts-twice.ts';
import { type Contact, recordEffects } from './record.ts';
import { intakeRules } from './rules.ts';
import { createSignatureCheck, type SignatureCheck } from './signature-check.ts';
import { type Asked, lockAndLoad, peopleOf } from './state.ts';
import { findUnstorable, isRowProblem, stampedOf } from './unstorable.ts';

export type Pusher = { readonly device: string; readonly inc: number };
export type PushProblem = IntakeProblem | { readonly code: 'UNKNOWN_DEVICE' };

/**
 * Takes in what devices hand up: the Postgres interpreter of shared/replica/plan.ts. One transaction, rows set by set.
 *
 * Of a pushed batch the last signature is verified here: through the chain of hashes it covers the whole batch. The
 * others are a fourth of the work of a batch and are left to `signatures` (a device that signs wrongly is found there,
 * not a forger). What is relayed stands in no whole chain: there each signature is verified.
 *
 * The first try assumes what nearly always holds: no fact of the batch is here already, no row breaks a table's
 * condition. When that proves wrong the transaction is rolled back and the batch is taken again with care, changeset by
 * changeset where needed, so that a poisoned one holds up nothing else.
 */
export function createIntake(
  pool: pg.Pool,
  signatures: SignatureCheck = createSignatureCheck(pool, () => {}),
): Intake {
  const keyOf = createKeyCache(pool);
  const taken = async (job: Job) => {
    try {
      return await inTransaction(pool, (client) => attempt(client, job, false));
    } catch (problem) {
      if (!(problem instanceof NeedsCare) && !isRowProblem(problem)) throw problem;
      return inTransaction(pool, (client) => attempt(client, job, true));
    }
  };
  return {
    async takeBatch(pusher, request) {
      const publicKey = await keyOf(pusher.device);
      if (publicKey === null) return err({ code: 'UNKNOWN_DEVICE' });
      const { changesets, ...contact } = request;
      const signed = await goodSignatures(publicKey, changesets.slice(-1));
      const done = await taken(prepare(pusher, changesets, { relayed: false, signed, contact }));
      if (!done.ok) return done;
      await signatures.add(publicKey, done.value.accepted);
      return ok(done.value.reply);
    },
    async takeRelayed(author, changesets) {
      const publicKey = await keyOf(author.device);
      if (publicKey === null) return err({ code: 'UNKNOWN_DEVICE' });
      const signed = await goodSignatures(publicKey, changesets);
      const done = await taken(prepare(author, changesets, { relayed: true, signed, contact: null }));
      return done.ok ? ok(done.value.reply) : done;
    },
  };
}

export type Intake = {
  readonly takeBatch: (
    pusher: Pusher,
    request: Pick<z.infer<typeof pushRequest>, 'changesets' | 'waiting' | 'oldestAt' | 'version'>,
  ) => Promise<Result<TakenReply, PushProblem>>;
  /** What another than its author hands up. The caller has seen to it that it may read those scopes. */
  readonly takeRelayed: (
    author: Pusher,
    changesets: readonly Sealed[],
  ) => Promise<Result<TakenReply, PushProblem>>;
};
export type TakenReply = Omit<PushReply, 'diverged'>;

async function goodSignatures(
  publicKey: string,
  changesets: readonly Sealed[],
): Promise<ReadonlySet<string>> {
  const good = await Promise.all(changesets.map((one) => verifyAll(publicKey, [one])));
  return new Set(changesets.filter((_, i) => good[i]).map(({ sig }) => sig));
}

type Manner = Pick<Job, 'relayed' | 'signed' | 'contact'>;

function prepare(pusher: Pusher, changesets: readonly Sealed[], manner: Manner): Job {
  const opened = new Map(changesets.map(({ text }) => [text, openEnvelope(text)]));
  const envelopes = [...opened.values()].flatMap((o) => (o.ok ? [o.value] : []));
  const dseqs = changesets.map(({ text }) => opened.get(text)).flatMap((o) => (o?.ok ? [o.value.dseq] : []));
  const others = changesets.flatMap(({ text }) => (opened.get(text)?.ok ? [] : (dseqOf(text) ?? [])));
  const asked: Asked = {
    ...pusher,
    from: Math.min(...dseqs, ...others, Number.MAX_SAFE_INTEGER),
    to: Math.max(...dseqs, ...others, 0),
    actors: peopleOf(envelopes),
  };
  const changes = envelopes.flatMap(({ body }) => body.changes);
  const scopes = new Set(envelopes.map(({ scope }) => scope));
  return { ...manner, changesets, asked, changes, scopes, opened };
}

type Job = {
  readonly changesets: readonly Sealed[];
  readonly relayed: boolean;
  readonly contact: Omit<Contact, 'nowMs' | 'skewMs'> | null;
  readonly asked: Asked;
  readonly changes: readonly Change[];
  readonly scopes: ReadonlySet<string>;
  readonly opened: ReadonlyMap<string, ReturnType<typeof openEnvelope>>;
  readonly signed: ReadonlySet<string>;
};

/** Ends the first try: something of the batch is here already, or is an edit of nothing. */
class NeedsCare extends Error {}

async function attempt(
  client: pg.PoolClient,
  job: Job,
  careful: boolean,
): Promise<Result<{ reply: TakenReply; accepted: readonly Accepted[] }, PushProblem>> {
  const known = await lockAndLoad(client, job.asked);
  if (!known) return err({ code: 'UNKNOWN_DEVICE' });
  await lockSeries(client, job.changes);
  const registers = await lockedRegisters(client, job);
  const { signed, opened } = job;
  const { authority, byHq } = known;
  const { nowMs } = known.state;
  const rules = intakeRules({ authority, nowMs, signed, byHq, opened });
  const rows = new Map(
    [...registers].flatMap(([table, of]) =>
      [...of].map(([id, { values }]) => [rowKey(table, id), values] as const),
    ),
  );
  const facts = careful ? await readFacts(client, job.changes) : new Map<string, never>();
  const plan = (state: IntakeState) =>
    job.relayed
      ? { ok: true as const, effects: planRelay(state, job.changesets, rules).effects }
      : planIntake(state, job.changesets, rules);
  const state: IntakeState = { ...known.state, facts, registers: rows, unstorable: new Map() };
  let planned = plan(state);
  if (!planned.ok) return err(planned.problem);
  if (careful) {
    const unstorable = await findUnstorable(client, planned.effects.accepted);
    if (unstorable.size > 0) planned = plan({ ...state, unstorable });
    if (!planned.ok) return err(planned.problem);
  }
  const applied = await applyChanges(client, planned.effects.accepted.flatMap(stampedOf), {
    present: registers,
  });
  if (applied.incomplete.length > 0 || (!careful && applied.factsAdded < applied.factsSent))
    throw new NeedsCare();
  const flagged = await flagFacts(client, planned.effects, { authority, nowMs, byHq });
  // Where a fact was here already the first try has given up.
  const counted = careful ? countedBefore(flagged.accepted, facts) : [];
  const effects = {
    ...flagged,
    accepted: flagged.accepted.map((one, i) => ({ ...one, counted: counted[i] ?? [] })),
  };
  const skewMs = effects.accepted.at(-1)?.envelope.skew ?? null;
  await recordEffects(client, effects, {
    ...{ device: job.asked.device, inc: job.asked.inc, nowMs },
    contact: job.contact && { ...job.contact, skewMs },
  });
  const { verdicts, ackedThrough, accepted } = effects;
  const { epoch, storeId } = known;
  const { revoked } = known.state.device;
  const said = { hqNow: nowMs, epoch, storeId, revoked };
  return ok({ reply: { verdicts: [...verdicts], ackedThrough, ...said }, accepted });
}

/** The register rows a batch edits, read under the locks of the scopes it writes. Most batches edit none. */
async function lockedRegisters(client: pg.PoolClient, { changes, scopes }: Job) {
  const edits = changes.filter((change) => change.op !== 'insert');
  if (edits.length === 0) return new Map<string, never>();
  await lockRegisters(client, scopes);
  return readRegisters(client, edits);
}

/** Devices keep their key for life (a new enrolment is a new device), so a key once read stays true. */
function createKeyCache(pool: pg.Pool): (device: string) => Promise<string | null> {
  const keys = new Map<string, string>();
  return async (device) => {
    const known = keys.get(device);
    if (known !== undefined) return known;
    const { rows } = await pool.query<{ publicKey: string }>(
      `SELECT public_key AS "publicKey" FROM device WHERE id = $1
       UNION ALL SELECT org.signing_key FROM hq_identity hq, org WHERE hq.one = 1 AND hq.device = $1`,
      [device],
    );
    const found = rows[0]?.publicKey ?? null;
    if (found !== null) keys.set(device, found);
    return found;
  };
}
