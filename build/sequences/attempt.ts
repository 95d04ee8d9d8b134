import { ORPCError } from '@orpc/client';
import type { Database } from 'better-sqlite3';
import { commandId } from '../proof/open-shop.ts';
import type { SequenceCounter } from './counter.ts';
import type { DiesAt, Step } from './moves.ts';

/** A till and the model do not agree, or a till does what none may. */
export class Fault extends Error {}

export function must(holds: boolean, words: string, found: unknown = ''): void {
  if (!holds) throw new Fault(`${words} ${typeof found === 'string' ? found : JSON.stringify(found)}`);
}

export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: string; readonly data: unknown };

/**
 * Gives one command and holds what every command promises: refused it leaves no trace; given again it answers the same
 * and does nothing; cut off in its middle it has done nothing, and given again to the till that comes up it is done.
 */
export async function attempt<T>(
  counter: SequenceCounter,
  { again, dies }: Pick<Step, 'again' | 'dies'>,
  call: (commandId: string) => Promise<T>,
): Promise<Outcome<T>> {
  const id = commandId();
  const before = trace(counter.db());
  const first = dies ? await cutOff(counter, dies, () => call(id)) : await outcomeOf(call(id));
  if (first === 'died') {
    must(trace(counter.db()) === before, `cut off at ${dies} it was half done`);
    await counter.crash();
  }
  const outcome = first === 'died' ? await outcomeOf(call(id)) : first;
  const after = trace(counter.db());
  if (!outcome.ok) must(after === before, 'refused it left a trace:', outcome.code);
  else if (again) {
    const second = await outcomeOf(call(id));
    must(trace(counter.db()) === after, 'given again it did something');
    must(JSON.stringify(second) === JSON.stringify(outcome), 'given again it answers', second);
  }
  return outcome;
}

/** Without a command's id: it may be given again as often as one likes. */
export async function outcomeOf<T>(call: Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await call };
  } catch (problem) {
    if (!(problem instanceof ORPCError) || !problem.defined) throw problem;
    return { ok: false, code: problem.code, data: problem.data };
  }
}

async function cutOff<T>(
  counter: SequenceCounter,
  table: DiesAt,
  call: () => Promise<T>,
): Promise<Outcome<T> | 'died'> {
  const db = counter.db();
  db.exec(
    `CREATE TEMP TRIGGER dies BEFORE INSERT ON main.${table} BEGIN SELECT raise(ABORT, '${NO_POWER}'); END`,
  );
  try {
    return await outcomeOf(call());
  } catch (problem) {
    if (problem instanceof Error && problem.message.includes(NO_POWER)) return 'died';
    throw problem;
  } finally {
    db.exec('DROP TRIGGER temp.dies');
  }
}
const NO_POWER = 'the power is gone';

const traces = new WeakMap<Database, () => string>();

/** What a till has written: the head of its chain, the sale in progress, what was carried out, what is to be printed. */
function trace(db: Database): string {
  const known = traces.get(db);
  if (known) return known();
  const statement = db.prepare(
    `SELECT i.dseq, i.head_hash, (SELECT group_concat(id || content) FROM cart) AS carts,
       (SELECT count(*) FROM done_command) AS done, (SELECT count(*) FROM print_job) AS jobs,
       (SELECT sum(n) FROM counter) AS numbers, (SELECT count(*) FROM stock_movement) AS movements FROM identity i`,
  );
  const look = () => JSON.stringify(statement.get());
  traces.set(db, look);
  return look();
}
