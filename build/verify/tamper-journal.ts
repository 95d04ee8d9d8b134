import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { verifyJournal } from '#shared/replica/verify-journal.ts';
import { openFileVault } from '../../desktop/hosts/file-vault.ts';
import { createVerifyTools } from './crypto.ts';
import type { Specimen } from './prove.ts';
import { openCopy, readJournal, readTill, subjectOf } from './read-till.ts';
import type { Edit, TableRow } from './tamper.ts';
import type { World } from './world.ts';

const COLUMNS = 'inc, dseq, scope, type, hlc, text, hash, sig, state, reason, subject_id, made_at'.split(
  ', ',
);
/** What HQ answered is signed by nobody: it is held against HQ's record (`compareWithHq`), not drawn here. */
const DRAWN = COLUMNS.filter((column) => column !== 'state' && column !== 'reason');

/** A copy of the till's encrypted database, its triggers dropped, changed within a transaction that is taken back. */
export async function openJournal({ folder }: World): Promise<Specimen> {
  const { keys } = readTill(folder);
  const [[device = '', publicKey = ''] = []] = [...keys];
  const file = join(folder, 'tampered.db');
  copyFileSync(join(folder, 'till.db'), file);
  const keyHex = openFileVault(join(folder, 'vault.json')).get('database-key') ?? '';
  const db = openCopy(file, keyHex);
  for (const name of ['journal_no_delete', 'journal_text_fixed']) db.exec(`DROP TRIGGER ${name}`);
  const tools = { ...createVerifyTools(), keyOf: (of: string) => keys.get(of) ?? null, subjectOf };
  const findings = async () => verifyJournal(readJournal(db, publicKey).copy, tools);
  const rows = db
    .prepare<[string], TableRow>('SELECT rowid AS place, ? AS device, * FROM journal ORDER BY dseq')
    .all(device);
  const identity = db.prepare<[], TableRow>('SELECT rowid AS place, device, * FROM identity').all();
  return {
    name: 'journal',
    targets: [
      {
        ...{ table: 'journal', columns: DRAWN, dates: ['made_at', 'hlc', 'text'], order: 'dseq', rows },
        // Where the stamp had to run ahead of the clock, nothing tells the millisecond.
        open: (row, column) => column === 'made_at' && !String(row.hlc).endsWith('0000'),
      },
    ],
    forging: { textColumn: 'text', copies: [{ table: 'identity', column: 'head_hash', rows: identity }] },
    findings,
    async findingsWith({ edits }) {
      db.exec('BEGIN');
      try {
        for (const edit of edits)
          db.prepare(`DELETE FROM ${edit.table} WHERE rowid = ?`).run(edit.before.place);
        for (const edit of edits) put(edit);
        return await findings();
      } catch (problem) {
        if (
          problem instanceof Error &&
          'code' in problem &&
          String(problem.code).startsWith('SQLITE_CONSTRAINT')
        )
          return null;
        throw problem;
      } finally {
        db.exec('ROLLBACK');
      }
    },
    close: async () => {
      db.close();
    },
  };

  function put({ table, after }: Edit): void {
    if (after === null) return;
    const columns = table === 'journal' ? COLUMNS : Object.keys(after).filter((c) => c !== 'place');
    const values = columns.map((column) => after[column]);
    db.prepare(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    ).run(values);
  }
}
