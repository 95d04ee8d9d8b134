import type { SyncState, SyncTrouble } from '#shared/auth/calls.ts';
import type { Sealer } from '#shared/replica/changeset.ts';
import { headsReply, maxBatch, type PushReply, pushReply } from '#shared/replica/wire.ts';
import { storeScope } from '#shared/tables/scope.ts';
import type { TillPorts } from '../ports.ts';
import type { Store } from '../store/store.ts';
import { takeAnswersInTurn } from './answers.ts';
import { createChainKeeper } from './chain-keeper.ts';
import type { ChangeFeed } from './feed.ts';
import { createGiveBack } from './give-back.ts';
import { createHq, HqError, type HqProblem, type HqRefusal, type SignedIn } from './hq.ts';
import { createJournal } from './journal.ts';
import { createSnapshots } from './snapshot.ts';
import { createStanding } from './standing.ts';
import { createTakeIn, FeedError } from './take-in.ts';

const BATCH_BYTES = 900_000;
const HEARTBEAT_MS = 15_000;
/** A line that tears answers does so once or twice; what comes torn each time is so at HQ. */
const MOST_HOLES = 3;
/** A base taken anew that differs again is a fault no further snapshot mends soon. */
const REPAIR_MS = 3_600_000;
/** As many changesets at once are a long feed: what they change is told this often. */
const MANY = 50;
const TELL_MS = 200;
/** HQ is backed up at least once in this time (docs/sync.md); a piece at each heartbeat goes unnoticed. */
const HELD_MS = 14 * 86_400_000;
const HELD_AT_ONCE = 100;
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
  /** HQ's time came with a sign-in. */
  readonly onTime?: (reply: SignedIn) => void;
  readonly monoMs?: () => number;
  /** After a push, with a token that reads: what else this till exchanges with HQ. */
  readonly exchange?: (token: string) => Promise<void>;
  /** A scope here was not what HQ has: for the audit. */
  readonly onRepair?: (scope: string, seq: number) => void;
  /** This till belongs to another store now; nothing of it waits any more. */
  readonly onMoved?: (storeId: string) => void;
  /** HQ wants to hear nothing from people at this till any more. */
  readonly onRevoked?: () => void;
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
  onTime,
  monoMs,
  exchange,
  onRepair,
  onMoved,
  onRevoked,
}: Deps) {
  const { db, clock, live } = store;
  const { hqUrl, storeId, device } = store.identity.read();
  const standing = createStanding(db);
  const hq = createHq({
    ...{ url: hqUrl, fetch, nowMs: clock.nowMs },
    ...(monoMs && { monoMs }),
    onSignIn: (reply) => {
      standing.hear(reply);
      onTime?.(reply);
    },
  });
  const journal = createJournal(db);
  const takeIn = createTakeIn(store);
  const snapshots = createSnapshots({ store, takeIn, hq, ...(onProgress && { onProgress }) });
  const giveBack = createGiveBack({ store, hq, journal });
  const scopes = ['org', storeScope(storeId), 'party'];
  const inc = () => store.identity.read().inc;
  const token = () => hq.token({ device, inc: standing.knownInc(inc()), sealer });

  const chain = createChainKeeper({
    ...{ store, hq, journal, giveBack, standing, token, log },
    onRenew: (why) => {
      trouble = why === 'fork' ? 'forked' : 'restored';
      live.changed('sync');
    },
  });

  let status: { link: SyncState['link']; since: number } = { link: 'offline', since: clock.nowMs() };
  let lastPushAt: number | null = null;
  let lastPullAt: number | null = null;
  let trouble: SyncTrouble | null = null;
  let nextTryAt: number | null = null;
  let on = true;
  let session = new AbortController();
  let failures = 0;
  let refetches = 0;
  let timer: NodeJS.Timeout | undefined;
  let telling: NodeJS.Timeout | undefined;
  let pushing: Promise<void> | null = null;
  let again = false;
  const following = new Set<string>();
  /** How often in a row a scope's feed left a hole, or brought what nobody signed. */
  const holes = new Map<string, number>();
  /** Scopes that wait for a new base, and when each was last repaired. */
  const apart = new Set<string>();
  const repairedAt = new Map<string, number>();

  function setLink(link: SyncState['link']): void {
    if (status.link !== link) status = { link, since: clock.nowMs() };
    if (link === 'online') trouble = limitTrouble();
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
    await chain.introduce();
    if (hq.limit() === null) await giveBack.handUp(await token());
    let last: PushReply | null = null;
    while (on) {
      const of = inc();
      const changesets = journal.batch(of, { most: maxBatch, bytes: BATCH_BYTES });
      if (changesets.length === 0 && last) return settle(last);
      const { n, oldest } = journal.waiting();
      const body = {
        changesets: changesets.map(({ text, hash, sig }) => ({ text, hash, sig })),
        ...{ waiting: n, oldestAt: oldest, version },
        read: readPlaces(n),
      };
      let reply: PushReply;
      try {
        reply = await hq.post('/sync/push', body, { schema: pushReply, bearer: await token() });
      } catch (problem) {
        if (await chain.mend(problem)) continue;
        throw problem;
      }
      await takeAnswersInTurn(store, journal, reply.verdicts, of);
      lastPushAt = clock.nowMs();
      setLink('online');
      last = reply;
      if (reply.verdicts.length === 0) return settle(reply);
    }
  }

  /** What the last answer of a push says of us: HQ was restored, or a scope is not what HQ has. */
  async function settle({ epoch, diverged, storeId: now, revoked }: PushReply): Promise<void> {
    if (hq.limit() !== null) {
      if (chain.tellAgain(epoch)) again = true;
      return;
    }
    // Also before a move: what waits of an ended chain is the former store's, and the till does not move before it went.
    if (!revoked) await giveBack.sendEnded(await token());
    again ||= journal.waiting().n > 0;
    if (revoked || now !== storeId) {
      // What HQ lets us do from now on, it says at the next sign-in.
      hq.forgetToken();
      await token();
      return;
    }
    if (standing.isOtherEpoch(epoch)) await afterRestore(epoch);
    repair(diverged);
  }

  /** Where we stand, once nothing of ours is missing at HQ: only then the two can be compared. */
  function readPlaces(waiting: number) {
    if (waiting > 0 || takeIn.defers()) return [];
    return scopes.flatMap((scope) => {
      const at = takeIn.cursor(scope);
      return at ? [{ scope, ...at }] : [];
    });
  }

  /** HQ was restored from a backup: it gets back what it lost, then every scope takes a new base. */
  async function afterRestore(epoch: string): Promise<void> {
    const bearer = await token();
    await giveBack.giveBack(await hq.get('/sync/heads', { schema: headsReply, bearer }), bearer);
    standing.keepEpoch(epoch);
    again = true;
    log.warn('hq-restored', { epoch });
    unfollow();
  }

  /** Ends all feeds; the next turn begins them anew, each from its own cursor or a new base. */
  function unfollow(): void {
    session.abort();
    session = new AbortController();
    following.clear();
    schedule(0);
  }

  /** Scopes here that are not what HQ has: their base is taken anew, and an auditor reads that it was. */
  function repair(scopesApart: readonly string[]): void {
    const due = scopesApart.filter((scope) => clock.nowMs() - (repairedAt.get(scope) ?? 0) > REPAIR_MS);
    if (due.length === 0) return;
    for (const scope of due) {
      const seq = takeIn.cursor(scope)?.seq ?? 0;
      log.warn('diverged', { scope, seq });
      repairedAt.set(scope, clock.nowMs());
      apart.add(scope);
      onRepair?.(scope, seq);
    }
    trouble = 'diverged';
    unfollow();
  }

  /** One turn: push, then see that every scope is followed. Comes again by heartbeat, by commit, or after a backoff. */
  async function turn(): Promise<void> {
    clearTimeout(timer);
    nextTryAt = null;
    if (!on) return;
    try {
      await push();
      if (hq.limit() === null) await read();
      else await limited();
      failures = 0;
      schedule(HEARTBEAT_MS);
    } catch (problem) {
      failed(problem);
    }
  }

  async function read(): Promise<void> {
    const moved = standing.storeId();
    if (moved !== null && moved !== storeId && journal.waiting().n === 0) return onMoved?.(moved);
    for (const scope of scopes) if (!following.has(scope)) await follow(scope);
    await exchange?.(await token());
    store.transact('prune held', () => store.replica.pruneHeld(clock.nowMs() - HELD_MS, HELD_AT_ONCE));
  }

  /** HQ takes from us and gives us nothing to read. */
  async function limited(): Promise<void> {
    session.abort();
    session = new AbortController();
    following.clear();
    if (hq.limit() === 'REVOKED') onRevoked?.();
    setLink('online');
    await exchange?.(await token());
  }

  const limitTrouble = (): SyncTrouble | null => {
    const limit = hq.limit();
    return limit === null ? null : limit === 'REVOKED' ? 'revoked' : 'upgrade';
  };

  function schedule(ms: number): void {
    clearTimeout(timer);
    if (on) timer = setTimeout(turn, ms);
  }

  function failed(problem: unknown): void {
    if (!on) return;
    const known = problem instanceof HqError ? problem.problem : null;
    if (known?.kind === 'refused') refusedBy(known);
    else if (!known) log.warn('sync-failed', { problem: String(problem) });
    trouble = troubleOf(known);
    setLink('offline');
    failures += 1;
    const ceiling = Math.min(BACKOFF.firstMs * 2 ** (failures - 1), BACKOFF.mostMs);
    const dice = random.bytes(2);
    const share = (((dice[0] ?? 0) << 8) | (dice[1] ?? 0)) / 0xffff;
    const asked = known?.kind === 'unreachable' ? (known.retryAfterMs ?? 0) : 0;
    // Whole milliseconds: the moment of the next try is shown, and the contract knows no fractions of one.
    const wait = Math.round(Math.max(asked, BACKOFF.firstMs / 4) + share * ceiling);
    nextTryAt = clock.nowMs() + wait;
    schedule(wait);
  }

  function refusedBy({ status: code, code: reason }: HqRefusal): void {
    log.warn('hq-refused', { status: code, reason });
    if (code === 401 || reason === 'REVOKED' || reason === 'UPGRADE_REQUIRED') hq.forgetToken();
  }

  async function follow(scope: string): Promise<void> {
    const known = apart.has(scope) || takeIn.wantsBase(scope) ? null : takeIn.cursor(scope);
    const from = known ?? (await takeSnapshot(scope));
    apart.delete(scope);
    const { signal } = session;
    following.add(scope);
    feed({
      ...{ hqUrl, scope, from, alias: refetches, token, fetch, signal },
      onRows: async (rows) => {
        await takeIn.rows(scope, rows);
        lastPullAt = clock.nowMs();
        holes.delete(scope);
        tell(rows.length);
      },
      onCurrent: () => {
        lastPullAt = clock.nowMs();
        setLink('online');
      },
      onEnd: (why, problem) => {
        following.delete(scope);
        if (problem instanceof FeedError) holes.set(scope, (holes.get(scope) ?? 0) + 1);
        if (why === 'must-refetch' || (holes.get(scope) ?? 0) >= MOST_HOLES) void refetch(scope);
        else failed(problem);
      },
    });
  }

  /** Screens hear at once of what comes live, and now and then of a long feed: each time all of them are read anew. */
  function tell(rows: number): void {
    if (rows >= MANY) telling ??= setTimeout(tellNow, TELL_MS);
    else tellNow();
  }

  function tellNow(): void {
    clearTimeout(telling);
    telling = undefined;
    for (const topic of ['sync', 'state', 'cart'] as const) live.changed(topic);
  }

  async function takeSnapshot(scope: string): Promise<{ seq: number; epoch: string }> {
    const taken = await snapshots.take(scope, {
      token,
      next: scopes.filter((other) => other !== scope && takeIn.cursor(other) === null),
      signal: session.signal,
    });
    await afterSnapshot?.(scope, snapshots.selling());
    for (const topic of ['sync', 'state', 'cart'] as const) live.changed(topic);
    return taken;
  }

  /** Our numbering is no longer HQ's: send what is ours, then take the base anew. */
  async function refetch(scope: string): Promise<void> {
    refetches += 1;
    holes.delete(scope);
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
        ...{ trouble, nextTryAt },
        waiting: n,
        oldestWaitingAt: oldest,
        attention: journal.refused(),
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

  function halt(): void {
    clearTimeout(timer);
    clearTimeout(telling);
    telling = undefined;
    session.abort();
    following.clear();
  }
}

function troubleOf(known: HqProblem | null): SyncTrouble | null {
  if (known === null) return null;
  if (known.kind === 'refused') return known.code === 'FORK' ? 'forked' : 'refused';
  if (known.detail === 'HTTP 429') return 'busy';
  return known.detail === 'HTTP 503' ? 'restarting' : 'unreachable';
}
