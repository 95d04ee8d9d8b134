import type pg from 'pg';
import type { Envelope } from '#shared/replica/changeset.ts';
import { countedBefore } from '#shared/replica/counted-before.ts';
import { type Accepted, type IntakeState, planRetry, type Refused, rowKey } from '#shared/replica/plan.ts';
import { applyChanges, lockRegisters, readFacts, readRegisters } from '../store/apply.ts';
import { numberChangesets } from '../store/number.ts';
import { verifies } from '../store/signing.ts';
import { flagsOf, type Judging } from './flag-facts.ts';
import type { Deciding } from './quarantine.ts';
import type { Held, HeldRow } from './quarantine-rows.ts';
import { intakeRules } from './rules.ts';
import { lockAndLoad, peopleOf } from './state.ts';
import { findUnstorable, stampedOf } from './unstorable.ts';

/** How a retry ended; of what is refused again the reason is the one of today. */
export type Outcome = {
  readonly verdict: 'accepted' | 'flagged' | 'refused';
  readonly reason: string | null;
  readonly detail: string;
};

type Verdict =
  | { readonly row: HeldRow; readonly accepted: Accepted }
  | { readonly row: HeldRow; readonly refused: Refused };
type Judged = {
  readonly held: Held;
  readonly verdicts: readonly Verdict[];
  readonly judging: Judging;
  /** Facts of them that are here already, by key. */
  readonly facts: IntakeState['facts'];
};

/** What today's rules say of each. Its place in the chain was settled when it came, and is not asked again. */
export async function judgeHeld(client: pg.PoolClient, held: Held): Promise<Judged> {
  const readable = held.rows.flatMap(({ envelope }) => (envelope ? [envelope] : []));
  const state = await loadState(client, held, readable);
  const first = judgeAll(held, state);
  const unstorable = await findUnstorable(
    client,
    first.flatMap((v) => ('accepted' in v ? [v.accepted] : [])),
  );
  const { judging } = state;
  const { facts } = state.intake;
  if (unstorable.size === 0) return { held, judging, facts, verdicts: first };
  const intake = { ...state.intake, unstorable };
  return { held, judging, facts, verdicts: judgeAll(held, { ...state, intake }) };
}

type Loaded = {
  readonly intake: IntakeState;
  readonly rules: ReturnType<typeof intakeRules>;
  readonly judging: Judging;
};

async function loadState(client: pg.PoolClient, held: Held, readable: readonly Envelope[]): Promise<Loaded> {
  const { device, inc, dseq } = held.asked;
  const actors = peopleOf(readable);
  const known = await lockAndLoad(client, { device, inc, from: dseq, to: dseq, actors });
  if (!known) throw new Error(`no device ${device}, of which a changeset is kept`);
  const { authority, byHq } = known;
  const changes = readable.flatMap(({ body }) => body.changes);
  await lockRegisters(client, new Set(readable.map(({ scope }) => scope)));
  const present = await readRegisters(client, changes);
  const registers = new Map(
    [...present].flatMap(([table, rows]) =>
      [...rows].map(([id, { values }]) => [rowKey(table, id), values] as const),
    ),
  );
  const facts = await readFacts(client, changes);
  return {
    judging: { authority, byHq, nowMs: known.state.nowMs },
    intake: { ...known.state, seen: new Map(), facts, registers, unstorable: new Map() },
    rules: intakeRules({ authority, byHq, nowMs: known.state.nowMs, signed: new Set(), opened: new Map() }),
  };
}

