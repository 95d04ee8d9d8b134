import type { useFormat } from '#shared/ui/use-format.ts';

type Format = ReturnType<typeof useFormat>;

/** An instant as one says it at `now`: the time today, the day before it otherwise. */
export function when(format: Format, atMs: number, now: number, seconds = false): string {
  const time = format.time(atMs, seconds);
  const day = format.day(atMs);
  return day === format.day(now) ? time : `${day}, ${time}`;
}
