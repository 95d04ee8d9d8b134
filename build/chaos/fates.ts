import { setTimeout as pause } from 'node:timers/promises';
import type { Seeded } from '../demo-data/random.ts';
import type { SmallDisk } from './small-disk.ts';

/** Something that can be killed: `kill` answers when it is dead; it comes up again by itself. */
export type Victim = {
  readonly kind: 'till' | 'HQ node' | 'Postgres';
  readonly isUp: () => boolean;
  readonly kill: (downMs: number) => Promise<void>;
};

export type Fates = { readonly kills: ReadonlyMap<Victim['kind'], number>; readonly diskFull: number };

/** Who dies how often: tills most, because they are most; Postgres takes both nodes' work down with it. */
const WEIGHTS = { till: 60, 'HQ node': 25, Postgres: 15 } as const;
const DOWN_MS = 1_200;
const FULL_MS = 4_000;
const DISK_EVERY_MS = 15_000;

/** Kills at random moments until `forMs` are over, every `everyMs` on average; fills the small disk now and then. */
export async function unleash({
  draw,
  victims,
  disk,
  forMs,
  everyMs,
}: {
  readonly draw: Seeded;
  readonly victims: readonly Victim[];
  readonly disk: SmallDisk | null;
  readonly forMs: number;
  readonly everyMs: number;
}): Promise<Fates> {
  const kills = new Map<Victim['kind'], number>();
  const until = performance.now() + forMs;
  const left = () => until - performance.now();
  const wait = (ms: number) => pause(Math.max(0, Math.min(ms, left())));
  let diskFull = 0;

  const killing = async () => {
    for (;;) {
      // The waits of a Poisson process: kills come in twos and threes too, and there are long quiet times.
      await wait(-Math.log(1 - draw.next()) * everyMs);
      if (left() <= 0) return;
      const up = victims.filter((victim) => victim.isUp());
      if (up.length === 0) continue;
      const victim = drawVictim(draw, up);
      await victim.kill(draw.next() * DOWN_MS);
      kills.set(victim.kind, (kills.get(victim.kind) ?? 0) + 1);
    }
  };
  const filling = async () => {
    while (disk && left() > 0) {
      await wait((0.3 + draw.next()) * DISK_EVERY_MS);
      if (left() <= 0) return;
      disk.fill();
      diskFull += 1;
      await wait((0.5 + draw.next()) * FULL_MS);
      disk.free();
    }
  };

  await Promise.all([killing(), filling()]);
  return { kills, diskFull };
}

function drawVictim(draw: Seeded, up: readonly Victim[]): Victim {
  const kinds = [...new Set(up.map(({ kind }) => kind))];
  const kind = kinds[draw.weighted(kinds.map((one) => WEIGHTS[one]))];
  return draw.pick(up.filter((victim) => victim.kind === kind));
}
