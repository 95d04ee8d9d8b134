import type { ImportIssue } from '#shared/catalog/import-issues.ts';
import type { ImportProfile } from '#shared/catalog/import-profile.ts';
import { createRegister, type WantedRegister } from '#shared/catalog/import-register.ts';
import { type MissingColumn, type RowReader, readRow, rowReader } from '#shared/catalog/import-rows.ts';
import { minorDigits } from '#shared/kernel/currency.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import type { Breather } from './breather.ts';
import { type AssignedFile, assignFiles, type FilesRefusal } from './source-files.ts';
import {
  type FileScan,
  type NotATable,
  scanFile,
  TableFault,
  type TableFile,
  tableRows,
} from './table-file.ts';

export type ReadFailure = NotATable | FilesRefusal | MissingColumn;
export type ReadFile = { readonly scan: FileScan; readonly separator: string };
export type ReadRegister = {
  readonly wanted: WantedRegister;
  readonly files: readonly ReadFile[];
  readonly rowsRead: number;
};

export type ReadDeps = {
  readonly breather: Breather;
  readonly report: (issue: ImportIssue) => void;
  /** After every slice; may write what has been reported. Throws to stop. */
  readonly slice: (rowsDone: number, rowsTotal: number) => Promise<void>;
};

/** Reads all files of a register into medicines and packs. Refuses as a whole what is no such register. */
export async function readRegister(
  profile: ImportProfile,
  files: readonly TableFile[],
  deps: ReadDeps,
): Promise<Result<ReadRegister, ReadFailure>> {
  const assigned = assignFiles(profile, files);
  if (!assigned.ok) return assigned;
  const scanned = await scanAll(assigned.value);
  if (!scanned.ok) return scanned;
  const present = { ...profile, files: assigned.value.map((part) => part.profile) };
  const register = createRegister(present, deps.report);
  const progress = { done: 0, total: scanned.value.reduce((sum, { scan }) => sum + scan.lines, 0) };
  for (const part of scanned.value) {
    const failure = await readFile(part, { ...deps, profile, register, progress });
    if (failure !== null) return err(failure);
  }
  const joining = register.finish();
  for (let step = joining.next(); ; step = joining.next()) {
    if (step.done) {
      const files = scanned.value.map(({ scan, profile: part }) => ({ scan, separator: part.separator }));
      return ok({ wanted: step.value, files, rowsRead: progress.done });
    }
    if (deps.breather.due()) {
      await deps.slice(progress.done, progress.total);
      await deps.breather.breathe();
    }
  }
}

type ScannedFile = AssignedFile & { readonly scan: FileScan };

async function scanAll(parts: readonly AssignedFile[]): Promise<Result<ScannedFile[], NotATable>> {
  const scanned: ScannedFile[] = [];
  for (const part of parts) {
    const scan = await scanFile(part.file, part.profile.encodings);
    if (!scan.ok) return scan;
    scanned.push({ ...part, scan: scan.value });
  }
  return ok(scanned);
}

type FileContext = ReadDeps & {
  readonly profile: ImportProfile;
  readonly register: ReturnType<typeof createRegister>;
  readonly progress: { done: number; total: number };
};

async function readFile(part: ScannedFile, context: FileContext): Promise<ReadFailure | null> {
  const { register, progress, report, breather } = context;
  let reader: RowReader | null = null;
  try {
    for await (const rows of tableRows(part.scan, part.profile)) {
      for (const row of rows) {
        if (reader === null) {
          const made = rowReader(part.profile, {
            name: part.file.name,
            heading: part.profile.header ? row.fields : null,
            digits: minorDigits(context.profile.currency),
          });
          if ('code' in made) return made;
          reader = made;
          if (part.profile.header) continue;
        }
        register.add(part.profile.role, readRow(reader, row, report));
        progress.done += 1;
        if (breather.due()) await breather.breathe();
      }
      await context.slice(progress.done, Math.max(progress.total, progress.done));
    }
  } catch (error) {
    if (error instanceof TableFault) return error.refusal;
    throw error;
  }
  return null;
}
