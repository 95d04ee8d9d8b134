/**
 * The Electric handle of a scope's shape: a pure function of (epoch, scope), so nothing about it is stored and a till
 * can resume from its own cursor after any restart. HQ restored from a backup has a new epoch, hence new handles: a
 * client blacklists a handle that came with a 409 for the life of its process. `attempt` makes yet another name for
 * the same shape, for the 409 whose epoch did not change (an offset below the floor).
 */
export const shapeHandle = (epoch: string, scope: string, attempt = 0): string =>
  `${scope.replace(':', '~')}.${epoch}${attempt === 0 ? '' : `.${attempt}`}`;

/** Whether a handle names this scope in this epoch, whatever its attempt. */
export const isHandleOf = (handle: string, { epoch, scope }: { epoch: string; scope: string }): boolean => {
  const own = shapeHandle(epoch, scope);
  return handle === own || handle.startsWith(`${own}.`);
};
