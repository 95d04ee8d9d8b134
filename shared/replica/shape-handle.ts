/**
 * The Electric handle of a scope's shape: a pure function of (epoch, scope), so nothing about it is stored, every HQ
 * node gives the same, and a till can resume from its own cursor after any restart. HQ restored from a backup has a new
 * epoch, hence new handles. A client blacklists a handle for the life of its process once it got a 409 with it, so each
 * has aliases `hash.n` that mean the same.
 */
export function shapeHandle(
  sha256Hex: (text: string) => string,
  { epoch, scope }: { epoch: string; scope: string },
  alias = 0,
): string {
  const base = sha256Hex(`${epoch} ${scope}`).slice(0, 24);
  return alias === 0 ? base : `${base}.${alias}`;
}
