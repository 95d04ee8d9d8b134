import type { SyncState } from '#shared/auth/calls.ts';
import type { createLink } from './replication/link.ts';
import type { Store } from './store/store.ts';

/** In the place of the link to HQ, for a till that has none: it sends nothing, asks nothing, and says that it is off. */
export function noLink({ store }: { readonly store: Store }): ReturnType<typeof createLink> {
  const since = store.clock.nowMs();
  const state: SyncState = {
    ...{ link: 'off', trouble: null, nextTryAt: null, since },
    ...{ waiting: 0, oldestWaitingAt: null, attention: 0, lastPushAt: null, lastPullAt: null },
    scopes: [],
  };
  return {
    state: () => state,
    wake: () => {},
    now: async () => {},
    start: () => {},
    set: () => {},
    stop: async () => {},
  };
}
