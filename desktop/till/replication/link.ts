import type { SyncState, SyncTrouble } from '#shared/auth/calls.ts';
import type { Sealer } from '#shared/replica/changeset.ts';
import { maxBatch, pushReply } from '#shared/replica/wire.ts';
import { storeScope } from '#shared/tables/scope.ts';
import type { TillPorts } from '../ports.ts';
import type { Store } from '../store/store.ts';
import { takeAnswers } from './answers.ts';
import type { ChangeFeed } from './feed.ts';
import { createHq, HqError, type HqRefusal } from './hq.ts';
import { createJournal } from './journal.ts';
import { createSnapshots } from './snapshot.ts';
import { createTakeIn } from './take-in.ts';

const BATCH_BYTES = 900_000;
const HEARTBEAT_MS = 15_000;
const BACKOFF = { firstMs: 1_000, mostMs: 32_000 } as const;

type Deps = Pick<TillPorts, 'fetch' | 'log' | 'version' | 'random'> & {
  readonly store: Store;
  readonly sealer: Sealer;
  readonly feed: ChangeFeed;
  readonly onProgress?: (done: number, total: number) => void;
  /**
   * A scope has a new base: what is folded over it by the host (the search index) is made anew; in slices nobody
   * notices when a cashier may be selling.
   */
  readonly afterSnapshot?: (scope: string, selling: boolean) => Promise<void>;
};

/**
 * The till's link to HQ: pushes what waits, follows the feed of each scope, says how things stand. Nothing at the
 * counter waits for it. Push goes before pull after an outage, so that HQ's numbering has our part when it comes back.
 */
