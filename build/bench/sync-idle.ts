import { setTimeout as pause } from 'node:timers/promises';
import type { BenchPostgres } from './hq-host.ts';
import { startBenchHq } from './hq-host.ts';
import { startPeer } from './peers/children.ts';
import type { BenchDevice } from './sync-devices.ts';
import { followAll, signInFleet } from './sync-fleet.ts';
import { holdFeeds, hqRssOf, rssOf, startBareFeed } from './sync-followers.ts';

const TILLS = 1_000;
/** HQ closes every stream within a minute: after this long each has been opened anew. */
const IDLE_MS = 62_000;
const LOOK_EVERY_MS = 4_000;

type World = {
  readonly hqDatabase: string;
  readonly device: BenchDevice;
  readonly postgres: BenchPostgres;
  readonly peers: { readonly peers: string; readonly folder: string } | null;
};

/** Memory in MB, seen every few seconds; how many streams were open, and the requests HQ answered for them meanwhile. */
export type Idle = {
  readonly pestle: readonly number[];
  readonly pouchdb: readonly number[];
  readonly raw: readonly number[];
  readonly streams: number;
  readonly requests: number;
};

/** A thousand tills that wait, at a fresh HQ node, at a fresh express-pouchdb and at a bare server, all at once. */
export async function idleTills({ hqDatabase, device, postgres, peers }: World): Promise<Idle> {
  const hq = await startBenchHq(hqDatabase);
  const feed = await startBareFeed(await postgres.database('empty'));
  const pouch = peers && (await startPeer('pouch-server.ts', peers));
  if (pouch) await fetch(`${pouch.url}/sales`, { method: 'PUT' });
  const changes = pouch && `${pouch.url}/sales/_changes?feed=continuous&since=now&include_docs=true`;
  const [fleet, pouchFeeds] = await Promise.all([
    signInFleet({ url: hq.url, databaseUrl: hqDatabase, device }, TILLS).then((tills) =>
      followAll({ url: hq.url, tills, onChange: () => {} }),
    ),
    changes === null ? null : holdFeeds(changes, TILLS, () => {}),
  ]);
  const streams = fleet.streams();
  const bareFeeds = await holdFeeds(feed.url, streams, () => {});
  const before = fleet.requests();
  const seen: { pestle: number[]; pouchdb: number[]; raw: number[] } = { pestle: [], pouchdb: [], raw: [] };
  try {
    for (let waited = 0; waited < IDLE_MS; waited += LOOK_EVERY_MS) {
      await pause(LOOK_EVERY_MS);
      seen.pestle.push(await hqRssOf(hq.url));
      if (pouch) seen.pouchdb.push(await rssOf(pouch.url));
      seen.raw.push(await rssOf(feed.url));
      fleet.streams();
    }
    return { ...seen, streams, requests: fleet.requests() - before };
  } finally {
    fleet.stop();
    bareFeeds.stop();
    pouchFeeds?.stop();
    await hq.stop();
    await feed.stop();
    await pouch?.child.stop();
  }
}
