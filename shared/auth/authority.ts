/** What a person was at a store since an instant (UTC ms); `active` false: nothing any more. */
export type StaffPeriod = {
  readonly staffId: string;
  readonly personId: string;
  readonly roleId: string;
  readonly active: boolean;
  readonly since: number;
};

/** What a role allowed since an instant (UTC ms). */
export type RolePeriod = {
  readonly roleId: string;
  readonly permissions: readonly string[];
  readonly since: number;
};

/** Who held which role at **one** store, and what the roles allowed, since when. In any order. */
export type Periods = { readonly staff: readonly StaffPeriod[]; readonly roles: readonly RolePeriod[] };

/**
 * What a person might do at an instant (SYNC.md: authority is judged as of the act, not as of arrival). A period holds
 * until the next one of the same place or role begins; before the first one the first one counts, because a till may
 * have heard of a new person on a clock that is a little behind. Several places of one person add up.
 */
export function rightsOf(periods: Periods, personId: string, atMs: number): ReadonlySet<string> {
  const mine = periods.staff.filter((period) => period.personId === personId);
  const places = new Set(mine.map(({ staffId }) => staffId));
  const rights = new Set<string>();
  for (const place of places) {
    const held = periodAt(
      mine.filter(({ staffId }) => staffId === place),
      atMs,
    );
    if (!held?.active) continue;
    const role = periodAt(
      periods.roles.filter(({ roleId }) => roleId === held.roleId),
      atMs,
    );
    for (const permission of role?.permissions ?? []) rights.add(permission);
  }
  return rights;
}

/** The last period that had begun at the instant, else the first one there is. */
function periodAt<P extends { readonly since: number }>(periods: readonly P[], atMs: number): P | null {
  const inOrder = periods.toSorted((a, b) => a.since - b.since);
  return inOrder.findLast(({ since }) => since <= atMs) ?? inOrder[0] ?? null;
}

/**
 * The instant an act is judged at: the device's clock less its own estimate of how far that is ahead (`skewMs`), and
 * never after `nowMs`: nobody holds a right of tomorrow.
 */
export const instantOfAct = (
  { at, skewMs = 0 }: { readonly at: number; readonly skewMs?: number | undefined },
  nowMs: number,
): number => Math.min(nowMs, at - skewMs);
