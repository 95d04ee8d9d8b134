import { setTimeout as pause } from 'node:timers/promises';
import type { Sealed } from '#shared/replica/changeset.ts';
import { storeScope } from '#shared/tables/scope.ts';
import type { BenchPostgres } from './hq-host.ts';
import type { PouchPeer } from './peers/pouch.ts';
import { type BenchDevice, pushBody, type SignedIn } from './sync-devices.ts';
import { followAll } from './sync-fleet.ts';
import { holdFeeds, startBareFeed } from './sync-followers.ts';

const TILLS = 200;
const CHANGES = 40;
const WARM_UP = 5;

type World = {
  readonly hqUrl: string;
  readonly device: BenchDevice;
  readonly tills: readonly SignedIn[];
  readonly sales: readonly Sealed[];
  readonly postgres: BenchPostgres;
  readonly pouch: PouchPeer | null;
};

/** Milliseconds from a change's way out to each of its 200 arrivals, and what followed. */
export type FanOut = {
  readonly pestle: readonly number[];
  readonly pouchdb: readonly number[];
  readonly raw: readonly number[];
  readonly streams: number;
};

/**
 * One sale to 200 tills that follow: HQ's over SSE with all the streams of their scopes, PouchDB's continuous feeds,
 * bare SSE. Each change goes out when the one before has reached everyone; the three take turns.
 */
export async function fanOut({ hqUrl, device, tills, sales, postgres, pouch }: World): Promise<FanOut> {
  const scope = storeScope(device.identity.storeId);
  const [mine, theirs, bare] = [createArrivals(), createArrivals(), createArrivals()];
  const fleet = await followAll({
    url: hqUrl,
    tills: tills.slice(0, TILLS),
    onChange: (changed) => changed === scope && mine.note(),
  });
  const feed = await startBareFeed(await postgres.database('empty'));
  const bareFeeds = await holdFeeds(feed.url, TILLS, bare.note);
  const changes = pouch && `${pouch.serverUrl}/sales/_changes?feed=continuous&since=now&include_docs=true`;
  const pouchFeeds = changes === null ? null : await holdFeeds(changes, TILLS, theirs.note);
  try {
    await pause(500);
    const times: { pestle: number[]; pouchdb: number[]; raw: number[] } = {
      pestle: [],
      pouchdb: [],
      raw: [],
    };
    for (const [n, sale] of sales.slice(0, CHANGES + WARM_UP).entries()) {
      const body = await pushBody([sale]);
      const keep = n < WARM_UP ? { pestle: [], pouchdb: [], raw: [] } : times;
      keep.pestle.push(...(await mine.after(() => device.push(body))));
      if (pouch) keep.pouchdb.push(...(await theirs.after(() => pouch.change(sale))));
      keep.raw.push(...(await bare.after(() => fetch(feed.url, { method: 'POST', body: sale.text }))));
    }
    return { ...times, streams: fleet.streams() };
  } finally {
    fleet.stop();
    bareFeeds.stop();
    pouchFeeds?.stop();
    await feed.stop();
  }
}

/** Counts what 200 followers hear of one change. */
function createArrivals() {
  let heard: number[] = [];
  let all = Promise.withResolvers<void>();
  return {
    note(): void {
      heard.push(performance.now());
      if (heard.length === TILLS) all.resolve();
    },
    /** Milliseconds from the beginning of `change` to each arrival. */
    async after(change: () => Promise<unknown>): Promise<readonly number[]> {
      heard = [];
      all = Promise.withResolvers();
      const from = performance.now();
      await Promise.all([change(), all.promise]);
      await pause(20);
      return heard.map((at) => at - from);
    },
  };
}
