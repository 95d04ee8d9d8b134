import { err, ok, type Result } from '#shared/kernel/result.ts';

/** What a till is in the middle of, as it says itself. */
export type TillStanding = {
  /** Lines in the sale at the counter. */
  readonly cartLines: number;
  /** Card terminals that were asked and have not answered. */
  readonly openCardAttempts: number;
  readonly openShifts: number;
  /** A backup or a restoring is under way. */
  readonly upkeep: boolean;
  /** Migrations its database has had. */
  readonly schema: number;
  readonly databaseBytes: number;
  readonly freeBytes: number;
  /** Its HQ's address, where newer versions are; null before it has joined. */
  readonly hqUrl: string | null;
};

/** A version that could be installed; `schema`: the migrations it brings, null where it does not say. */
export type UpdateOffer = { readonly version: string; readonly schema: number | null };

export type UpdateRefusal =
  /** Not a version number, or not a newer one: a database is never handed to an older Pestle. */
  | { readonly code: 'NOT_NEWER' }
  /** It knows fewer migrations than the database has had. */
  | { readonly code: 'OLDER_SCHEMA' }
  /** For later: nothing about the offer is wrong. */
  | { readonly code: 'SALE_OPEN' | 'CARD_OPEN' | 'SHIFT_OPEN' | 'UPKEEP' }
  /** A migration is preceded by a copy of the database (till/store/open.ts), which would not fit. */
  | { readonly code: 'NO_ROOM_FOR_COPY'; readonly neededBytes: number };

/**
 * Whether a till may be brought to another version now. Never over an open sale or shift, never to an older version, and
 * never where the copy that a migration begins with would not fit: the till would not open again.
 */
export function mayUpdate(
  installed: string,
  { version, schema }: UpdateOffer,
  till: TillStanding,
): Result<'now', UpdateRefusal> {
  if (compareVersions(version, installed) !== 1) return err({ code: 'NOT_NEWER' });
  if (schema !== null && schema < till.schema) return err({ code: 'OLDER_SCHEMA' });
  if (till.cartLines > 0) return err({ code: 'SALE_OPEN' });
  if (till.openCardAttempts > 0) return err({ code: 'CARD_OPEN' });
  if (till.openShifts > 0) return err({ code: 'SHIFT_OPEN' });
  if (till.upkeep) return err({ code: 'UPKEEP' });
  const neededBytes = roomForCopy(till.databaseBytes);
  const migrates = schema === null || schema > till.schema;
  if (migrates && till.freeBytes < neededBytes) return err({ code: 'NO_ROOM_FOR_COPY', neededBytes });
  return ok('now');
}

/** A version that is on this computer; `tried`: its installer was started today and did not come through. */
export type FetchedUpdate = UpdateOffer & { readonly tried: boolean };

/** What keeps a version that was fetched from being installed. */
export const updateWaits = [
  'SALE_OPEN',
  'CARD_OPEN',
  'SHIFT_OPEN',
  'UPKEEP',
  'NO_ROOM_FOR_COPY',
  'TRIED_TODAY',
] as const;
export type NextVersion = {
  readonly version: string;
  /** Null where it is installed in the next minutes. */
  readonly waitsFor: (typeof updateWaits)[number] | null;
};

/** The version a person at the counter may expect; null where none waits, or what waits is refused for good. */
export function nextVersion(
  installed: string,
  fetched: FetchedUpdate | null,
  till: TillStanding | null,
): NextVersion | null {
  if (!fetched || !till) return null;
  const { version, tried } = fetched;
  const answer = mayUpdate(installed, fetched, till);
  if (answer.ok) return { version, waitsFor: tried ? 'TRIED_TODAY' : null };
  const { code } = answer.error;
  return code === 'NOT_NEWER' || code === 'OLDER_SCHEMA' ? null : { version, waitsFor: code };
}

/** The copy, and as much again for what a migration writes anew. */
const roomForCopy = (databaseBytes: number): number => 2 * databaseBytes + 16_000_000;

/**
 * The order of Semantic Versioning 2.0.0 §11: 1 where `a` is newer. Null where one of them is no such version.
 */
export function compareVersions(a: string, b: string): -1 | 0 | 1 | null {
  const [left, right] = [parse(a), parse(b)];
  if (!left || !right) return null;
  for (const [i, part] of left.numbers.entries()) {
    const other = right.numbers[i] ?? 0;
    if (part !== other) return part < other ? -1 : 1;
  }
  return comparePreReleases(left.pre, right.pre);
}

type Version = { readonly numbers: readonly number[]; readonly pre: readonly string[] };

function parse(text: string): Version | null {
  const found =
    /^(\d{1,9})\.(\d{1,9})\.(\d{1,9})(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z.-]+)?$/.exec(
      text,
    );
  return found && { numbers: found.slice(1, 4).map(Number), pre: found[4]?.split('.') ?? [] };
}

/** None is newer than any; numbers are below words; a longer list is above one it begins with. */
function comparePreReleases(a: readonly string[], b: readonly string[]): -1 | 0 | 1 {
  if (a.length === 0 || b.length === 0) return sign(b.length - a.length);
  for (const [i, one] of a.entries()) {
    const other = b[i];
    if (other === undefined) return 1;
    const order = compareParts(one, other);
    if (order !== 0) return order;
  }
  return a.length < b.length ? -1 : 0;
}

function compareParts(a: string, b: string): -1 | 0 | 1 {
  const [x, y] = [a, b].map((part) => (/^\d+$/.test(part) ? Number(part) : null));
  if (x !== null && x !== undefined && y !== null && y !== undefined) return sign(x - y);
  if (x !== null) return -1;
  if (y !== null) return 1;
  return a === b ? 0 : a < b ? -1 : 1;
}

const sign = (difference: number): -1 | 0 | 1 => (difference === 0 ? 0 : difference < 0 ? -1 : 1);
