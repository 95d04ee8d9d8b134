import { existsSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { fitOf, isInUse, tryKey } from '../till/store/try-key.ts';
import { databaseFiles, moveAside } from './aside.ts';
import { readIfThere } from './durable-file.ts';
import { openFileVault } from './file-vault.ts';
import { type RestoreFailure, restoreTill } from './restore.ts';

/** Puts a backup in the place of a till's database, where the till itself does not start any more. */
const USAGE = `npm run restore -- --data DIR --backup FILE [options]
  --data DIR           the till's folder; what lies in it as till.db is moved aside, never deleted
  --backup FILE        a backup of this till
  --check              only opens and checks the backup with this folder's vault; changes nothing
Where this folder's vault is gone or another till's:
  --sealed FILE        what HQ gave for this till: npm run hq -- --sealed-key S01-T02 --out FILE
  --recovery-key FILE  the org's recovery key, which is kept offline
  --hq URL             HQ
  --code CODE          a new enrolment code of this till
  --help
The till must not be running. It goes on under its next letter; what HQ had of the time after the backup comes back.`;

const options = {
  data: { type: 'string' },
  backup: { type: 'string' },
  check: { type: 'boolean', default: false },
  sealed: { type: 'string' },
  'recovery-key': { type: 'string' },
  hq: { type: 'string' },
  code: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

async function main(): Promise<void> {
  const { values } = parseArgs({ options });
  const { data: folder, backup, sealed, 'recovery-key': recoveryKey, hq: hqUrl, code } = values;
  if (values.help || !folder || !backup) {
    if (!values.help) process.exitCode = 1;
    return console.log(USAGE);
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const vault = openFileVault(join(folder, 'vault.json'));
  if (values.check) {
    const wrong = checked(backup, vault.get('database-key'));
    if (wrong) return fail(sentenceAbout(wrong));
    return console.log(`${basename(backup)} opens with the key of this folder and is whole.`);
  }
  const file = join(folder, 'till.db');
  if (isOpenSomewhere(file, vault.get('database-key'))) return fail('The till is running: stop it first.');
  const whole = sealed && recoveryKey && hqUrl && code;
  const done = await restoreTill({
    ...{ folder, backup, vault, version: '0.1.0' },
    migrations: fileURLToPath(new URL('../../migrations/sqlite', import.meta.url)),
    ...(whole && {
      papers: { sealed: readIfThere(sealed) ?? '', recoveryKey: readIfThere(recoveryKey) ?? '', hqUrl, code },
    }),
    log: { warn: (event) => console.error(JSON.stringify({ event })) },
    makeRoom: () => moveAside(folder, databaseFiles('till.db')),
  });
  if (!done.ok) return fail(sentenceAbout(done.error));
  console.log('Restored. Start the till: its receipts go on under the next letter.');
}

/** What is wrong with a backup, seen with this folder's key; null where it is whole. */
function checked(backup: string, keyHex: string | null): RestoreFailure | null {
  if (!existsSync(backup)) return { code: 'NO_BACKUP_FILE' };
  if (keyHex === null) return { code: 'NEEDS_RECOVERY' };
  const fit = fitOf(backup, keyHex);
  if (fit.fits) return null;
  return { code: fit.why === 'damaged' ? 'BACKUP_DAMAGED' : 'NEEDS_RECOVERY' };
}

/** A database whose key is not here cannot be asked; nobody can have it open either. */
function isOpenSomewhere(file: string, keyHex: string | null): boolean {
  return existsSync(file) && keyHex !== null && tryKey(file, keyHex).fits && isInUse(file, keyHex);
}

function sentenceAbout(failure: RestoreFailure): string {
  switch (failure.code) {
    case 'NO_BACKUP_FILE':
      return 'There is no such backup.';
    case 'NEEDS_RECOVERY':
      return 'The vault in this folder does not open this backup: give --sealed, --recovery-key, --hq and --code (--help).';
    case 'NOT_A_BACKUP':
      return 'This is no backup of that till.';
    case 'BACKUP_DAMAGED':
      return 'This backup is damaged: try another one.';
    case 'NEWER_SCHEMA':
      return 'This backup was written by a newer Pestle: install the newest version first.';
    case 'HQ_REFUSED':
      return `HQ refused: ${failure.reason}. Ask it for a new code.`;
    default:
      return `The papers do not fit: ${failure.code}. npm run recover -- --help says where each comes from.`;
  }
}

function fail(sentence: string): void {
  console.error(sentence);
  process.exitCode = 1;
}

if (import.meta.main)
  await main().catch((problem: unknown) =>
    fail(
      `${problem instanceof Error ? problem.message.split('\n')[0] : String(problem)} (--help lists the options)`,
    ),
  );
