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

/** A till, and what is done when it loses its power. */
type At = Pick<SequenceCounter, 'db' | 'terminal'> & { readonly crash: () => Promise<void> };

/**
 * Gives one command and holds what every command promises: refused it leaves no trace; given again it answers the same
 * and does nothing; cut off in its middle it has done nothing, and given again to the till that comes up it is done. Once
 * the terminal has heard of it, "nothing" is: no money and no goods, for then that it was asked is on the disk.
 */
export async function attempt<T>(
  at: At,
  { again, dies }: Pick<Step, 'again' | 'dies'>,
  call: (commandId: string) => Promise<T>,
): Promise<Outcome<T>> {
  const id = commandId();
  const asked = at.terminal.orders().length;
  const before = trace(at.db());
  const isSame = (now: Trace) =>
    at.terminal.orders().length > asked ? now.books === before.books : now.all === before.all;
  const first = dies ? await cutOff(at, dies, () => call(id)) : await outcomeOf(call(id));
  if (first === 'died') {
    must(isSame(trace(at.db())), `cut off at ${dies} it was half done`);
    await at.crash();
  }
  const outcome = first === 'died' ? await outcomeOf(call(id)) : first;
  const after = trace(at.db());
  if (!outcome.ok) must(isSame(after), 'refused it left a trace:', outcome.code);
  if (again && (outcome.ok || after.all !== before.all)) {
    const second = await outcomeOf(call(id));
    must(trace(at.db()).all === after.all, 'given again it did something');
    must(said(second) === said(outcome), 'given again it answers', second);
  }
  return outcome;
}

/** Why a terminal refused is said once. */
const said = (outcome: Outcome<unknown>): string =>
  JSON.stringify(outcome, (key, value: unknown) => (key === 'reason' ? null : value));

/** Without a command's id: it may be given again as often as one likes. */
export async function outcomeOf<T>(call: Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await call };
  } catch (problem) {
    if (!(problem instanceof ORPCError) || !problem.defined) throw problem;
    return { ok: false, code: problem.code, data: problem.data };
  }
}

/** Gives a command to a till whose power goes at the first row it adds to this table. */
export async function cutOff<T>(
  at: Pick<At, 'db'>,
  table: DiesAt,
  call: () => Promise<T>,
): Promise<Outcome<T> | 'died'> {
  const db = at.db();
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

type Trace = { readonly all: string; readonly books: string };
const traces = new WeakMap<Database, () => Trace>();

/**
 * What a till has written: the head of its chain, the sale in progress, what was carried out, what is to be printed. Its
 * books: of that what is neither chain nor what waits for the terminal.
 */
function trace(db: Database): Trace {
  const known = traces.get(db);
  if (known) return known();
  const heads = db.prepare(
    `SELECT i.dseq, i.head_hash, (SELECT group_concat(id || content) FROM cart WHERE id LIKE 'refund:%') AS waiting,
       (SELECT count(*) FROM done_command) AS done FROM identity i`,
  );
  const books = db.prepare(
    `SELECT (SELECT group_concat(id || content) FROM cart WHERE id NOT LIKE 'refund:%') AS carts,
       (SELECT count(*) FROM print_job) AS jobs, (SELECT sum(n) FROM counter) AS numbers,
       (SELECT count(*) FROM stock_movement) AS movements, (SELECT count(*) FROM tender) AS tenders,
       (SELECT count(*) FROM refund_tender) AS refunds, (SELECT count(*) FROM voucher_entry) AS vouchers,
       (SELECT count(*) FROM account_entry) AS charges, (SELECT count(*) FROM loyalty_entry) AS points`,
  );
  const look = () => {
    const kept = JSON.stringify(books.get());
    return { books: kept, all: JSON.stringify(heads.get()) + kept };
  };
  traces.set(db, look);
  return look();
}
