import { Agent, get, type IncomingMessage } from 'node:http';
import { type Child, startChild } from '../child.ts';
import { readyOf } from './hq-host.ts';
import { linesOf } from './sync-fleet.ts';

/** Open answers of a server that feeds everyone who asks: what stands beside HQ's own followers. */
export type Feeds = { readonly open: () => number; readonly stop: () => void };

/**
 * Holds `count` requests of one address open, all asked at once (express-pouchdb begins its answer only after seconds);
 * `onLine` gets every line that is none of a feed's own bookkeeping.
 */
export async function holdFeeds(url: string, count: number, onLine: () => void): Promise<Feeds> {
  const agent = new Agent({ maxSockets: Number.POSITIVE_INFINITY });
  const open = new Set<IncomingMessage>();
  const hold = () =>
    new Promise<void>((resolve, reject) => {
      get(url, { agent }, async (response) => {
        open.add(response);
        resolve();
        try {
          for await (const line of linesOf(response)) if (line.includes('{')) onLine();
        } catch {
          // The bench has let go of it, or the server has: `open` says how many are left.
        } finally {
          open.delete(response);
        }
      }).on('error', reject);
    });
  await Promise.all(Array.from({ length: count }, hold));
  return { open: () => open.size, stop: () => agent.destroy() };
}

export type BareFeed = { readonly url: string; readonly stop: () => Promise<void> };

/** sync-bare-feed.ts on a database of its own. */
export async function startBareFeed(databaseUrl: string): Promise<BareFeed> {
  const child: Child = startChild({
    name: 'The bare feed',
    file: 'build/bench/sync-bare-feed.ts',
    args: [],
    env: { DATABASE_URL: databaseUrl },
    graceMs: 3_000,
    say: () => {},
  });
  return { url: (await readyOf(child)).url, stop: child.stop };
}

/** Resident memory in MB as the process itself says it. */
export async function rssOf(url: string): Promise<number> {
  return Number(await (await fetch(`${url}/_rss`)).text()) / 1024 / 1024;
}

/** Resident memory of HQ in MB, from its metrics. */
export async function hqRssOf(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\S+)/m.exec(text)?.[1] ?? 0) / 1024 / 1024;
}
