import { fstatSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type pg from 'pg';
import type { Logger } from 'pino';
import type { NewOrg } from './auth/bootstrap.ts';
import { storesWithCodes } from './auth/codes-for-all.ts';
import { firstRun } from './auth/first-run.ts';
import { hqFingerprint } from './auth/hq-keys.ts';
import { leaveRecoveryKey } from './auth/recovery-file.ts';
import { giveSealedKey } from './auth/sealed-key.ts';
import { addOfficePerson, createFirstAdmin, type FirstAdmin, migrateSignIn } from './auth/sign-in.ts';
import { importPath } from './catalog/import-path.ts';
import { type Hq, startHq, systemClock } from './http/compose.ts';
import { createLog } from './http/log.ts';
import { createOffice, type MountedOffice } from './http/office.ts';
import { startJobs } from './jobs/jobs.ts';
import { lockDataDir } from './store/data-dir.ts';
import { writeDurably } from './store/durable-file.ts';
import { runningUrl, startEmbedded } from './store/embedded.ts';
import { openNewEpoch, readEpoch } from './store/epoch.ts';
import { keepEpochMark } from './store/epoch-mark.ts';
import { openLogMonths } from './store/log-months.ts';
import { migrateForward } from './store/migrate.ts';
import { createPool } from './store/pool.ts';

const HELP = `npm run hq -- [options]
  --data DIR        HQ's folder (default .data/hq); its Postgres is in it unless DATABASE_URL names another
  --port N          port (default 4601; 0 = any)
  --host ADDR       address to listen on (default 127.0.0.1)
  --public-url URL  where tills and browsers find this HQ when a proxy with TLS stands before it
  --trust-proxy N   number of such proxies
  --org NAME        the org's name, on the first run
  --seed FILE       rows to begin with, on the first run: NDJSON of {actor, type, changes} and {pins}
  --catalog PATH    a medicine register to import, on the first run (BDPM folder or CSV)
  --archive-after N months of the log kept in the database; older ones go to DIR/archive (default 25)
  --stock-every N   minutes between what tills hear of other stores' stock: 5, 10, 15, 20 or 30; 0 = never (default 15)
  --restored        the database was restored from a backup: once, at the first start on it
  --codes           an enrolment code for every till without a device
  --sealed-key TILL gives out the sealed database key of a till (S01-T02) whose keystore is lost, for npm run recover,
                    and ends; also while this HQ runs. It is in the audit
  --out FILE        where --sealed-key writes it (default: to the screen)
  --office-person EMAIL --role NAME
                    adds a person to the back office with the rights of a role (HQ, Auditor), and ends
  --json            one JSON line when ready: {"ready":true,"url","fingerprint","stores","signIn"?,"recoveryKey"?}
  --help
  DATABASE_URL      your own PostgreSQL; several HQs may share it`;

const options = {
  data: { type: 'string', default: '.data/hq' },
  port: { type: 'string', default: '4601' },
  host: { type: 'string', default: '127.0.0.1' },
  'public-url': { type: 'string' },
  'trust-proxy': { type: 'string' },
  org: { type: 'string', default: 'My pharmacies' },
  seed: { type: 'string' },
  catalog: { type: 'string' },
  'archive-after': { type: 'string', default: '25' },
  'stock-every': { type: 'string', default: '15' },
  restored: { type: 'boolean', default: false },
  codes: { type: 'boolean', default: false },
  'sealed-key': { type: 'string' },
  out: { type: 'string' },
  'office-person': { type: 'string' },
  role: { type: 'string', default: 'HQ' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** The options; null when there is one that is not known, which is said. */
function parsed(): Options | null {
  try {
    return readOptions();
  } catch (problem) {
    fail(`${problem instanceof Error ? problem.message : String(problem)}\n\n${HELP}`);
    return null;
  }
}

type Options = ReturnType<typeof readOptions>;
function readOptions() {
  return parseArgs({ options }).values;
}

async function main(): Promise<void> {
  const given = parsed();
  if (given === null) return;
  if (given.help) return console.log(HELP);
  const port = Number(given.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    return fail(`--port wants a port, not "${given.port}".`);
  if (!/^[1-9]\d{0,3}$/.test(given['archive-after']))
    return fail(`--archive-after wants a number of months, not "${given['archive-after']}".`);
  if (!['0', '5', '10', '15', '20', '30'].includes(given['stock-every']))
    return fail(`--stock-every wants 0, 5, 10, 15, 20 or 30 minutes, not "${given['stock-every']}".`);
  const { 'sealed-key': keyOf, 'office-person': email } = given;
  if (keyOf !== undefined) return withDatabase(given, (pool) => giveKey(pool, given, keyOf));
  if (email !== undefined) return withDatabase(given, (pool) => addPerson(pool, { email, role: given.role }));
  const lock = lockDataDir(given.data);
  if (!lock.ok) return fail(`Another HQ (process ${lock.error.pid}) uses ${given.data}.`);
  const stopping: (() => Promise<unknown> | unknown)[] = [lock.value.release];
  const stop = stopWith(stopping);
  try {
    await run(given, port, stopping);
  } catch (problem) {
    fail(problem instanceof Error ? problem.message : String(problem));
    await stop(1);
  }
}

/** Brings everything up in order; what must be undone at the end goes to the front of `stopping`. */
async function run(given: Options, port: number, stopping: (() => unknown)[]): Promise<void> {
  const say = (line: string) => console.log(given.json ? JSON.stringify({ say: line }) : line);
  const log = createLog();
  const url = await databaseUrl(given, { log, stopping, say });
  const pool = createPool({
    url,
    onError: (problem) => {
      if (!pool.ending) log.warn({ reason: problem.message }, 'a connection was lost');
    },
  });
  stopping.unshift(() => pool.end());
  await prepareDatabase(pool);
  let recoveryFile = '';
  const org = await firstRun(pool, {
    ...{ name: given.org, seed: given.seed, nowMs: Date.now() },
    keep: async ({ recoveryPrivateKey: key }) => {
      recoveryFile = await leaveRecoveryKey(given.data, { orgName: given.org, key });
    },
  });
  const admin = await createFirstAdmin(pool, { email: 'admin@hq.example', name: 'Administrator' });
  await watchEpoch(given, { pool, stopping, log });
  let office: MountedOffice | undefined;
  const hq = await startHq({
    ...{ pool, log, port },
    databaseUrl: url,
    dataDir: given.data,
    host: given.host,
    trustProxy: given['trust-proxy'] === undefined ? false : Number(given['trust-proxy']),
    office: (node) => {
      office = createOffice(node, { webDir: at('dist/web'), publicUrl: given['public-url'] });
      return office;
    },
  });
  stopping.unshift(hq.stop);
  const jobs = await startJobs({
    ...{ pool, log, now: systemClock.nowMs },
    dataDir: given.data,
    archiveAfterMonths: Number(given['archive-after']),
    tellStockMinutes: Number(given['stock-every']),
  });
  stopping.unshift(jobs.stop);
  await office?.imports.recover();
  if (org && given.catalog !== undefined && office) await importCatalogue(office, given.catalog, say);
  await announce(given, { hq, pool, org, admin, recoveryFile });
}

/** Gives out a till's sealed key, at the side of the HQ that runs here, or with its database started for this alone. */
/** Does one thing in HQ's database, whether HQ runs or not, and ends. */
async function withDatabase(given: Options, work: (pool: pg.Pool) => Promise<void>): Promise<void> {
  const dir = join(given.data, 'database');
  const running = process.env.DATABASE_URL ?? runningUrl(dir);
  const lock = running === null ? lockDataDir(given.data) : null;
  if (lock?.ok === false)
    return fail(`HQ (process ${lock.error.pid}) is starting in ${given.data}: try again.`);
  const database = running === null ? await startEmbedded({ dir, persistent: true }) : null;
  const pool = createPool({ url: running ?? database?.url ?? '', onError: () => {} });
  try {
    await work(pool);
  } finally {
    await pool.end();
    await database?.stop();
    if (lock?.ok) lock.value.release();
    process.exit();
  }
}

async function giveKey(pool: pg.Pool, { out }: Options, till: string): Promise<void> {
  const key = await giveSealedKey(pool, till, { nowMs: Date.now(), actor: 'hq' });
  if (!key.ok)
    return fail(
      key.error.code === 'NOT_FOUND'
        ? `There is no till ${till}: name it as on its receipts, like S01-T02.`
        : `${till} has left no key here: it has never enrolled.`,
    );
  const text = `${JSON.stringify(key.value, null, 2)}\n`;
  if (out === undefined) return console.log(text);
  await writeDurably(out, text);
  console.log(`The sealed key of ${till} is in ${out}. That it was given is in the audit.`);
}

async function addPerson(
  pool: pg.Pool,
  { email, role }: { readonly email: string; readonly role: string },
): Promise<void> {
  await migrateSignIn(pool);
  const added = await addOfficePerson(pool, { email, role, name: email.split('@')[0] ?? email });
  if (added.ok) return console.log(`${email} may sign in with the password ${added.value.password}`);
  fail(
    added.error.code === 'NO_ROLE'
      ? `There is no role ${role}: name it as in the back office, like Auditor.`
      : `${email} is there already.`,
  );
}

async function databaseUrl(
  given: Options,
  {
    log,
    stopping,
    say,
  }: {
    readonly log: Logger;
    readonly stopping: (() => unknown)[];
    readonly say: (line: string) => void;
  },
): Promise<string> {
  if (process.env.DATABASE_URL) return process.env.DATABASE_URL;
  const database = await startEmbedded({
    dir: join(given.data, 'database'),
    persistent: true,
    log: (line) => log.debug({ postgres: line.trim() }),
    say,
  });
  stopping.unshift(database.stop);
  return database.url;
}

async function prepareDatabase(pool: pg.Pool): Promise<void> {
  await migrateForward(pool, at('migrations/postgres'));
  await migrateSignIn(pool);
  await openLogMonths(pool);
}

/** A database restored from a backup begins a new epoch before anyone is served (SYNC.md, HQ restored). */
async function watchEpoch(
  given: Options,
  {
    pool,
    stopping,
    log,
  }: { readonly pool: pg.Pool; readonly stopping: (() => unknown)[]; readonly log: Logger },
): Promise<void> {
  if (given.restored) await openNewEpoch(pool, { was: await readEpoch(pool), why: 'operator' });
  const mark = await keepEpochMark({
    pool,
    dataDir: given.data,
    onRestored: (epoch) =>
      log.warn({ epoch }, 'the database is older than what this HQ has served: a new epoch'),
    onError: (problem) => log.warn({ problem }, 'the mark of the database could not be kept'),
  });
  stopping.unshift(mark.stop);
}

async function importCatalogue(
  office: MountedOffice,
  path: string,
  say: (line: string) => void,
): Promise<void> {
  say(`Importing the register in ${path}`);
  const done = await importPath(office.imports, { path, currency: 'EUR', startedBy: 'hq' });
  if (!done.ok)
    throw new Error(`The register in ${path} could not be imported: ${JSON.stringify(done.error)}`);
  say(`${done.value.created} packs imported; ${done.value.issues} remarks on their rows`);
}

type Started = {
  readonly hq: Hq;
  readonly pool: pg.Pool;
  readonly org: NewOrg | null;
  readonly admin: FirstAdmin | null;
  /** Where a new org's recovery key lies. */
  readonly recoveryFile: string;
};

/** What people and programs need to know. */
async function announce(given: Options, { hq, pool, org, admin, recoveryFile }: Started): Promise<void> {
  const stores = await storesWithCodes(pool, { withCodes: given.codes, nowMs: Date.now() });
  const codes = stores.flatMap((store) =>
    store.tills.flatMap(({ code, enrolmentCode }) =>
      enrolmentCode ? [[`${store.code}-${code}`, enrolmentCode]] : [],
    ),
  );
  const fingerprint = hqFingerprint(hq.keys.publicKey);
  if (given.json) {
    const first = { ...(admin && { signIn: admin }), ...(org && { recoveryKey: org.recoveryPrivateKey }) };
    const code = codes[0]?.[1];
    console.log(
      JSON.stringify({
        ready: true,
        url: hq.url,
        fingerprint,
        ...first,
        ...(code && { enrolmentCode: code }),
        stores,
      }),
    );
    return;
  }
  console.log(`HQ ready: ${hq.url}\n  fingerprint ${fingerprint}`);
  if (admin) console.log(`  sign in as ${admin.email} with ${admin.password}`);
  if (org)
    console.log(
      `  recovery key in ${recoveryFile}: print it or copy it to two memory sticks, give them to two people, then delete the file`,
    );
  for (const [till, code] of codes) console.log(`  enrolment code of ${till}: ${code}`);
}

/** Ctrl+C, a stop from outside, or the end of the program that started us over a pipe: undoes everything once, in order. */
function stopWith(stopping: readonly (() => unknown)[]): (code?: number) => Promise<void> {
  let begun = false;
  const stop = async (code = 0) => {
    if (begun) return;
    begun = true;
    for (const step of stopping) await step();
    process.exit(code);
  };
  process.on('SIGINT', () => void stop());
  process.on('SIGTERM', () => void stop());
  if (isPiped()) {
    process.stdin.on('end', () => void stop());
    process.stdin.on('error', () => {});
    process.stdin.resume();
  }
  return stop;
}

function isPiped(): boolean {
  try {
    const stdin = fstatSync(0);
    return stdin.isFIFO() || stdin.isSocket();
  } catch {
    return false;
  }
}

function fail(sentence: string): void {
  console.error(sentence);
  process.exitCode = 1;
}

// Last, when everything above is there.
if (import.meta.main) await main();
