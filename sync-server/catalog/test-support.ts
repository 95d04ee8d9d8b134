import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import type { Change } from '#shared/replica/changeset.ts';
import { snake } from '#shared/tables/define-table.ts';

/** The small invented register that has every trap of the real one. */
export const fixtureRegister = join(import.meta.dirname, 'fixtures', 'register');

/** The real register of 3 June 2022 (BDPM), which lies beside the project where it is there at all. */
export const realRegister = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'bdpm2022');
export const hasRealRegister = existsSync(realRegister);
if (!hasRealRegister)
  console.info('The real register (../shared/data/bdpm2022) is absent: only the small own set is tested.');

export const temporaryFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'pestle-import-'));

/** A later issue of a register: a copy in which texts of single files are replaced. */
export async function laterIssue(
  from: string,
  edits: Readonly<Record<string, readonly (readonly [string, string])[]>>,
): Promise<string> {
  const folder = await temporaryFolder();
  await cp(from, folder, { recursive: true });
  for (const [file, replacements] of Object.entries(edits)) {
    let text = (await readFile(join(from, file))).toString('latin1');
    for (const [was, is] of replacements) {
      const [find, put] = [was, is].map((t) => Buffer.from(t, 'latin1').toString('latin1'));
      if (find === undefined || put === undefined || !text.includes(find))
        throw new Error(`${file} has no ${was}`);
      text = text.replace(find, put);
    }
    await writeFile(join(folder, file), Buffer.from(text, 'latin1'));
  }
  return folder;
}

/** Writes changes to their tables alone, as HQ's intake does after its log: enough to see what an import changes. */
export async function writeRows(
  client: pg.ClientBase,
  changes: readonly Change[],
  written?: (count: number) => void,
): Promise<void> {
  const batches = Map.groupBy(changes, (change) =>
    change.op === 'set' ? `${change.t}|${Object.keys(change.cols).join()}` : `${change.t}|insert`,
  );
  let done = 0;
  for (const batch of batches.values()) {
    for (let at = 0; at < batch.length; at += 500) {
      await writeSlice(client, batch.slice(at, at + 500));
      done += Math.min(500, batch.length - at);
      written?.(done);
    }
  }
}

async function writeSlice(client: pg.ClientBase, changes: readonly Change[]): Promise<void> {
  const [first] = changes;
  if (first === undefined || (first.op !== 'set' && first.op !== 'insert'))
    throw new Error('imports only set and insert');
  const columns = Object.keys(first.op === 'set' ? first.cols : first.row);
  const rows = changes.map((change) => {
    const cols =
      change.op === 'set'
        ? { id: change.id, ...change.cols, deleted: false, stamps: {} }
        : change.op === 'insert'
          ? change.row
          : {};
    return Object.fromEntries(Object.entries(cols).map(([name, value]) => [snake(name), value]));
  });
  const table = first.t;
  const names = Object.keys(rows[0] ?? {}).join();
  const known =
    first.op === 'set' &&
    (await client.query(`select from ${table} where id = $1`, [first.id])).rowCount === 1;
  const source = `jsonb_populate_recordset(null::${table}, $1) r`;
  const statement = known
    ? `update ${table} t set ${columns.map((c) => `${snake(c)} = r.${snake(c)}`).join()} from ${source} where t.id = r.id`
    : `insert into ${table} (${names}) select ${names} from ${source}`;
  await client.query(statement, [JSON.stringify(rows)]);
}
