import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { type ImportIssue, type Report, severityOf } from '#shared/catalog/import-issues.ts';

/** All issues of an import as a CSV file, written as they come: memory holds one slice of them. */
export type IssuesFile = { readonly add: Report; flush(): Promise<void>; close(): Promise<void> };

const heading = ['file', 'line', 'column', 'severity', 'code', 'outcome', 'details'];

export async function createIssuesFile(path: string): Promise<IssuesFile> {
  await mkdir(dirname(path), { recursive: true });
  const handle = await open(path, 'w');
  let waiting: (readonly (string | number)[])[] = [heading];
  const flush = async () => {
    const rows = waiting;
    waiting = [];
    // A text of the file must not become a formula when a person opens this in a spreadsheet.
    if (rows.length > 0) await handle.write(stringify(rows, { escape_formulas: true }));
  };
  return {
    add(issue) {
      waiting.push(lineOf(issue));
    },
    flush,
    async close() {
      await flush();
      await handle.close();
    },
  };
}

const lineOf = (issue: ImportIssue): (string | number)[] => [
  issue.file,
  issue.line,
  issue.column ?? '',
  severityOf(issue.code),
  issue.code,
  issue.outcome,
  Object.entries(issue.params)
    .map(([name, value]) => `${name}=${value}`)
    .join('; '),
];
