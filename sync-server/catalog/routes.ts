import type { InferContractRouterOutputs } from '@orpc/contract';
import { implement } from '@orpc/server';
import type pg from 'pg';
import type { catalogHqCalls } from '#shared/catalog/calls.ts';
import { checkProfile } from '#shared/catalog/import-profile.ts';
import { hqContract } from '#shared/contract.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Ids } from '#shared/kernel/ids.ts';
import type { Result } from '#shared/kernel/result.ts';
import { businessDate } from '#shared/kernel/zone.ts';
import type { Caller } from '../http/rpc-caller.ts';
import type { Imports } from './imports.ts';
import { searchCatalogue } from './search.ts';
import { readMedicine } from './search-medicine.ts';

type Outputs = InferContractRouterOutputs<typeof catalogHqCalls>;
type NamedProfile = Outputs['profiles'][number];
export type Inspection = Outputs['inspectUpload'];

export type CatalogDeps = {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly imports: Pick<Imports, 'start' | 'apply' | 'cancel' | 'watch' | 'view' | 'list'>;
  /** Profiles that come with Pestle. */
  readonly readyMade: readonly NamedProfile[];
  /** The first look at the files of an upload, with the profile that fits them best. */
  readonly inspect: (
    path: string,
    profiles: readonly NamedProfile[],
  ) => Promise<Result<Inspection, { code: 'NOT_A_TABLE'; file: string; problem: string }>>;
  /** The folder of an upload; null when there is none of that id. */
  readonly uploadPath: (uploadId: string) => Promise<string | null>;
};

/** The calls about the catalogue and its imports. */
export function createCatalogRouter(deps: CatalogDeps) {
  const os = implement(hqContract.catalog).$context<Caller>();
  const { pool, imports } = deps;
  return os.router({
    search: os.search.handler(async ({ input }) =>
      searchCatalogue(pool, { ...input, today: await today(deps) }),
    ),
    medicine: os.medicine.handler(async ({ input, errors }) => {
      const found = await readMedicine(pool, input.medicineId, await today(deps));
      if (!found) throw errors.NOT_FOUND();
      return found;
    }),
    profiles: os.profiles.handler(() => allProfiles(deps)),
    saveProfile: os.saveProfile.handler(async ({ input, errors }) => {
      const checked = checkProfile(input.profile);
      if (!checked.ok) throw errors.BAD_PROFILE({ data: { problem: checked.error.problem } });
      const id = input.id ?? deps.ids.next();
      await pool.query(SAVE_PROFILE, [id, input.name, JSON.stringify(checked.value), deps.clock.nowMs()]);
      return { id };
    }),
    inspectUpload: os.inspectUpload.handler(async ({ input, errors }) => {
      const path = await deps.uploadPath(input.uploadId);
      if (path === null) throw errors.NOT_FOUND();
      const seen = await deps.inspect(path, await allProfiles(deps));
      if (seen.ok) return seen.value;
      throw errors.NOT_A_TABLE({ data: { file: seen.error.file, problem: seen.error.problem } });
    }),
    startImport: os.startImport.handler(async ({ input, context, errors }) => {
      const path = await deps.uploadPath(input.uploadId);
      const profile =
        input.profile ?? (await allProfiles(deps)).find((one) => one.id === input.profileId)?.profile;
      if (path === null || (profile === undefined && input.kind === 'catalogue')) throw errors.NOT_FOUND();
      const started = await imports.start({
        kind: input.kind,
        paths: [path],
        profile,
        startedBy: context.user.id,
      });
      if (started.ok) return started.value;
      throw errors.BAD_PROFILE({ data: { problem: started.error.problem } });
    }),
    applyImport: os.applyImport.handler(async ({ input, context, errors }) => {
      const applied = await imports.apply(input.id, context.user.id);
      if (applied.ok) return {};
      if (applied.error.code === 'NOT_FOUND') throw errors.NOT_FOUND();
      throw errors.WRONG_STATE({
        data: { state: applied.error.code === 'WRONG_STATE' ? applied.error.state : 'profile' },
      });
    }),
    cancelImport: os.cancelImport.handler(async ({ input, errors }) => {
      const cancelled = await imports.cancel(input.id);
      if (cancelled.ok) return {};
      if (cancelled.error.code === 'NOT_FOUND') throw errors.NOT_FOUND();
      throw errors.WRONG_STATE({ data: { state: cancelled.error.state } });
    }),
    watchImport: os.watchImport.handler(async ({ input, errors }) => {
      if ((await imports.view(input.id)) === null) throw errors.NOT_FOUND();
      return imports.watch(input.id);
    }),
    imports: os.imports.handler(() => imports.list()),
  });
}

async function allProfiles({ pool, readyMade }: CatalogDeps): Promise<NamedProfile[]> {
  const { rows } = await pool.query<NamedProfile>(
    'SELECT id, name, profile FROM import_profile ORDER BY name, id',
  );
  return [...readyMade, ...rows];
}

/** The business day whose prices are shown: the first store's, for want of a zone of the org. */
async function today({ pool, clock }: CatalogDeps): Promise<string> {
  const { rows } = await pool.query<{ zone: string; startHour: number }>(
    'SELECT zone, day_start_hour AS "startHour" FROM store WHERE NOT deleted ORDER BY code, id LIMIT 1',
  );
  return businessDate(clock.nowMs(), rows[0]?.zone ?? 'UTC', rows[0]?.startHour ?? 0);
}

const SAVE_PROFILE = `
  INSERT INTO import_profile (id, name, profile, updated_at) VALUES ($1, $2, $3, $4)
  ON CONFLICT (id) DO UPDATE SET name = excluded.name, profile = excluded.profile, updated_at = excluded.updated_at`;
