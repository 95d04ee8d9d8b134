import { businessDate } from '#shared/kernel/zone.ts';
import type { Change } from '#shared/replica/changeset.ts';
import { auditChange } from '../audit-change.ts';
import type { Counter } from '../counter.ts';
import type { Pins } from '../pins.ts';
import { orRefuse, refuse } from '../refuse.ts';
import type { ConfirmedTime, TillTimeKeeper } from './till-time.ts';

/** A manager's word on which date is right, the PIN typed in place. */
export type ConfirmTimeCommand = {
  readonly personId: string;
  readonly pin: string;
  readonly right: 'clock' | 'till';
};

/** Lets a manager settle the date where the clock and till time are too far apart, and leaves an audit entry. */
export function createTimeDesk(counter: Counter, { time, pins }: { time: TillTimeKeeper; pins: Pins }) {
  return async ({ personId, pin, right }: ConfirmTimeCommand): Promise<Record<never, never>> => {
    const manager = await pins.check(counter, personId, pin);
    const permission = 'auth.settings.edit';
    if (!manager.permissions.includes(permission)) refuse({ code: 'MISSING_RIGHT', permission });
    orRefuse(
      time.confirm(right, (confirmed, keep) =>
        counter.transact(
          'confirm time',
          () => {
            keep();
            counter.replica.record({
              type: 'time-confirmation',
              actor: personId,
              subjectId: null,
              changes: [entryOf(counter, { personId, right, confirmed })],
            });
          },
          'sync',
        ),
      ),
    );
    return {};
  };
}

type Decision = {
  readonly personId: string;
  readonly right: 'clock' | 'till';
  readonly confirmed: ConfirmedTime;
};

/** Dated by the time that holds from now on, which is the one that was confirmed. */
function entryOf(counter: Counter, { personId: actorId, right, confirmed }: Decision): Change {
  const { clockMs, tillMs, nowMs } = confirmed;
  const { zone, dayStartHour } = counter.shop();
  return auditChange(
    counter,
    { nowMs, business: businessDate(nowMs, zone, dayStartHour) },
    { actorId, action: 'time.confirmed', details: { right, clockMs, tillMs } },
  );
}
