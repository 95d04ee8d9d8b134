import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type pg from 'pg';
import { addToDigest, emptyDigest } from '#shared/replica/log-digest.ts';
import type { Finding } from '#shared/replica/verify.ts';
import { compareWithHq, verifyJournal } from '#shared/replica/verify-journal.ts';
import { verifyLog } from '#shared/replica/verify-log.ts';
import { openFileVault } from '../../desktop/hosts/file-vault.ts';
import { createVerifyTools } from '../verify/crypto.ts';
import { type ReadLog, readHq } from '../verify/read-hq.ts';
import { openCopy, readTill, subjectOf } from '../verify/read-till.ts';
import { say } from '../verify/words.ts';

export type StoppedTill = { readonly name: string; readonly folder: string };
type Database = ReturnType<typeof openCopy>;

/**
 * Looks over, offline, what tills and HQ have on disk: journals and log by `npm run verify`'s own functions, each till's
 * digests against digests summed here from HQ's log, and the facts of the run row by row. One sentence for each fault.
 */
export async function findFaults({
  tills,
  databaseUrl,
  pool,
  since,
}: {
  readonly tills: readonly StoppedTill[];
  readonly databaseUrl: string;
  readonly pool: Pick<pg.Pool, 'query'>;
  /** Epoch milliseconds: facts of before came with the seed. */
  readonly since: number;
}): Promise<readonly string[]> {
  const log = await readHq(databaseUrl);
  const digests = digestsOf(log);
  const faults = logFindings(log).map(say);
  const atHq = await Promise.all(FACTS.map(async (fact) => rowsAtHq(pool, fact, since)));
  for (const till of tills) {
    faults.push(...journalFindings(till, log).map((finding) => `${till.name}: ${say(finding)}`));
    const key = openFileVault(join(till.folder, 'vault.json')).get('database-key') ?? '';
    const db = openCopy(join(till.folder, 'till.db'), key);
    const found = [
      ...digestFaults(db, digests),
      ...FACTS.flatMap((fact, i) => factFaults(fact.what, rowsAtTill(db, fact, since), atHq[i] ?? new Set())),
      ...sumFaults(db),
    ];
    db.close();
    faults.push(...found.map((fault) => `${till.name}: ${fault}`));
  }
  return faults;
}

function logFindings(log: ReadLog): readonly Finding[] {
  return verifyLog(log.copy, { ...createVerifyTools(), keyOf: (device) => log.keys.get(device) ?? null });
}

function journalFindings({ folder }: StoppedTill, log: ReadLog): readonly Finding[] {
  const { copy } = readTill(folder);
  const keyOf = (device: string) => log.keys.get(device) ?? null;
  return [
    ...verifyJournal(copy, { ...createVerifyTools(), keyOf, subjectOf }),
    ...compareWithHq(copy, log.copy),
  ];
}

type Digests = ReadonlyMap<string, { readonly seq: number; readonly digest: string }>;

/** The digest of each scope's whole log, summed here from the rows. */
function digestsOf({ copy }: ReadLog): Digests {
  const sha256Hex = (text: string) => createHash('sha256').update(text).digest('hex');
  const sums = new Map<string, { seq: number; digest: string }>();
  for (const { scope, seq, hash } of copy.rows) {
    const { digest } = sums.get(scope) ?? { digest: emptyDigest };
    sums.set(scope, { seq, digest: addToDigest(digest, { seq, hash }, sha256Hex) });
  }
  return sums;
}

function digestFaults(db: Database, atHq: Digests): string[] {
  const cursors = db
    .prepare<[], { scope: string; seq: number; digest: string }>('SELECT scope, seq, digest FROM cursor')
    .all();
  return cursors.flatMap(({ scope, seq, digest }) => {
    const there = atHq.get(scope) ?? { seq: 0, digest: emptyDigest };
    return seq === there.seq && digest === there.digest
      ? []
      : [`digest of ${scope} is ${digest} at ${seq}, of HQ's log ${there.digest} at ${there.seq}`];
  });
}

/** A fact as one text of its figures, the same in SQLite's and Postgres' words. */
type Fact = { readonly what: string; readonly text: string; readonly from: string };
const FACTS: readonly Fact[] = [
  {
    what: 'sale',
    text: `s.id || ' ' || s.receipt_no || ' ' || s.total_minor || ' ' || s.tax_minor || ' ' || s.line_count`,
    from: `sale s WHERE s.at >= $1`,
  },
  {
    what: 'sale line',
    text: `l.id || ' ' || l.pack_id || ' ' || l.qty_base || ' ' || l.amount_minor || ' ' || l.tax_minor`,
    from: `sale_line l JOIN sale s ON s.id = l.sale_id WHERE s.at >= $1`,
  },
  {
    what: 'tender',
    text: `t.id || ' ' || t.kind || ' ' || t.amount_minor`,
    from: `tender t JOIN sale s ON s.id = t.sale_id WHERE s.at >= $1`,
  },
  {
    what: 'movement',
    text: `m.id || ' ' || m.batch_id || ' ' || m.kind || ' ' || m.qty_base`,
    from: `stock_movement m WHERE m.at >= $1`,
  },
];

async function rowsAtHq(
  pool: Pick<pg.Pool, 'query'>,
  { text, from }: Fact,
  since: number,
): Promise<ReadonlySet<string>> {
  const { rows } = await pool.query<{ fact: string }>(`SELECT ${text} AS fact FROM ${from}`, [since]);
  return new Set(rows.map(({ fact }) => fact));
}

const rowsAtTill = (db: Database, { text, from }: Fact, since: number): ReadonlySet<string> =>
  new Set(
    db
      .prepare<[number], string>(`SELECT ${text} FROM ${from.replace('$1', '?')}`)
      .pluck()
      .all(since),
  );

function factFaults(what: string, here: ReadonlySet<string>, atHq: ReadonlySet<string>): string[] {
  return [
    ...[...atHq].filter((fact) => !here.has(fact)).map((fact) => `${what} of HQ is not here: ${fact}`),
    ...[...here].filter((fact) => !atHq.has(fact)).map((fact) => `${what} is not at HQ: ${fact}`),
  ];
}

/** What is left of work under way where nothing is under way any more. */
function sumFaults(db: Database): string[] {
  const waiting = db
    .prepare<[], number>(`SELECT count(*) FROM journal WHERE state = 'waiting'`)
    .pluck()
    .get();
  const pending = db.prepare<[], number>(`SELECT count(*) FROM pending_write`).pluck().get();
  return [
    ...(waiting ? [`${waiting} changesets still wait`] : []),
    ...(pending ? [`${pending} edits still lie over the base`] : []),
  ];
}
