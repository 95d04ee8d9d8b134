/** When a till has backed itself up and tried to, by till time; null where it never has. */
export type BackupTimes = { readonly lastGoodAt: number | null; readonly lastTriedAt: number | null };

/** After a failed try: long enough for somebody to plug the drive in, short enough to notice. */
const RETRY_MS = 15 * 60_000;
const HOUR_MS = 3_600_000;

/**
 * When the next backup is due, in epoch milliseconds; null where none is to be made by itself (`everyHours` 0). A time
 * that has not come yet was written by a clock that was ahead, and is passed over.
 */
export function nextBackupAt(everyHours: number, times: BackupTimes, nowMs: number): number | null {
  if (everyHours <= 0) return null;
  const past = (at: number | null) => (at === null || at > nowMs ? null : at);
  const good = past(times.lastGoodAt);
  const tried = past(times.lastTriedAt);
  const due = good === null ? nowMs : good + everyHours * HOUR_MS;
  const failed = tried !== null && (good === null || tried > good);
  return failed ? Math.max(due, tried + RETRY_MS) : due;
}