function judgeAll(held: Held, { intake, rules }: Omit<Loaded, 'judging'>): Verdict[] {
  const whole = isWhole(held);
  return held.rows.map((row): Verdict => {
    const { sealed, envelope, dseq } = row;
    const refuse = (reason: string, detail: string): Verdict => ({
      row,
      refused: { sealed, envelope, dseq, reason, detail },
    });
    if (!envelope) return refuse('UNREADABLE', '');
    if (!whole) return refuse('INCOMPLETE_TRANSACTION', envelope.tx);
    const judged = planRetry(intake, { sealed, envelope }, rules);
    if ('refused' in judged) return { row, refused: judged.refused };
    const flag = verifies(held.publicKey, sealed.hash, sealed.sig) ? judged.accepted.flag : 'BAD_SIGNATURE';
    return { row, accepted: { ...judged.accepted, flag } };
  });
}

/** What was refused because parts of it were missing is whole when all of them lie here. */
const isWhole = ({ rows }: Held): boolean =>
  rows.every(
    ({ reason, envelope }) => reason !== 'INCOMPLETE_TRANSACTION' || envelope?.parts === rows.length,
  );

/** Carries out what was judged, in the caller's transaction: all of it, or none where one is still refused. */
export async function takeHeld(
  client: pg.PoolClient,
  { held, verdicts, judging, facts }: Judged,
  given: Deciding,
): Promise<Outcome> {
  const refused = verdicts.flatMap((v) => ('refused' in v ? [v] : []));
  if (refused.length > 0) {
    for (const {
      row,
      refused: { reason, detail },
    } of refused)
      await client.query(REFUSE_AGAIN, [row.id, reason, detail.slice(0, 500), row.device, row.inc, row.dseq]);
    const one = refused.find(({ row }) => row.id === given.id) ?? refused[0];
    return { verdict: 'refused', reason: one?.refused.reason ?? '', detail: one?.refused.detail ?? '' };
  }
  const accepted = verdicts.flatMap((v) => ('accepted' in v ? [v] : []));
  const stamped = accepted.flatMap((v) => stampedOf(v.accepted));
  const present = await readRegisters(
    client,
    stamped.map(({ change }) => change),
  );
  const { incomplete } = await applyChanges(client, stamped, { present });
  if (incomplete.length > 0) throw new Error(`rows lack columns: ${incomplete.slice(0, 5).join(', ')}`);
  const flags = await flagsOf(
    client,
    accepted.map((v) => v.accepted),
    judging,
  );
  for (const [i, { row }] of accepted.entries()) {
    const flag = flags[i] ?? null;
    await client.query(TAKE, [
      ...[row.id, held.nowMs, given.actor, given.reason, row.device, row.inc, row.dseq],
      ...[flag ? 'flagged' : 'accepted', flag, flag?.split(' ')[0] ?? null],
      `${row.envelope?.type ?? ''} ${flag?.split(' ')[1] ?? ''}`.trim(),
    ]);
  }
  const counted = countedBefore(
    accepted.map((v) => v.accepted),
    facts,
  );
  await numberChangesets(
    client,
    accepted.map((v, i) => ({ ...v.accepted, counted: counted[i] ?? [] })),
  );
  const flag = flags[accepted.findIndex(({ row }) => row.id === given.id)] ?? null;
  return { verdict: flag ? 'flagged' : 'accepted', reason: flag, detail: '' };
}

const REFUSE_AGAIN = `
  WITH kept AS (UPDATE quarantine SET reason = $2, detail = $3 WHERE id = $1)
  UPDATE change_seen SET reason = $2 WHERE device = $4 AND inc = $5 AND dseq = $6`;

const TAKE = `
  WITH settled AS (
    UPDATE quarantine SET state = 'retried', decided_at = $2, decided_by = $3, decided_why = $4 WHERE id = $1
  ),
  flagged AS (
    INSERT INTO flag (id, device, inc, dseq, reason, detail, at)
    SELECT $1, $5, $6, $7, $10, $11, $2 WHERE $10::text IS NOT NULL
    ON CONFLICT (id) DO UPDATE SET reason = excluded.reason, detail = excluded.detail
  )
  UPDATE change_seen SET verdict = $8, reason = $9 WHERE device = $5 AND inc = $6 AND dseq = $7`;
