/** How near an expiry is, by the days left: the bands of the mockups. `past` covers expired, and recalled beside it. */
export type ExpiryBand = 'far' | 'soon' | 'near' | 'last' | 'past';

/** Over 180 days far, 91 to 180 soon, 31 to 90 near, 0 to 30 last; a batch is good on its expiry date itself. */
export function expiryBand(daysLeft: number): ExpiryBand {
  if (daysLeft < 0) return 'past';
  if (daysLeft <= 30) return 'last';
  if (daysLeft <= 90) return 'near';
  return daysLeft <= 180 ? 'soon' : 'far';
}

/** Days from one calendar date `YYYY-MM-DD` to another, negative when it is past. */
export function daysBetween(from: string, to: string): number {
  return Math.round((dayNumber(to) - dayNumber(from)) / 86_400_000);
}

/** Whether a date is the last of its month: an expiry printed as a month is kept so, and read back as one. */
export function isMonthEnd(isoDate: string): boolean {
  return new Date(dayNumber(isoDate) + 86_400_000).getUTCDate() === 1;
}

function dayNumber(isoDate: string): number {
  const [year = 0, month = 1, day = 1] = isoDate.split('-').map(Number);
  return Date.UTC(year, month - 1, day);
}
