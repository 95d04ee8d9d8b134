import { join } from 'node:path';
import type pg from 'pg';
import { z } from 'zod';
import { readIfThere, writeDurably } from './durable-file.ts';
import { openNewEpoch } from './epoch.ts';

/** How far HQ had numbered each scope when the mark was written. `device` is HQ's own: another org's mark is none. */
const mark = z.object({
  device: z.string(),
  epoch: z.string(),
  heads: z.record(z.string(), z.int().nonnegative()),
});
type Mark = z.infer<typeof mark>;

export type EpochMark = {
  /** Compares and writes now. */
  readonly look: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

const EVERY_MS = 5_000;

type Options = {
  readonly pool: pg.Pool;
  readonly dataDir: string;
  readonly everyMs?: number;
  /** Told when the database was found to be an older one than this node has served. */
  readonly onRestored: (epoch: string) => void;
  readonly onError: (problem: unknown) => void;
};

/**
 * Keeps a mark of the database's state beside it (`hq-mark.json`), on disk every few seconds while heads grow and at the
 * stop. A database that is behind its mark was restored from a backup without anybody saying so: at the start, or under
 * a running node, a new epoch is opened. The mark is read after the commit it tells of, so a crash never leaves it ahead.
 */
export async function keepEpochMark({
  pool,
  dataDir,
  everyMs = EVERY_MS,
  ...told
}: Options): Promise<EpochMark> {
  const file = join(dataDir, 'hq-mark.json');
  let last = parsed(await readIfThere(file));
  let underWay = Promise.resolve();

  const compare = async (): Promise<void> => {
    let now = await readMark(pool);
    if (last !== null && (await isBehind(pool, { last, now }))) {
      const opened = await openNewEpoch(pool, { was: now.epoch, why: 'mark' });
      if (opened !== null) told.onRestored(opened);
      now = await readMark(pool);
    }
    if (JSON.stringify(now) === JSON.stringify(last)) return;
    await writeDurably(file, JSON.stringify(now));
    last = now;
  };
  const look = (): Promise<void> => {
    const turn = underWay.then(compare);
    underWay = turn.catch(() => {});
    return turn;
  };

  await look();
  const timer = setInterval(() => void look().catch(told.onError), everyMs);
  return {
    look,
    stop: async () => {
      clearInterval(timer);
      await look().catch(told.onError);
    },
  };
}

/** A mark that cannot be read is none: it is written whole or not at all, so somebody else has written it. */
function parsed(text: string | null): Mark | null {
  try {
    return text === null ? null : mark.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

async function readMark(pool: pg.Pool): Promise<Mark> {
  const { rows } = await pool.query<{ mark: unknown }>(
    `SELECT json_build_object('device', device, 'epoch', epoch, 'heads',
       (SELECT coalesce(json_object_agg(scope, seq ORDER BY scope), '{}') FROM scope_head)) AS mark
       FROM hq_identity WHERE one = 1`,
  );
  return mark.parse(rows[0]?.mark);
}

/** Behind in the same epoch; or of an epoch this database has never heard of: restored to before that one began. */
async function isBehind(
  pool: pg.Pool,
  { last, now }: { readonly last: Mark; readonly now: Mark },
): Promise<boolean> {
  if (last.device !== now.device) return false;
  if (last.epoch === now.epoch)
    return Object.entries(last.heads).some(([scope, seq]) => (now.heads[scope] ?? 0) < seq);
  const { rowCount } = await pool.query('SELECT 1 FROM hq_epoch WHERE epoch = $1', [last.epoch]);
  return rowCount === 0;
}
