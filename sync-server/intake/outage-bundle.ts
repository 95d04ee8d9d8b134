import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import type { OutageImport } from '#shared/auth/sync-health.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Ids } from '#shared/kernel/ids.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { dseqOf } from '#shared/replica/chain.ts';
import type { Sealed } from '#shared/replica/changeset.ts';
import type { OutageHeader } from '#shared/replica/outage-bundle.ts';
import { maxBatch } from '#shared/replica/wire.ts';
import type { BundleKey } from '../auth/hq-keys.ts';
import { BadContent, type OpenBundle, type OpenProblem, openOutageBundle } from './outage-file.ts';
import { keepContact, readContact, readImport, recentImports, recordImport } from './outage-record.ts';
import type { Intake, PushProblem } from './push.ts';

export type OutageProblem =
  | OpenProblem
  | { readonly code: 'NOT_FOUND' }
  | { readonly code: 'ALREADY_IMPORTED'; readonly at: number; readonly by: string }
  /** HQ lacks the till's changesets `from` to `to`, which come before what the file has next. */
  | { readonly code: 'GAP'; readonly from: number; readonly to: number }
  | { readonly code: 'FORK'; readonly dseq: number };

type Deps = {
  readonly pool: pg.Pool;
  readonly intake: Pick<Intake, 'takeBatch'>;
  readonly bundleKey: BundleKey;
  readonly clock: Clock;
  readonly ids: Ids;
};
export type OutageImports = ReturnType<typeof createOutageImports>;

/** Ninety days of one till are 15 MB. */
const LARGEST_FILE = 128 * 1024 * 1024;
/** Text of a batch at most, in signs: what a push may carry. */
const BATCH_TEXT = 4 * 1024 * 1024;

/** Takes in tills' files of unsent work (shared/replica/outage-bundle.ts), as they were uploaded. */
export function createOutageImports(deps: Deps) {
  return {
    /** Takes in the one file of an upload's folder. */
    async take(folder: string, actor: string): Promise<Result<OutageImport, OutageProblem>> {
      const [name, ...others] = await readdir(folder);
      if (name === undefined || others.length > 0) return err({ code: 'NOT_FOUND' });
      const path = join(folder, name);
      if ((await stat(path)).size > LARGEST_FILE) return err({ code: 'TOO_LARGE' });
      return importOutageBundle(deps, await readFile(path), actor);
    },
    list: (): Promise<OutageImport[]> => recentImports(deps.pool),
  };
}

/**
 * Verifies, opens and takes in one file, batch by batch through the same intake as a push: what HQ has already is a
 * duplicate. What breaks off on the way has left whole batches behind, and is simply imported again.
 */
export async function importOutageBundle(
  deps: Deps,
  file: Uint8Array,
  actor: string,
): Promise<Result<OutageImport, OutageProblem>> {
  const { pool, bundleKey, clock } = deps;
  const id = createHash('sha256').update(file).digest('hex');
  const before = await readImport(pool, id);
  if (before) return err({ code: 'ALREADY_IMPORTED', at: before.at, by: before.by });
  const opened = await openOutageBundle(file, {
    bundleKey,
    keyOfDevice: (device) => keyOfDevice(pool, device),
  });
  if (!opened.ok) return opened;
  const { header } = opened.value;
  const contact = await readContact(pool, header.device);
  const taken = await takeAll(deps, opened.value).finally(() => keepContact(pool, header, contact));
  if (!taken.ok) return taken;
  const nowMs = clock.nowMs();
  return ok(await recordImport(deps, { id, header, tally: taken.value, nowMs, actor }));
}

/** How many changesets of a file were answered in which way. */
export type Tally = { accepted: number; duplicates: number; refused: number };

async function takeAll(
  deps: Deps,
  { header, changesets }: OpenBundle,
): Promise<Result<Tally, OutageProblem>> {
  const tally: Tally = { accepted: 0, duplicates: 0, refused: 0 };
  let batch: Sealed[] = [];
  let text = 0;
  let count = 0;
  const flush = async (): Promise<OutageProblem | null> => {
    const done = await takeBatch(deps, header, { batch, tally });
    if (!done.ok) return done.error;
    batch = done.value;
    text = batch.reduce((sum, one) => sum + one.text.length, 0);
    return null;
  };
  try {
    for await (const one of changesets) {
      batch.push(one);
      text += one.text.length;
      count += 1;
      if (batch.length < maxBatch && text < BATCH_TEXT) continue;
      const problem = await flush();
      if (problem) return err(problem);
    }
  } catch (problem) {
    if (problem instanceof BadContent) return err({ code: problem.code });
    throw problem;
  }
  // What the last batch left over is the beginning of a transaction whose end it cut off.
  while (batch.length > 0) {
    const problem = await flush();
    if (problem) return err(problem);
  }
  return count === header.count ? ok(tally) : err({ code: 'TAMPERED' });
}

/** Hands one batch to the intake; answers what it left for the next. */
async function takeBatch(
  { intake }: Deps,
  { device, inc }: OutageHeader,
  { batch, tally }: { readonly batch: readonly Sealed[]; readonly tally: Tally },
): Promise<Result<Sealed[], OutageProblem>> {
  const done = await intake.takeBatch(
    { device, inc },
    { changesets: [...batch], waiting: 0, oldestAt: null, version: '' },
  );
  if (!done.ok) return err(problemOf(done.error, batch));
  for (const { verdict } of done.value.verdicts) {
    if (verdict === 'duplicate') tally.duplicates += 1;
    else if (verdict === 'refused') tally.refused += 1;
    else tally.accepted += 1;
  }
  return ok(batch.slice(done.value.verdicts.length));
}

function problemOf(problem: PushProblem, batch: readonly Sealed[]): OutageProblem {
  if (problem.code === 'FORGED') return { code: 'TAMPERED' };
  if (problem.code !== 'GAP') return problem;
  const next = batch.map(({ text }) => dseqOf(text) ?? 0).find((dseq) => dseq > problem.after + 1);
  return { code: 'GAP', from: problem.after + 1, to: (next ?? problem.after + 2) - 1 };
}

async function keyOfDevice(pool: Pick<pg.Pool, 'query'>, device: string): Promise<string | null> {
  const { rows } = await pool.query<{ publicKey: string }>(
    'SELECT public_key AS "publicKey" FROM device WHERE id = $1',
    [device],
  );
  return rows[0]?.publicKey ?? null;
}
