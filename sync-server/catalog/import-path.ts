import { err, ok, type Result } from '#shared/kernel/result.ts';
import type { Imports } from './imports.ts';
import { inspectPath } from './inspect.ts';
import { readyProfiles } from './profiles.ts';

export type PathImportFailure =
  | { readonly code: 'NO_PROFILE' | 'NOT_FOUND' }
  | { readonly code: 'NOT_A_TABLE'; readonly file: string }
  | { readonly code: 'IMPORT_FAILED'; readonly detail: string };

/** Imports a register that lies on this machine (`--catalog`): looks at it, reads it, applies it. Answers with its counts. */
export async function importPath(
  imports: Imports,
  {
    path,
    currency,
    startedBy,
  }: { readonly path: string; readonly currency: string; readonly startedBy: string },
): Promise<Result<{ created: number; issues: number }, PathImportFailure>> {
  const seen = await inspectPath(path, { profiles: readyProfiles, currency });
  if (!seen.ok) return err({ code: 'NOT_A_TABLE', file: seen.error.file });
  const { profile } = seen.value.suggested;
  if (profile === null) return err({ code: 'NO_PROFILE' });
  const started = await imports.start({ kind: 'catalogue', paths: [path], profile, startedBy });
  if (!started.ok) return err({ code: 'IMPORT_FAILED', detail: started.error.problem });
  const { id } = started.value;
  await imports.settled(id);
  const checked = await imports.view(id);
  if (checked?.state !== 'checked')
    return err({ code: 'IMPORT_FAILED', detail: checked?.failure ?? 'not read' });
  const applied = await imports.apply(id, startedBy);
  if (!applied.ok) return err({ code: 'IMPORT_FAILED', detail: applied.error.code });
  await imports.settled(id);
  const done = await imports.view(id);
  if (done?.state !== 'applied')
    return err({ code: 'IMPORT_FAILED', detail: done?.failure ?? 'not applied' });
  const issues = done.summary?.issues.reduce((sum, issue) => sum + issue.count, 0) ?? 0;
  return ok({ created: done.summary?.created ?? 0, issues });
}