export function createLink({
  store,
  sealer,
  fetch,
  log,
  version,
  random,
  feed,
  onProgress,
  afterSnapshot,
}: Deps) {
  const { db, clock, live } = store;
  const me = store.identity.read();
  const hq = createHq({ url: me.hqUrl, fetch, nowMs: clock.nowMs });
  const journal = createJournal(db);
  const takeIn = createTakeIn(store);
  const snapshots = createSnapshots({ store, takeIn, hq, ...(onProgress && { onProgress }) });
  const scopes = ['org', storeScope(me.storeId)];
  const token = () => hq.token({ device: me.device, inc: me.inc, sealer });

  let status: { link: SyncState['link']; since: number } = { link: 'offline', since: clock.nowMs() };
  let lastPushAt: number | null = null;
  let lastPullAt: number | null = null;
  let blocked: string | null = null;
  let forkedAt: number | null = null;
  let on = true;
  let session = new AbortController();
  let failures = 0;
  let refetches = 0;
  let timer: NodeJS.Timeout | undefined;
  let pushing: Promise<void> | null = null;
  let again = false;
  const following = new Set<string>();

  function setLink(link: SyncState['link']): void {
    if (status.link !== link) status = { link, since: clock.nowMs() };
    live.changed('sync');
  }

  /** Pushes until nothing waits. One at a time; a commit meanwhile makes it look again. */
  function push(): Promise<void> {
    again = true;
    pushing ??= (async () => {
      try {
        while (again && on) {
          again = false;
          await pushAll();
        }
      } finally {
        pushing = null;
      }
    })();
    return pushing;
  }

  async function pushAll(): Promise<void> {
    for (let first = true; on && blocked === null; first = false) {
      const changesets = journal.batch(me.inc, { most: maxBatch, bytes: BATCH_BYTES });
      if (changesets.length === 0 && !first) return;
      const { n, oldest } = journal.waiting();
      const body = {
        changesets: changesets.map(({ text, hash, sig }) => ({ text, hash, sig })),
        waiting: n,
        oldestAt: oldest,
        version,
      };
      const reply = await hq.post('/sync/push', body, { schema: pushReply, bearer: await token() });
      takeAnswers(store, journal, reply.verdicts);
      lastPushAt = clock.nowMs();
      setLink('online');
      if (reply.verdicts.length === 0) return;
    }
  }

  /** One turn: push, then see that every scope is followed. Comes again by heartbeat, by commit, or after a backoff. */
  async function turn(): Promise<void> {
    clearTimeout(timer);
    if (!on) return;
    try {
      await push();
      for (const scope of scopes) if (!following.has(scope)) await follow(scope);
      failures = 0;
      schedule(HEARTBEAT_MS);
    } catch (problem) {
      failed(problem);
    }
  }

  function schedule(ms: number): void {
    clearTimeout(timer);
    if (on) timer = setTimeout(turn, ms);
  }

  function failed(problem: unknown): void {
    if (!on) return;
    const known = problem instanceof HqError ? problem.problem : null;
    if (known?.kind === 'refused') refusedBy(known);
    else if (!known) log.warn('sync-failed', { problem: String(problem) });
    setLink('offline');
    failures += 1;
    const ceiling = Math.min(BACKOFF.firstMs * 2 ** (failures - 1), BACKOFF.mostMs);
    const dice = random.bytes(2);
    const share = (((dice[0] ?? 0) << 8) | (dice[1] ?? 0)) / 0xffff;
    schedule(BACKOFF.firstMs / 4 + share * ceiling);
  }

  function refusedBy({ status: code, code: reason, detail }: HqRefusal): void {
    log.warn('hq-refused', { status: code, reason });
    if (code === 401) hq.forgetToken();
    if (reason === 'GAP' && typeof detail.after === 'number') journal.reopenAfter(me.inc, detail.after);
    // A fork or a revoked device needs a person: the outbox keeps everything, and the chip says so.
    if (reason === 'FORK' || reason === 'REVOKED') blocked = reason;
    if (reason === 'FORK' && typeof detail.dseq === 'number') forkedAt = detail.dseq;
  }

  async function follow(scope: string): Promise<void> {
    const from = takeIn.cursor(scope) ?? (await takeSnapshot(scope));
    following.add(scope);
    feed({
      ...{ hqUrl: me.hqUrl, scope, from, alias: refetches, token, fetch, signal: session.signal },
      onRows: async (rows) => {
        await takeIn.rows(scope, rows);
        lastPullAt = clock.nowMs();
        for (const topic of ['sync', 'state', 'cart'] as const) live.changed(topic);
      },
      onCurrent: () => {
        lastPullAt = clock.nowMs();
        setLink('online');
      },
      onEnd: (why, problem) => {
        following.delete(scope);
        if (why === 'must-refetch') void refetch(scope);
        else failed(problem);
      },
    });
  }

  async function takeSnapshot(scope: string): Promise<{ seq: number; epoch: string }> {
    const taken = await snapshots.take(scope, {
      token,
      next: scopes.filter((other) => other !== scope && takeIn.cursor(other) === null),
      signal: session.signal,
      forkedAt: () => forkedAt,
    });
    await afterSnapshot?.(scope, snapshots.selling());
    for (const topic of ['sync', 'state', 'cart'] as const) live.changed(topic);
    return taken;
  }

  /** Our numbering is no longer HQ's: send what is ours, then take the base anew. */
  async function refetch(scope: string): Promise<void> {
    refetches += 1;
    try {
      hq.forgetToken();
      await push();
      await takeSnapshot(scope);
      await follow(scope);
    } catch (problem) {
      failed(problem);
    }
  }

  return {
    state(): SyncState {
      const { n, oldest } = journal.waiting();
      const at = scopes.map((scope) => ({ scope, seq: takeIn.cursor(scope)?.seq ?? 0 }));
      return {
        ...status,
        trouble: troubleNow(),
        nextTryAt: null,
        waiting: n,
        oldestWaitingAt: oldest,
        attention: journal.refused() + (blocked === null ? 0 : 1),
        lastPushAt,
        lastPullAt,
        scopes: at,
      };
    },
    /** Something was committed: send it now if HQ is there. */
    wake(): void {
      if (on && status.link === 'online') push().catch(failed);
    },
    now: (): Promise<void> => turn(),
    start(): void {
      void turn();
    },
    set(wanted: boolean): void {
      if (wanted === on) return;
      on = wanted;
      if (on) {
        session = new AbortController();
        setLink('offline');
        void turn();
      } else {
        halt();
        setLink('off');
      }
    },
    async stop(): Promise<void> {
      on = false;
      halt();
      await pushing?.catch(() => {});
    },
  };

  function troubleNow(): SyncTrouble | null {
    if (blocked !== null) return blocked === 'FORK' ? 'forked' : 'revoked';
    return status.link === 'offline' && failures > 0 ? 'unreachable' : null;
  }

  function halt(): void {
    clearTimeout(timer);
    session.abort();
    following.clear();
  }
}
