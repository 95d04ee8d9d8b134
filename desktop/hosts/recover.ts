import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ORPCError } from '@orpc/server';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { incarnationLetter } from '#shared/sales/receipt-number.ts';
import type { KeyVault, Log } from '../till/ports.ts';
import { type KeyFailure, restoreDatabaseKey, sealedKeyFile } from '../till/replication/recover.ts';
import { askToRejoin, becomeDevice } from '../till/replication/rejoin.ts';
import { createIdentityStore } from '../till/store/identity.ts';
import { type OpenFailure, openDatabase } from '../till/store/open.ts';
import { readIfThere } from './durable-file.ts';
import { openFileVault } from './file-vault.ts';

/** Gives a till back its database when its keystore is gone, by the org's offline recovery key. */
const USAGE = `npm run recover -- [options]
  --data DIR           the till's folder; till.db must be in it
  --sealed FILE        what HQ gave for this till: npm run hq -- --sealed-key S01-T02 --out FILE
  --recovery-key FILE  the org's recovery key, which is kept offline
  --hq URL             HQ
  --code CODE          a new enrolment code of this till
  --help
The till must not be running. Nothing of its work is lost: it goes on as a new device, under its next letter. When it
was cut off in the middle, run it again.`;

const options = {
  data: { type: 'string' },
  sealed: { type: 'string' },
  'recovery-key': { type: 'string' },
  hq: { type: 'string' },
  code: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

export type RecoverOptions = {
  /** The till's own folder. */
  readonly folder: string;
  readonly migrations: string;
  readonly vault: KeyVault;
  /** The text of HQ's file of sealed keys, and of the file with the recovery key. */
  readonly sealed: string;
  readonly recoveryKey: string;
  readonly hqUrl: string;
  readonly code: string;
  readonly log: Log;
  readonly version: string;
};

export type RecoverFailure =
  | KeyFailure
  | OpenFailure
  | { readonly code: 'BAD_SEALED_FILE' | 'BAD_RECOVERY_KEY' | 'NOT_ENROLLED' }
  /** What HQ said, as the call `auth.rejoin` has it. */
  | { readonly code: 'HQ_REFUSED'; readonly reason: string };

export type Recovered = { readonly device: string; readonly inc: number; readonly waiting: number };

/**
 * Opens the sealed key, sees that it opens the database, puts it into the vault, and makes the database that of a new
 * device. May be run again after a stop at any line: the vault is written before HQ hears anything, and the database
 * changes hands in one transaction.
 */
export async function recoverTill({
  folder,
  migrations,
  vault,
  log,
  version,
  ...given
}: RecoverOptions): Promise<Result<Recovered, RecoverFailure>> {
  const sealed = sealedKeyFile.safeParse(jsonOf(given.sealed));
  if (!sealed.success) return err({ code: 'BAD_SEALED_FILE' });
  const recoveryKey = recoveryKeyIn(given.recoveryKey);
  if (recoveryKey === null) return err({ code: 'BAD_RECOVERY_KEY' });
  const file = join(folder, 'till.db');
  dropTries(folder);
  const key = await restoreDatabaseKey({ file, sealed: sealed.data, recoveryKey }, vault);
  if (!key.ok) return key;
  const opened = openDatabase({ file, keyHex: key.value, migrations });
  if (!opened.ok) return opened;
  const db = opened.value;
  try {
    const identity = createIdentityStore(db);
    if (!identity.find()) return err({ code: 'NOT_ENROLLED' });
    const clock = { nowMs: () => Date.now() };
    const { hqUrl, code } = given;
    const ports = { vault, fetch, version, clock, log };
    becomeDevice(db, vault, await askToRejoin(db, { hqUrl, code, how: 'recovery-key' }, ports));
    const waiting = db.prepare<[], number>(`SELECT count(*) FROM journal WHERE state = 'waiting'`).pluck();
    const { device, inc } = identity.read();
    return ok({ device, inc, waiting: waiting.get() ?? 0 });
  } catch (problem) {
    if (!(problem instanceof ORPCError)) throw problem;
    const { reason } = { reason: '', ...problem.data };
    return err({ code: 'HQ_REFUSED', reason: reason === '' ? problem.code : String(reason) });
  } finally {
    db.close();
  }
}

/** Copies on which an earlier run tried a key, and that a kill has left behind. */
function dropTries(folder: string): void {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  for (const name of names.filter((one) => one.startsWith('.try-key-')))
    rmSync(join(folder, name), { recursive: true, force: true });
}

/** The key in the file that HQ made at its first start, or typed off its print: the line that is no remark. */
function recoveryKeyIn(text: string): string | null {
  const line = text.split('\n').find((one) => one.trim() !== '' && !one.trim().startsWith('#'));
  const key = line?.replaceAll(/\s/g, '') ?? '';
  return Buffer.from(key, 'base64url').length === 32 ? key : null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** What was not possible, and what to do; the till's folder is as it was, but for keys in its vault. */
function sentenceAbout(failure: RecoverFailure): string {
  switch (failure.code) {
    case 'NO_DATABASE':
      return 'There is no till.db in this folder: --data names the folder of the till.';
    case 'BAD_SEALED_FILE':
      return '--sealed is not a file of sealed keys: make it at HQ with npm run hq -- --sealed-key S01-T02 --out FILE.';
    case 'BAD_RECOVERY_KEY':
      return '--recovery-key holds no recovery key: it is the one line of 43 characters in the file HQ made at its first start.';
    case 'WRONG_RECOVERY_KEY':
      return 'This recovery key does not open what the till left with HQ: it is the key of another organisation, or mistyped.';
    case 'NO_KEY_FITS':
      return 'None of the sealed keys opens this till.db: they are of another till, or the file is damaged from its first page on.';
    case 'DAMAGED':
      return `The key is right, and till.db is damaged (${failure.detail}): bring back a copy of the folder first.`;
    case 'IN_USE':
      return 'The till is running: stop it first.';
    case 'NOT_ENROLLED':
      return 'This database has never belonged to an HQ: there is nothing to recover.';
    case 'NEWER_SCHEMA':
      return 'A newer Pestle has written this database: recover it with that version.';
    case 'HQ_REFUSED':
      return hqSentence(failure.reason);
    default:
      return `This till's database cannot be opened: ${failure.code}.`;
  }
}

function hqSentence(reason: string): string {
  switch (reason) {
    case 'HQ_UNREACHABLE':
      return 'HQ does not answer. Run this again when it does; if it then says that the code has been used, ask for another.';
    case 'INSECURE_URL':
      return 'HQ must be reached over https.';
    case 'unknown':
      return 'HQ does not know this code. Look at each character.';
    case 'expired':
      return 'This code is more than ten minutes old. Ask HQ for a new one.';
    case 'used':
      return 'This code has been used, perhaps by a try whose answer was lost. Ask HQ for a new one and run this again.';
    case 'OTHER_TILL':
      return 'This code is another till’s. It is still good there; ask HQ for one of this till.';
    case 'OTHER_HQ':
      return 'What answers at --hq is not the HQ of this till.';
    default:
      return `HQ refused: ${reason}.`;
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options });
  const { data: folder, sealed, 'recovery-key': recoveryKey, hq: hqUrl, code } = values;
  if (values.help || !folder || !sealed || !recoveryKey || !hqUrl || !code) {
    if (!values.help) process.exitCode = 1;
    return console.log(USAGE);
  }
  for (const file of [sealed, recoveryKey]) if (!existsSync(file)) return fail(`There is no file ${file}.`);
  const vault = vaultIn(folder);
  if (vault === null)
    return fail('vault.json in the folder of the till cannot be read: move it away, then run this again.');
  const done = await recoverTill({
    ...{ folder, hqUrl, code, vault },
    migrations: fileURLToPath(new URL('../../migrations/sqlite', import.meta.url)),
    sealed: readIfThere(sealed) ?? '',
    recoveryKey: readIfThere(recoveryKey) ?? '',
    log: { warn: (event, details) => console.error(JSON.stringify({ event, ...details })) },
    version: '0.1.0',
  });
  if (!done.ok) return fail(sentenceAbout(done.error));
  const { inc, waiting } = done.value;
  console.log(
    `Recovered. Start the till: its receipts go on under the letter ${incarnationLetter(inc)}, and ${waiting} changes that were not at HQ go there.`,
  );
}

/** Null where the file is damaged, or is one that the app of another computer has sealed. It must not be replaced. */
function vaultIn(folder: string): KeyVault | null {
  try {
    return openFileVault(join(folder, 'vault.json'));
  } catch {
    return null;
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
