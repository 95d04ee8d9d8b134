import { chmodSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

const PASS = 0o001;

/**
 * Lets others pass through every folder on the way to `path`, and gives those that were closed. Postgres refuses to run
 * as root and runs as a user of its own, who must get to its programs and data; root's own home, where Pestle may lie,
 * is closed to others on Debian. Passing (x) neither lists nor reads: what lies in these folders keeps its own rights.
 */
export function openWayTo(path: string): string[] {
  const opened: string[] = [];
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    const { mode } = statSync(folder);
    if ((mode & PASS) === 0) {
      chmodSync(folder, (mode & 0o7777) | PASS);
      opened.push(folder);
    }
    if (dirname(folder) === folder) return opened.reverse();
  }
}
