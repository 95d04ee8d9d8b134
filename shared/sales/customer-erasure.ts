import type { PlainDate } from '#shared/kernel/calendar.ts';

/** A duty to keep a customer's data although the customer asks for erasure (GDPR art. 17 (3) b). */
export type Hold = {
  /** The rule, as its setting names it. */
  readonly rule: string;
  /** The last day on which it holds. */
  readonly until: PlainDate;
};

/** A rule that may hold a customer's data: null where it does not apply to this customer. */
export type RetentionRule = (customerId: string) => Hold | null;

/** What forbids erasure on a day: of several duties the one that lasts longest. Null when nothing does. */
export function holdOn(customerId: string, rules: readonly RetentionRule[], on: PlainDate): Hold | null {
  const holds = rules.flatMap((rule) => rule(customerId) ?? []).filter(({ until }) => until >= on);
  return holds.reduce<Hold | null>(
    (longest, hold) => (longest && longest.until >= hold.until ? longest : hold),
    null,
  );
}
