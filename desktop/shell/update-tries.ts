import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

export type UpdateTries = ReturnType<typeof createUpdateTries>;

/** How long a version whose installer did not come through is left alone. */
const AGAIN_MS = 24 * 3_600_000;

/**
 * Remembers, over the app's end, which version was tried last. An installer that is refused (nobody there with an
 * administrator's password, a damaged disk) leaves the old version, which would else end itself for it again and again.
 */
export function createUpdateTries(file: string, nowMs: () => number) {
  return {
    isTooSoon(version: string): boolean {
      const last = read(file);
      // A clock that was set back does not hold an update up for a year.
      return last?.version === version && Math.abs(nowMs() - last.atMs) < AGAIN_MS;
    },
    keep: (version: string): void => writeFileSync(file, JSON.stringify({ version, atMs: nowMs() })),
  };
}

const kept = z.object({ version: z.string(), atMs: z.number() });

/** Null where there is none, or half of one after a power cut: then it is simply tried. */
function read(file: string): z.infer<typeof kept> | null {
  try {
    return kept.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}
