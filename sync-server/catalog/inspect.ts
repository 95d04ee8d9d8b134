import iconv from 'iconv-lite';
import { checkProfile } from '#shared/catalog/import-profile.ts';
import { sampleTable } from '#shared/catalog/import-sample.ts';
import { suggestProfile } from '#shared/catalog/import-suggest.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { assignFiles, listFiles } from './source-files.ts';
import { type FileScan, headOf, type NotATable, scanFile, type TableFile } from './table-file.ts';

/** How one file is written, and its first rows. */
export type InspectedFile = {
  readonly file: string;
  readonly encoding: string;
  readonly certain: boolean;
  readonly lines: number;
  readonly lineEnds: FileScan['lineEnds'];
  readonly separator: string;
  readonly header: boolean;
  readonly columns: string[];
  readonly rows: string[][];
};
export type Inspected = {
  readonly files: InspectedFile[];
  /** A profile whose files are all there, or a guess at a single file; both null when neither. */
  readonly suggested: { readonly profileId: string | null; readonly profile: unknown };
};
type NamedProfile = { readonly id: string; readonly profile: unknown };

const SHOWN_ROWS = 20;
const HEAD_BYTES = 2 ** 17;

/**
 * A first look at an upload, a folder or a file. Where a profile's files are all there, the others (a leaflet beside
 * the register) are left alone. `currency` is for the guess at a file that no profile knows.
 */
export async function inspectPath(
  path: string,
  { profiles, currency }: { readonly profiles: readonly NamedProfile[]; readonly currency: string },
): Promise<Result<Inspected, NotATable>> {
  const all = await listFiles(path);
  const known = knownProfile(profiles, all);
  const files: InspectedFile[] = [];
  let guess: unknown = null;
  for (const file of known?.files ?? all) {
    const seen = await inspectFile(file);
    if (!seen.ok) return seen;
    files.push(seen.value.shown);
    const about = { fileName: file.name, source: sourceName(file.name), currency };
    if (all.length === 1) guess = suggestProfile(seen.value.text, about)?.profile ?? null;
  }
  if (known === null) return ok({ files, suggested: { profileId: null, profile: guess } });
  return ok({ files, suggested: { profileId: known.id, profile: known.profile } });
}

async function inspectFile(
  file: TableFile,
): Promise<Result<{ shown: InspectedFile; text: string }, NotATable>> {
  const scan = await scanFile(file, ['auto']);
  if (!scan.ok) return scan;
  const { encoding, certain, lines, lineEnds } = scan.value;
  const text = iconv.decode(await headOf(file.path, HEAD_BYTES), encoding);
  const table = sampleTable(text);
  if (table === null) return err({ code: 'NOT_A_TABLE', file: file.name, problem: 'one-column' });
  const { separator, header } = table;
  const rows = table.rows.slice(0, SHOWN_ROWS).map((row) => [...row]);
  const written = { encoding, certain, lines, lineEnds, separator, header };
  return ok({ shown: { file: file.name, ...written, columns: [...table.columns], rows }, text });
}

/** The first profile by name pattern; one that takes any single file ('*') knows nothing of it. */
function knownProfile(profiles: readonly NamedProfile[], files: readonly TableFile[]) {
  for (const { id, profile } of profiles) {
    const checked = checkProfile(profile);
    if (!checked.ok || checked.value.files.some((part) => part.files === '*')) continue;
    const assigned = assignFiles(checked.value, files);
    if (assigned.ok) return { id, profile, files: assigned.value.map((part) => part.file) };
  }
  return null;
}

/** A register's name for ids, from a file's: 'Price list 2026.csv' is `price-list`; the year would part its issues. */
const sourceName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/\.[a-z]+$/, '')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '') || 'list';
