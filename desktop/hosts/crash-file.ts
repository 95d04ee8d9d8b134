import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { writeDurably } from './durable-file.ts';

/** The kind of error and the places it came through. Its message stays out: it may quote what somebody typed. */
export type Crash = { readonly name: string; readonly frames: string[] };

export function whereItBroke(problem: unknown): Crash {
  if (!(problem instanceof Error)) return { name: typeof problem, frames: [] };
  const places = (problem.stack ?? '').matchAll(/^\s+at .*?([^\s()]+:\d+:\d+)\)?$/gm);
  return { name: problem.name, frames: [...places].map(([, place = '']) => basename(place)).slice(0, 12) };
}

/** The last ten crashes, a file each, under `crashes` in the till's folder. A disk that takes none stops nobody. */
export function keepCrash(
  folder: string,
  crash: Crash,
  { version, at }: { version: string; at: number },
): void {
  const crashes = join(folder, 'crashes');
  try {
    mkdirSync(crashes, { recursive: true, mode: 0o700 });
    const name = `${new Date(at).toISOString().replaceAll(/[-:.]/g, '')}.json`;
    writeDurably(join(crashes, name), JSON.stringify({ at: new Date(at).toISOString(), version, ...crash }));
    const older = readdirSync(crashes).toSorted().reverse().slice(MOST);
    for (const one of older) rmSync(join(crashes, one), { force: true });
  } catch {
    // The process ends because of the crash; what could not be written changes nothing about it.
  }
}

const MOST = 10;
