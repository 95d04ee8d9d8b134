import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { FileProfile, ImportProfile } from '#shared/catalog/import-profile.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import type { TableFile } from './table-file.ts';

/** Which file plays which part. Those that no part asks for are left alone. */
export type AssignedFile = { readonly file: TableFile; readonly profile: FileProfile };
export type FilesRefusal =
  | { readonly code: 'FILE_MISSING'; readonly file: string }
  | { readonly code: 'TWO_FILES'; readonly file: string; readonly others: readonly string[] };

/** The files in a folder, or the one file, by name. */
export async function listFiles(path: string): Promise<TableFile[]> {
  if (!(await stat(path)).isDirectory()) return [tableFile(path)];
  const entries = await readdir(path, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => tableFile(join(path, entry.name)))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** Gives every file part of the profile the file whose name fits. */
export function assignFiles(
  profile: ImportProfile,
  files: readonly TableFile[],
): Result<AssignedFile[], FilesRefusal> {
  const assigned: AssignedFile[] = [];
  for (const part of profile.files) {
    const fitting = files.filter((file) => fits(part.files, file.name));
    const [file, ...others] = fitting;
    if (others.length > 0)
      return err({ code: 'TWO_FILES', file: part.files, others: fitting.map((f) => f.name) });
    if (file !== undefined) assigned.push({ file, profile: part });
    else if (!part.optional) return err({ code: 'FILE_MISSING', file: part.files });
  }
  return ok(assigned);
}

const tableFile = (path: string): TableFile => ({ name: basename(path).replace(/\.gz$/i, ''), path });

function fits(pattern: string, name: string): boolean {
  const parts = pattern.toLowerCase().split('*');
  const [first = '', last = ''] = [parts[0], parts.at(-1)];
  let rest = name.toLowerCase();
  if (parts.length === 1) return rest === first;
  if (!rest.startsWith(first) || !rest.endsWith(last) || rest.length < first.length + last.length)
    return false;
  rest = rest.slice(first.length, rest.length - last.length);
  for (const part of parts.slice(1, -1)) {
    const at = rest.indexOf(part);
    if (at < 0) return false;
    rest = rest.slice(at + part.length);
  }
  return true;
}
