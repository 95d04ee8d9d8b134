import { createHash } from 'node:crypto';
import { addDays, diffDays, type PlainDate, plainDate } from '#shared/kernel/calendar.ts';
import { createIds, idFromDigest } from '#shared/kernel/ids.ts';
import { localDate } from '#shared/kernel/zone.ts';
import { seeded } from './random.ts';
import type { DemoOptions } from './rows.ts';

/** Ids of one purpose that ascend with the time they are given: UUIDv7, repeatable by seed. */
export function demoIds(seed: number, purpose: string): { at(ms: number): string } {
  let nowMs = 0;
  const ids = createIds({ clock: { nowMs: () => nowMs }, random: seeded(seed, `ids ${purpose}`) });
  return {
    at(ms) {
      nowMs = ms;
      return ids.next();
    },
  };
}

/** The id of a name, the same in every demo of one seed. */
export const namedId = (name: string): string => idFromDigest(sha256(name));

export const sha256 = (text: string): Uint8Array => createHash('sha256').update(text).digest();

/** The instant of a wall-clock time ('08:31' as minutes) on a day in a zone; not for the hours a clock change skips. */
export function instantOf(day: PlainDate, minutes: number, zone: string): number {
  const asUtc = Date.parse(day) + minutes * MINUTE_MS;
  return asUtc - noonOffsetMs(day, zone);
}

/** 0 is Sunday. */
export const weekday = (day: PlainDate): number => new Date(day).getUTCDay();

/** The days of the history: `count` of them, the last one yesterday. */
export function historyDays({ todayIso }: Pick<DemoOptions, 'todayIso'>, count: number): PlainDate[] {
  const today = plainDate(todayIso);
  return Array.from({ length: count }, (_, i) => addDays(today, i - count));
}

const MINUTE_MS = 60_000;
const offsets = new Map<string, number>();

/** Clocks change at night, so the offset at noon is that of the opening hours. */
function noonOffsetMs(day: PlainDate, zone: string): number {
  const key = `${day} ${zone}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const noonUtc = Date.parse(day) + 12 * 60 * MINUTE_MS;
  const offset =
    wallMinutes(noonUtc, zone) * MINUTE_MS +
    diffDays(day, localDate(noonUtc, zone)) * 24 * 60 * MINUTE_MS -
    12 * 60 * MINUTE_MS;
  offsets.set(key, offset);
  return offset;
}

function wallMinutes(atMs: number, zone: string): number {
  const text = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(atMs);
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return hours * 60 + minutes;
}
