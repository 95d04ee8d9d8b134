import { hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { diffRegister } from '#shared/catalog/import-diff.ts';
import type { RegisterEdit } from '#shared/catalog/import-edit.ts';
import { importIds } from '#shared/catalog/import-ids.ts';
import { checkProfile, type ImportProfile } from '#shared/catalog/import-profile.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import type { RowOf, TableName } from '#shared/schema.ts';
import { createBreather } from '../sync-server/catalog/breather.ts';
import { inspectPath } from '../sync-server/catalog/inspect.ts';
import { readyProfiles } from '../sync-server/catalog/profiles.ts';
import { readRegister } from '../sync-server/catalog/read-register.ts';
import { listFiles } from '../sync-server/catalog/source-files.ts';
import type { RegisterRows } from './demo-data/shelf.ts';

export type CodedRegister = RegisterRows & { readonly packCodes: readonly RowOf<'pack_code'>[] };
export type RegisterFailure = {
  readonly code: 'NO_FILES' | 'NOT_A_REGISTER' | 'UNREADABLE';
  readonly path: string;
  readonly detail?: unknown;
};

/**
 * The rows an import of the register at `path` makes in an empty catalogue, with the ids that HQ's own import gives
 * them: what the demo stocks its shelves from. Prices count from before the history, so that it can be sold.
 */
export async function readRegisterRows(path: string): Promise<Result<CodedRegister, RegisterFailure>> {
  if (!existsSync(path)) return err({ code: 'NO_FILES', path });
  const seen = await inspectPath(path, { profiles: readyProfiles, currency: 'EUR' });
  if (!seen.ok) return err({ code: 'UNREADABLE', path, detail: seen.error });
  const profile = checkProfile(seen.value.suggested.profile);
  if (!profile.ok) return err({ code: 'NOT_A_REGISTER', path });
  const read = await readRegister(profile.value, await listFiles(path), {
    breather: createBreather(),
    report: () => {},
    slice: async () => {},
  });
  if (!read.ok) return err({ code: 'UNREADABLE', path, detail: read.error });
  return ok(rowsOf(editsOf(profile.value, read.value.wanted)));
}

/** Before the first day of any history. */
const PRICES_FROM = '2024-01-01';

function editsOf(
  profile: ImportProfile,
  wanted: Parameters<typeof diffRegister>[0]['wanted'],
): readonly RegisterEdit[] {
  const sha256 = (text: string): Uint8Array => hash('sha256', text, 'buffer');
  const present = {
    medicines: new Map(),
    packs: new Map(),
    codes: new Map(),
    prices: new Map(),
    taxClasses: new Set<string>(),
  };
  const ids = importIds(sha256, profile.source);
  const steps = diffRegister({ profile, wanted, present, ids, validFrom: PRICES_FROM, report: () => {} });
  return [...steps].flatMap(({ edits }) => edits);
}

function rowsOf(edits: readonly RegisterEdit[]): CodedRegister {
  // The import's own edits of an empty catalogue are whole rows of their tables (HQ's store holds them to that).
  const of = <N extends TableName>(table: N) =>
    edits.flatMap(({ t, id, cols }) => (t === table ? [{ ...cols, id } as unknown as RowOf<N>] : []));
  return {
    medicines: of('medicine'),
    packs: of('pack'),
    packCodes: of('pack_code'),
    prices: of('price'),
    taxRates: of('tax_rate'),
  };
}
