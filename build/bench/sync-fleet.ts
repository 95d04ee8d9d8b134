import { randomUUID } from 'node:crypto';
import { Agent, get, type IncomingMessage } from 'node:http';
import { openPool } from './hq-host.ts';
import type { BenchDevice, SignedIn } from './sync-devices.ts';

/** Tills that follow HQ and do nothing else: devices of their own at HQ, their connections in this process. */
export type Fleet = {
  /** Requests sent since the fleet was opened, and streams open now. */
  readonly requests: () => number;
  readonly streams: () => number;
  readonly stop: () => void;
};

/**
 * Signs `count` devices in at HQ: copies of one that is enrolled, put into HQ's table straight away, because an org of a
 * thousand tills takes a thousand codes.
 */
export async function signInFleet(
  {
    url,
    databaseUrl,
    device,
  }: { readonly url: string; readonly databaseUrl: string; readonly device: BenchDevice },
  count: number,
): Promise<readonly SignedIn[]> {
  const ids = Array.from({ length: count }, () => randomUUID());
  const pool = openPool(databaseUrl, 1);
  await pool.query(
    `INSERT INTO device SELECT (jsonb_populate_record(d, jsonb_build_object('id', fresh.id))).*
       FROM device d, unnest($2::text[]) AS fresh(id) WHERE d.id = $1`,
    [device.identity.device, ids],
  );
  await pool.end();
  const signedIn: SignedIn[] = [];
  for (let at = 0; at < count; at += 20)
    signedIn.push(...(await Promise.all(ids.slice(at, at + 20).map((id) => device.signInAs(url, id)))));
  return signedIn;
}

type Following = {
  readonly url: string;
  readonly tills: readonly SignedIn[];
  /** A change came over one of the streams; `atMs` by performance.now. */
  readonly onChange: (scope: string, atMs: number) => void;
};

/**
 * Every till follows every scope of its token over SSE as Electric's client does (offset, handle, cursor; a stream HQ has
 * closed is asked for again), with a reader that only looks for changes: two hundred whole clients in one process would
 * measure themselves. Resolves when all streams are open.
 */
export async function followAll({ url, tills, onChange }: Following): Promise<Fleet> {
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
  const open = new Set<IncomingMessage>();
  let requests = 0;
  let stopped = false;

  const ask = (path: string, token: string): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      requests += 1;
      const headers = { authorization: `Bearer ${token}`, accept: 'text/event-stream' };
      get(new URL(path, url), { agent, headers }, resolve).on('error', reject);
    });

  /** One live stream to its end; where it got to. */
  const stream = async (place: Place, token: string, opened: () => void): Promise<Place> => {
    const response = await ask(shapePath(place, true), token);
    if (response.statusCode !== 200) throw new Error(`HQ ended a stream with ${response.statusCode}`);
    open.add(response);
    opened();
    let { offset } = place;
    try {
      for await (const line of linesOf(response)) {
        const message = messageOf(line);
        if (message?.headers?.operation === 'insert') onChange(place.scope, performance.now());
        offset = message ? offsetAfter(message) : offset;
      }
    } finally {
      open.delete(response);
    }
    return { ...place, offset, cursor: header(response, 'electric-cursor') };
  };

  const followOne = async ({ token }: SignedIn, scope: string, opened: () => void): Promise<void> => {
    const first = await ask(shapePath({ scope, offset: 'now', handle: '', cursor: '' }, false), token);
    first.resume();
    let place: Place = {
      ...{ scope, offset: header(first, 'electric-offset'), handle: header(first, 'electric-handle') },
      cursor: '',
    };
    while (!stopped) place = await stream(place, token, opened);
  };

  const failures: unknown[] = [];
  const all = tills.flatMap((till) => till.scopes.map((scope) => ({ till, scope })));
  // A few dozen at a time, as tills come up: a thousand at once would measure the storm.
  for (let at = 0; at < all.length; at += 60)
    await Promise.all(
      all.slice(at, at + 60).map(
        ({ till, scope }) =>
          new Promise<void>((opened, failed) => {
            followOne(till, scope, opened).catch((problem: unknown) => {
              if (!stopped) failures.push(problem);
              failed(problem);
            });
          }),
      ),
    );
  return {
    requests: () => requests,
    streams: () => {
      if (failures.length > 0) throw failures[0];
      return open.size;
    },
    stop() {
      stopped = true;
      agent.destroy();
    },
  };
}

type Place = {
  readonly scope: string;
  readonly offset: string;
  readonly handle: string;
  readonly cursor: string;
};
type Message = {
  readonly value?: { readonly seq: string };
  readonly headers?: { readonly operation?: string; readonly global_last_seen_lsn?: string };
};

function shapePath({ scope, offset, handle, cursor }: Place, live: boolean): string {
  const query = new URLSearchParams({ table: 'change_log', scope, offset });
  if (handle) query.set('handle', handle);
  if (cursor) query.set('cursor', cursor);
  if (live) {
    query.set('live', 'true');
    query.set('live_sse', 'true');
  }
  return `/v1/shape?${query}`;
}

/** What a stream brings, line by line, as soon as a line is whole. */
export async function* linesOf(response: IncomingMessage): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of response.setEncoding('utf8')) {
    const lines = `${rest}${String(chunk)}`.split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}

const messageOf = (line: string): Message | null =>
  line.startsWith('data: ') ? JSON.parse(line.slice(6)) : null;

function offsetAfter({ value, headers }: Message): string {
  return `${headers?.global_last_seen_lsn ?? value?.seq}_0`;
}

const header = (response: IncomingMessage, name: string): string => String(response.headers[name] ?? '');
