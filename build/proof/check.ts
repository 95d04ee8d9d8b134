/**
 * `check.ts DIR` with $ACKED, the number of the last sale acknowledged before the cut ('' if none): opens the till's
 * database as the till would and exits 0 when it is sound and no acknowledged sale is missing. Its last line says so.
 */
import { join } from 'node:path';
import { z } from 'zod';
import { openFileVault } from '../../desktop/hosts/file-vault.ts';
import { openDatabase } from '../../desktop/till/store/open.ts';
import { problemsIn } from './books.ts';

/** What is wrong with the till in this folder, given the number of the last sale it acknowledged (0 if none). */
export function checkTill(folder: string, acked: number): readonly string[] {
  const vault = openFileVault(join(folder, 'vault.json'));
  const opened = openDatabase({
    ...{
      file: join(folder, 'till.db'),
      keyHex: vault.get('database-key') ?? '',
      migrations: 'migrations/sqlite',
    },
  });
  if (!opened.ok) return [`the database does not open: ${opened.error.code}`];
  const db = opened.value;
  const { publicKey } = deviceKey.parse(JSON.parse(vault.get('device-key') ?? '{}'));
  const last = Number(db.prepare('SELECT coalesce(max(receipt_n), 0) FROM sale').pluck().get());
  const lost = last < acked ? [`sales ${last + 1} to ${acked} were acknowledged and are lost`] : [];
  const problems = [...lost, ...problemsIn(db, publicKey)];
  db.close();
  return problems;
}

const deviceKey = z.object({ publicKey: z.string() });

if (import.meta.main) {
  const problems = checkTill(process.argv[2] ?? '', Number(process.env.ACKED ?? ''));
  console.log(problems[0] ?? 'sound');
  process.exitCode = problems.length > 0 ? 1 : 0;
}
