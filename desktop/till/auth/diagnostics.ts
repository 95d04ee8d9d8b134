import type { Database } from 'better-sqlite3';
import { strToU8, zipSync } from 'fflate';
import type { SyncState, TillState, TimeState } from '#shared/auth/calls.ts';
import { type SettingKey, settings } from '#shared/auth/settings.ts';
import type { TillPorts } from '../ports.ts';
import { countMigrations } from '../store/migrate.ts';

type Told = {
  readonly phase: TillState['phase'];
  readonly sync: SyncState | null;
  readonly time: TimeState;
  readonly backup: unknown;
};
type Ports = Pick<
  TillPorts,
  'version' | 'supportFiles' | 'clock' | 'printer' | 'labels' | 'scale' | 'display'
>;

/**
 * What support needs to see of a till, in one zip: versions, figures, states, logs, crashes. Nothing in it was typed by a
 * person or is called by a person's name: it holds counts, numbers, ids and words of the program, each named here one by
 * one. A new table or setting is not in it until somebody names it.
 */
export function packDiagnostics(
  db: Database,
  told: Told,
  ports: Ports,
): { fileName: string; base64: string } {
  const at = new Date(ports.clock.nowMs()).toISOString();
  const parts = {
    about: {
      ...{
        at,
        version: ports.version,
        node: process.version,
        platform: `${process.platform}-${process.arch}`,
      },
      ...{
        sqlite: scalar(db, 'SELECT sqlite_version()'),
        migrations: countMigrations(db),
        phase: told.phase,
      },
    },
    till: identityOf(db),
    sync: told.sync,
    time: told.time,
    backup: told.backup,
    journal: rows(db, JOURNAL),
    prints: rows(db, 'SELECT state, kind, count(*) AS jobs FROM print_job GROUP BY 1, 2'),
    devices: devicesOf(ports),
    settings: settingsOf(db),
    rows: Object.fromEntries(
      tablesOf(db).map((name) => [name, scalar(db, `SELECT count(*) FROM "${name}"`)]),
    ),
    database: {
      pages: db.pragma('page_count', { simple: true }),
      free: db.pragma('freelist_count', { simple: true }),
    },
  };
  const files = Object.entries(parts).map(([name, part]) => [`${name}.json`, JSON.stringify(part, null, 1)]);
  const logs = ports.supportFiles().map(({ name, text }) => [name, text]);
  const zip = zipSync(
    Object.fromEntries([...files, ...logs].map(([name = '', text = '']) => [name, strToU8(text)])),
  );
  const fileName = `pestle-diagnostics-${at.slice(0, 19).replaceAll(/[-:]/g, '')}.zip`;
  return { fileName, base64: Buffer.from(zip).toString('base64') };
}

const JOURNAL = `SELECT inc, state, type, reason, count(*) AS changesets, min(made_at) AS oldest_at, max(dseq) AS last
  FROM journal GROUP BY 1, 2, 3, 4`;

const rows = (db: Database, sql: string): unknown[] => db.prepare(sql).all();
const scalar = (db: Database, sql: string): unknown => db.prepare(sql).pluck().get();

function identityOf(db: Database): unknown {
  const sql = `SELECT device, inc, dseq, store_id, till_id, hlc FROM identity`;
  return db.prepare(sql).get() ?? null;
}

/** Tables of ours: FTS5's shadow tables are searched for by no one. */
const tablesOf = (db: Database): string[] =>
  db
    .prepare<[], string>(
      `SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'`,
    )
    .pluck()
    .all()
    .filter((name) => /^[a-z_]+$/.test(name));

/** How each thing is reached, without the name or address somebody gave it. */
function devicesOf({ printer, labels, scale, display }: Ports): Readonly<Record<string, string | null>> {
  const kindOf = (name: string | null | undefined) => name && (/^[a-z]+(?=:)/.exec(name)?.[0] ?? 'here');
  return {
    printer: kindOf(printer.name) ?? null,
    secondPrinter: kindOf(printer.secondName) ?? null,
    labels: kindOf(labels?.name) ?? null,
    scale: kindOf(scale?.name) ?? null,
    display: kindOf(display?.name) ?? null,
  };
}

type Stored = { readonly key: string; readonly ofStore: number; readonly value: string };

/** Which settings were made, and what they are where that is one of a few words of ours, a number or yes and no. */
function settingsOf(db: Database): unknown[] {
  return db
    .prepare<[], Stored>(`SELECT key, store_id IS NOT NULL AS ofStore, value FROM setting WHERE NOT deleted`)
    .all()
    .flatMap(({ key, ofStore, value }) => {
      const known = isSetting(key) ? settings[key] : null;
      if (!known) return [];
      const parsed: unknown = JSON.parse(value);
      // One that takes any text may hold anybody's name; so may what does not fit.
      const isOurs = known.safeParse(parsed).success && !known.safeParse('a text of nobody’s').success;
      return [
        { key, ofStore: ofStore === 1, value: isOurs && typeof parsed !== 'object' ? parsed : '(left out)' },
      ];
    });
}

const isSetting = (key: string): key is SettingKey => Object.hasOwn(settings, key);
