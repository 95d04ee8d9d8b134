import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { err, ok, type Result } from '#shared/kernel/result.ts';

export type DataDirLock = { readonly release: () => void };

/**
 * Takes a data folder for this process, because two HQs on one folder would end each other's Postgres. A lock left by a
 * process that is gone is taken over.
 */
export function lockDataDir(dir: string): Result<DataDirLock, { code: 'IN_USE'; pid: number }> {
  mkdirSync(dir, { recursive: true });
  const file = join(dir, 'hq.pid');
  const holder = holderOf(file);
  if (holder !== null && holder !== process.pid && isHq(holder)) return err({ code: 'IN_USE', pid: holder });
  writeFileSync(file, String(process.pid));
  return ok({ release: () => rmSync(file, { force: true }) });
}

function holderOf(file: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
    return Number.isInteger(pid) && pid > 1 ? pid : null;
  } catch {
    return null;
  }
}

/** Whether a process is an HQ; where its command line cannot be read, being alive is enough. */
function isHq(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('sync-server/main');
  } catch {
    return process.platform !== 'linux';
  }
}
