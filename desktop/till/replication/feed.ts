import { type Message, type Offset, ShapeStream } from '@electric-sql/client';
import { shapeHandle } from '#shared/replica/shape-handle.ts';
import { changesReply, type FeedRow, feedRow } from '#shared/replica/wire.ts';
import { sha256Hex } from '../store/crypto.ts';

/** Numbered changesets of a scope as they come: two real implementations, Electric's client and plain polling. */
export type ChangeFeed = (subscription: Subscription) => void;

export type Subscription = {
  readonly hqUrl: string;
  readonly scope: string;
  /** The cursor of record: our own, committed with the rows. */
  readonly from: { readonly seq: number; readonly epoch: string };
  /** How often HQ has sent this process to a new snapshot: Electric's client wants another handle each time. */
  readonly alias: number;
  readonly token: () => Promise<string>;
  readonly fetch: typeof globalThis.fetch;
  readonly signal: AbortSignal;
  /** Called in order, one call at a time. What it throws ends the subscription. */
  readonly onRows: (rows: readonly FeedRow[]) => Promise<void>;
  /** Everything up to now was delivered. */
  readonly onCurrent: () => void;
  readonly onEnd: (why: 'must-refetch' | 'failed', problem?: unknown) => void;
};

/** Changesets of one answer: what is unpacked and parsed in one go, while the cashier waits. */
const MOST = 100;

/**
 * Electric's protocol through its own client. Its offset runs ahead of what was applied and a subscriber that throws
 * does not stop it, so here the first failure aborts the stream and the caller starts anew from the stored cursor.
 */
export const electricFeed: ChangeFeed = ({
  hqUrl,
  scope,
  from,
  alias,
  token,
  fetch,
  signal,
  onRows,
  onCurrent,
  onEnd,
}) => {
  const abort = new AbortController();
  let ended = false;
  const end = (why: 'must-refetch' | 'failed', problem?: unknown) => {
    if (ended) return;
    ended = true;
    abort.abort();
    if (!signal.aborted) onEnd(why, problem);
  };
  signal.addEventListener('abort', () => abort.abort(), { once: true });
  const stream = new ShapeStream({
    url: new URL('/v1/shape', hqUrl).href,
    params: { table: 'change_log', scope, most: String(MOST) },
    headers: { authorization: async () => `Bearer ${await token()}` },
    offset: `${from.seq}_0` as Offset,
    handle: shapeHandle(sha256Hex, { epoch: from.epoch, scope }, alias),
    liveSse: true,
    signal: abort.signal,
    fetchClient: fetch,
    onError: (problem) => {
      end('failed', problem);
    },
  });
  stream.subscribe(
    async (messages) => {
      if (ended) return;
      try {
        if (messages.some(isRefetch)) return end('must-refetch');
        const rows = messages.flatMap((m) => ('value' in m ? [feedRow.parse(m.value)] : []));
        if (rows.length > 0) await onRows(rows);
        if (messages.some(isCurrent)) onCurrent();
      } catch (problem) {
        end('failed', problem);
      }
    },
    (problem) => end('failed', problem),
  );
};

const isRefetch = (message: Message): boolean => message.headers.control === 'must-refetch';
const isCurrent = (message: Message): boolean => message.headers.control === 'up-to-date';

const PAGE = 1000;

/** `GET /sync/changes`, asked again and again: where a proxy in between breaks long answers. */
export const plainFeed: ChangeFeed = ({
  hqUrl,
  scope,
  from,
  token,
  fetch,
  signal,
  onRows,
  onCurrent,
  onEnd,
}) => {
  const work = async () => {
    let after = from.seq;
    while (!signal.aborted) {
      const url = new URL(
        `/sync/changes?scope=${encodeURIComponent(scope)}&after=${after}&limit=${PAGE}`,
        hqUrl,
      );
      const response = await fetch(url, { signal, headers: { authorization: `Bearer ${await token()}` } });
      if (response.status === 409) return onEnd('must-refetch');
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      const { rows, epoch } = changesReply.parse(await response.json());
      if (epoch !== from.epoch) return onEnd('must-refetch');
      if (rows.length > 0) await onRows(rows);
      after = Number(rows.at(-1)?.seq ?? after);
      if (rows.length < PAGE) {
        onCurrent();
        await pause(1_000, signal);
      }
    }
  };
  work().catch((problem) => {
    if (!signal.aborted) onEnd('failed', problem);
  });
};

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
