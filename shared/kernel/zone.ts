import { dateOfEpochDay, type PlainDate } from './calendar.ts';

/** The calendar date an instant (UTC ms) has in an IANA zone: what FEFO and expiry go by. RangeError for no zone. */
export const localDate = (atMs: number, zone: string): PlainDate =>
  dateOfEpochDay(Math.floor(localMs(atMs, zone) / DAY_MS));

/**
 * The trading day an instant belongs to (RULES.md §3): the local date, one day less while the local hour is before
 * `dayStartHour` (0–23). It goes by the hour on the wall, so in a night with a clock change the day starts when the
 * clock first shows that hour, and an hour that comes twice lies on one side of it.
 */
export function businessDate(atMs: number, zone: string, dayStartHour: number): PlainDate {
  const wall = localMs(atMs, zone);
  const day = Math.floor(wall / DAY_MS);
  const hour = Math.floor((wall - day * DAY_MS) / HOUR_MS);
  return dateOfEpochDay(hour < dayStartHour ? day - 1 : day);
}

/** Minutes of the local day (0–1439) at an instant: what an offer of the hour goes by. */
export function minuteOfDay(atMs: number, zone: string): number {
  const wall = localMs(atMs, zone);
  return Math.floor((wall - Math.floor(wall / DAY_MS) * DAY_MS) / 60_000);
}

/** Whether this machine knows the IANA zone: settings are checked with this before the functions above see them. */
export function isZone(zone: string): boolean {
  try {
    return zone !== '' && offsetSource(zone) !== undefined;
  } catch {
    return false;
  }
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const QUARTER_MS = HOUR_MS / 4;

/** The wall clock of the zone, written as if it were UTC milliseconds. */
const localMs = (atMs: number, zone: string): number => atMs + offsetSource(zone)(atMs);

type OffsetSource = (atMs: number) => number;
const offsetSources = new Map<string, OffsetSource>();

function offsetSource(zone: string): OffsetSource {
  const known = offsetSources.get(zone);
  if (known !== undefined) return known;
  const made = createOffsetSource(zone);
  offsetSources.set(zone, made);
  return made;
}

/**
 * Offsets change on quarter hours of UTC only (true of every zone since 1973), so the formatter, which costs a
 * microsecond or two, is asked once per quarter hour and the scan path does plain arithmetic.
 */
function createOffsetSource(zone: string): OffsetSource {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  let quarter = Number.NaN;
  let offsetMs = 0;
  return (atMs) => {
    const asked = Math.floor(atMs / QUARTER_MS);
    if (asked !== quarter) {
      offsetMs = wallClockOf(format, asked * QUARTER_MS) - asked * QUARTER_MS;
      quarter = asked;
    }
    return offsetMs;
  };
}

/** `01/31/2027, 23:59:59` as if it were UTC. */
function wallClockOf(format: Intl.DateTimeFormat, atMs: number): number {
  const [month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0] = (
    format.format(atMs).match(/\d+/g) ?? []
  ).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
