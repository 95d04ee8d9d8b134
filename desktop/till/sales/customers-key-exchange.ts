import type { Database } from 'better-sqlite3';
import type { z } from 'zod';
import {
  leaveKeysReply,
  type leaveKeysRequest,
  mostKeys,
  wantedKeysReply,
} from '#shared/sales/customer-keys.ts';
import type { Log } from '../ports.ts';
import { type Hq, HqError } from '../replication/hq.ts';
import type { Forgetting } from './customers-forget.ts';
import type { CustomerIndex } from './customers-index.ts';
import type { SubjectKeys } from './subject-keys.ts';

type Deps = {
  readonly db: Database;
  readonly keys: SubjectKeys;
  readonly index: CustomerIndex;
  readonly forgetting: Forgetting;
  readonly hq: Pick<Hq, 'put' | 'get'>;
  readonly log: Log;
};

/** Leaves at HQ the keys made here, and fetches those of customers who came from elsewhere. */
export function createKeyExchange({ db, keys, index, forgetting, hq, log }: Deps) {
  const ids = db.prepare<[], string>(`SELECT id FROM customer WHERE NOT deleted`).pluck();
  /** Customers without a key, in the order in which they are asked for; null until somebody has looked. */
  let wanted: Set<string> | null = null;

  async function leave(bearer: string): Promise<void> {
    for (let batch = keys.waiting(mostKeys); batch.length > 0; batch = keys.waiting(mostKeys)) {
      const body: z.infer<typeof leaveKeysRequest> = {
        keys: batch.map(({ subjectId, key }) => ({ subjectId, key: key.toString('base64url') })),
      };
      const reply = await hq.put('/party/keys', body, { schema: leaveKeysReply, bearer });
      for (const subjectId of reply.differs) log.warn('subject-key-differs', { subjectId });
      forgetting.forget(reply.destroyed);
      keys.markAtHq(batch.map(({ subjectId }) => subjectId));
    }
  }

  async function fetchWanted(bearer: string): Promise<void> {
    wanted ??= new Set(ids.all());
    for (const id of wanted) if (keys.isSettled(id)) wanted.delete(id);
    // A till that leaves its keys later than its customers is asked for again; a page of such ends this turn.
    for (let heard = true; heard && wanted.size > 0; ) {
      const asked = [...wanted].slice(0, mostKeys);
      const reply = await hq.get(`/party/keys?ids=${asked.join(',')}`, { schema: wantedKeysReply, bearer });
      keys.keep(reply.keys.map(({ subjectId, key }) => ({ subjectId, key: Buffer.from(key, 'base64url') })));
      forgetting.forget(reply.destroyed);
      heard = reply.keys.length + reply.destroyed.length > 0;
      for (const { subjectId } of reply.keys) index.touch(subjectId);
      for (const id of asked) {
        wanted.delete(id);
        if (!keys.isSettled(id)) wanted.add(id);
      }
    }
  }

  return {
    /** A customer's row has come. */
    expect: (id: string): void => {
      wanted?.add(id);
    },
    /** The table has a new base. */
    reset: (): void => {
      wanted = null;
    },
    /** One turn with HQ: also erases what is still due. @throws HqError where HQ is away */
    async sync(bearer: string): Promise<void> {
      forgetting.settle();
      try {
        await leave(bearer);
        await fetchWanted(bearer);
      } catch (problem) {
        // A token without the scope, an HQ without the endpoint: selling and syncing go on.
        if (!(problem instanceof HqError) || problem.problem.kind === 'unreachable') throw problem;
        log.warn('subject-keys-refused', { code: problem.problem.code });
      }
    },
  };
}
