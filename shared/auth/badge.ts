/**
 * Staff badges: a Code 128 or QR symbol with `P:` and the person's id. A badge says who somebody is and proves nothing:
 * the PIN is asked for in any case, so a badge that was lost or copied opens no till.
 */
export const badgeOf = (personId: string): string => `P:${personId}`;

/** The person a scanned code names, or null where it is no badge; read whatever the scanner's Caps Lock is. */
export function personOnBadge(code: string): string | null {
  const id = /^P:([0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12})$/i.exec(code.trim())?.[1];
  return id?.toLowerCase() ?? null;
}
