import { createHash } from 'node:crypto';
import { shapeHandle } from '#shared/replica/shape-handle.ts';

/** The handle of a scope's shape in this epoch; a 409 always names another alias than it was asked with. */
export const baseHandle = (epoch: string, scope: string): string => shapeHandle(sha256Hex, { epoch, scope });

const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Whether a handle is the base or one of its aliases. */
export const isHandle = (base: string, handle: string): boolean => aliasOf(base, handle) !== null;

/** A handle that is none of those the client must not see again. */
export function freshHandle(base: string, spent: readonly (string | undefined)[]): string {
  const highest = Math.max(-1, ...spent.map((handle) => (handle ? (aliasOf(base, handle) ?? -1) : -1)));
  return highest < 0 ? base : `${base}.${highest + 1}`;
}

function aliasOf(base: string, handle: string): number | null {
  if (handle === base) return 0;
  const alias = handle.startsWith(`${base}.`) ? handle.slice(base.length + 1) : '';
  return /^[1-9]\d{0,8}$/.test(alias) ? Number(alias) : null;
}
