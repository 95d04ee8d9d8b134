/** The day of the story: Tuesday 2026-11-24 in Paris. */
export const midnightMs = Date.UTC(2026, 10, 23, 23);
export const storyDate = '2026-11-24';

/** `9:10` of the day, in epoch milliseconds. */
export function msOf(hour: string): number {
  const [hours = 0, minutes = 0] = hour.split(':').map(Number);
  return midnightMs + (hours * 60 + minutes) * 60_000;
}

/** The hour as clocks and receipts show it: `09:10`. */
export const hourOf = (ms: number): string => new Date(ms - midnightMs).toISOString().slice(11, 16);
