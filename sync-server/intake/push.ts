import type pg from 'pg';
import type { z } from 'zod';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { dseqOf } from '#shared/replica/chain.ts';
import { type Change, openEnvelope } from '#shared/replica/changeset.ts';
import {
  type Accepted,
  type IntakeProblem,
  type IntakeState,
  planIntake,
  rowKey,
} from '#shared/replica/plan.ts';
import type { PushReply, pushRequest } from '#shared/replica/wire.ts';
import { applyChanges, lockRegisters, readFacts, readRegisters } from '../store/apply.ts';
import { inTransaction } from '../store/pool.ts';
import { verifyAll } from '../store/signing.ts';
import { recordEffects } from './record.ts';
import { intakeRules } from './rules.ts';
import { createSignatureCheck, type SignatureCheck } from './signature-check.ts';
import { type Asked, type Known, lockAndLoad } from './state.ts';
import { findUnstorable, isRowProblem, stampedOf } from './unstorable.ts';

export type Pusher = { readonly device: string; readonly inc: number };
export type PushProblem = IntakeProblem | { readonly code: 'UNKNOWN_DEVICE' };

/**
 * Takes in one pushed batch: the Postgres interpreter of shared/replica/plan.ts. One transaction, rows set by set.
 *
 * The last signature is verified here: through the chain of hashes it covers the whole batch. The others are a fourth of
 * the work of a batch and are left to `signatures` (a device that signs wrongly is found there, not a forger).
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
      const job = await prepare(pusher, request, publicKey);
      const done = await taken(job);
      if (!done.ok) return done;
      await signatures.add(publicKey, done.value.accepted);
      return ok(done.value.reply);
    },
  };
}

export type Intake = {
  readonly takeBatch: (
    pusher: Pusher,
    request: z.infer<typeof pushRequest>,
  ) => Promise<Result<PushReply, PushProblem>>;
};

async function prepare(
  pusher: Pusher,
  request: z.infer<typeof pushRequest>,
  publicKey: string,
): Promise<Job> {
  const { changesets } = request;
  const opened = new Map(changesets.map(({ text }) => [text, openEnvelope(text)]));
  const envelopes = [...opened.values()].flatMap((o) => (o.ok ? [o.value] : []));
  const dseqs = changesets.map(({ text }) => opened.get(text)).flatMap((o) => (o?.ok ? [o.value.dseq] : []));
  const others = changesets.flatMap(({ text }) => (opened.get(text)?.ok ? [] : (dseqOf(text) ?? [])));
  const asked: Asked = {
    ...pusher,
    from: Math.min(...dseqs, ...others, Number.MAX_SAFE_INTEGER),
    to: Math.max(...dseqs, ...others, 0),
    actors: [...new Set(envelopes.map(({ actor }) => actor))],
  };
  const changes = envelopes.flatMap(({ body }) => body.changes);
  return { request, asked, changes, opened, signed: await verifyAll(publicKey, changesets.slice(-1)) };
}

type Job = {
  readonly request: z.infer<typeof pushRequest>;
  readonly asked: Asked;
  readonly changes: readonly Change[];
  readonly opened: ReadonlyMap<string, ReturnType<typeof openEnvelope>>;
  readonly signed: boolean;
};

/** Ends the first try: something of the batch is here already, or is an edit of nothing. */
class NeedsCare extends Error {}

async function attempt(
  client: pg.PoolClient,
  job: Job,
  careful: boolean,
): Promise<Result<{ reply: PushReply; accepted: readonly Accepted[] }, PushProblem>> {
  const known = await lockAndLoad(client, job.asked);
  if (!known) return err({ code: 'UNKNOWN_DEVICE' });
  const registers = await lockedRegisters(client, job.changes, known);
  const rules = intakeRules({ rights: known.rights, signed: job.signed, opened: job.opened });
  const rows = new Map(
    [...registers].flatMap(([table, of]) =>
      [...of].map(([id, { values }]) => [rowKey(table, id), values] as const),
    ),
  );
  const facts = careful ? await readFacts(client, job.changes) : new Map<string, never>();
  let state: IntakeState = { ...known.state, facts, registers: rows, unstorable: new Map() };
  let plan = planIntake(state, job.request.changesets, rules);
  if (!plan.ok) return err(plan.problem);
  if (careful) {
    const unstorable = await findUnstorable(client, plan.effects.accepted);
    if (unstorable.size > 0) {
      state = { ...state, unstorable };
      plan = planIntake(state, job.request.changesets, rules);
      if (!plan.ok) return err(plan.problem);
    }
  }
  const { effects } = plan;
  const applied = await applyChanges(client, effects.accepted.flatMap(stampedOf), { present: registers });
  if (applied.incomplete.length > 0 || (!careful && applied.factsAdded < applied.factsSent))
    throw new NeedsCare();
  const { nowMs } = known.state;
  await recordEffects(client, effects, { ...job.asked, ...job.request, nowMs });
  const { verdicts, ackedThrough, accepted } = effects;
  return ok({ reply: { verdicts: [...verdicts], ackedThrough, hqNow: nowMs }, accepted });
}

/** The register rows a batch edits, read under the locks of the scopes it may write. Most batches edit none. */
async function lockedRegisters(client: pg.PoolClient, changes: readonly Change[], known: Known) {
  const edits = changes.filter((change) => change.op !== 'insert');
  if (edits.length === 0) return new Map<string, never>();
  await lockRegisters(client, known.state.device.scopes);
  return readRegisters(client, edits);
}

/** Devices keep their key for life (a new enrolment is a new device), so a key once read stays true. */
function createKeyCache(pool: pg.Pool): (device: string) => Promise<string | null> {
  const keys = new Map<string, string>();
  return async (device) => {
    const known = keys.get(device);
    if (known !== undefined) return known;
    const { rows } = await pool.query<{ publicKey: string }>(
      'SELECT public_key AS "publicKey" FROM device WHERE id = $1',
      [device],
    );
    const found = rows[0]?.publicKey ?? null;
    if (found !== null) keys.set(device, found);
    return found;
  };
}
