/** What a fiscal device said of a document, as facts come in from anywhere and in any order. */
type Said = {
  readonly id: string;
  readonly state: 'signed' | 'failed';
  readonly signature?: string | null | undefined;
  readonly reason?: string | null | undefined;
  readonly at: number;
};

export type FiscalStanding =
  | { readonly state: 'signed'; readonly signature: string; readonly late: boolean }
  | { readonly state: 'failed'; readonly reason: string }
  | { readonly state: 'none' };

/**
 * How a document stands: signed as soon as any fact says so, by the first signature (by time, then id); one that a
 * device gave again changes nothing. Else failed, for the reason told last. The order of the facts does not matter.
 */
export function fiscalStanding(facts: readonly Said[]): FiscalStanding {
  const inTime = facts.toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  const signed = inTime.find(({ state }) => state === 'signed');
  if (signed) return { state: 'signed', signature: signed.signature ?? '', late: signed.reason === LATE };
  const failed = inTime.at(-1);
  return failed ? { state: 'failed', reason: failed.reason ?? '' } : { state: 'none' };
}

/** The reason of a signature that came after its receipt could have had it. */
export const LATE = 'late';

/** How long to leave a device alone after so many failures in a row, in ms: doubled each time, up to the most. */
export const restAfter = (
  failures: number,
  { firstMs, mostMs }: { readonly firstMs: number; readonly mostMs: number },
): number => Math.min(firstMs * 2 ** Math.min(failures - 1, 30), mostMs);

/** A long signature as a receipt has it: its first 16 characters in groups that can be read out. */
export const shortSignature = (signature: string): string =>
  signature.length <= 16 ? signature : (signature.slice(0, 16).match(/.{4}/g) ?? []).join(' ');
