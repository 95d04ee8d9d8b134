import type { PoolClient } from 'pg';
import { stampOf } from '#shared/replica/merge.ts';
import type { IntakeEffects } from '#shared/replica/plan.ts';
import { applyChanges, readRegisters, type Stamped } from '../store/apply.ts';

/** The changes of an accepted changeset with the stamp its place in the order gives them. */
export function stampedOf({ envelope, effHlc }: IntakeEffects['accepted'][number]): Stamped[] {
  const stamp = stampOf(effHlc, envelope);
  return envelope.body.changes.map((change) => ({ change, stamp }));
}

/**
 * Which of these changesets the tables refuse, with the condition's name, by dseq. Tries them one after the other and
 * takes it all back: the slow way, for batches that have shown that they need it.
 */
export async function findUnstorable(
  client: PoolClient,
  accepted: IntakeEffects['accepted'],
): Promise<Map<number, string>> {
  const found = new Map<number, string>();
  await client.query('SAVEPOINT trial');
  for (const one of accepted) {
    await client.query('SAVEPOINT one');
    const problem = await problemOf(client, one);
    if (problem === null) continue;
    await client.query('ROLLBACK TO SAVEPOINT one');
    found.set(one.envelope.dseq, problem);
  }
  await client.query('ROLLBACK TO SAVEPOINT trial');
  return found;
}

async function problemOf(client: PoolClient, one: IntakeEffects['accepted'][number]): Promise<string | null> {
  try {
    const present = await readRegisters(client, one.envelope.body.changes);
    const { incomplete } = await applyChanges(client, stampedOf(one), { present });
    return incomplete.length > 0 ? `incomplete ${incomplete[0]}` : null;
  } catch (problem) {
    if (isRowProblem(problem)) return nameOf(problem);
    throw problem;
  }
}

/**
 * Whether Postgres refused a row for what is in it: a broken condition (class 23), a value it cannot hold (22), or one
 * beyond its limits (54: too long for an index, nested too deep).
 */
export const isRowProblem = (problem: unknown): problem is Error & { code: string } =>
  problem instanceof Error &&
  'code' in problem &&
  typeof problem.code === 'string' &&
  /^(22|23|54)/.test(problem.code);

const nameOf = (problem: Error & { code: string }): string =>
  'constraint' in problem && typeof problem.constraint === 'string' ? problem.constraint : problem.code;
