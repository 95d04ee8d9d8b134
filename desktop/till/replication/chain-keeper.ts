import { z } from 'zod';
import { headsReply, incarnationReply } from '#shared/replica/wire.ts';
import type { TillPorts } from '../ports.ts';
import type { Store } from '../store/store.ts';
import type { createGiveBack } from './give-back.ts';
import { type Hq, HqError } from './hq.ts';
import type { createJournal } from './journal.ts';
import type { createStanding } from './standing.ts';

type Deps = Pick<TillPorts, 'log'> & {
  readonly store: Store;
  readonly hq: Hq;
  readonly journal: ReturnType<typeof createJournal>;
  readonly giveBack: ReturnType<typeof createGiveBack>;
  readonly standing: ReturnType<typeof createStanding>;
  readonly token: () => Promise<string>;
  readonly onRenew: (why: 'fork' | 'restored') => void;
};

/** Keeps our chain one with what HQ has of it: where the two have come apart, it goes on where both agree. */
export function createChainKeeper({ store, hq, journal, giveBack, standing, token, log, onRenew }: Deps) {
  const inc = () => store.identity.read().inc;
  /** Whether this process has asked HQ how far it has our chain. */
  let introduced = false;
  /** The epoch of a restored HQ that has been told all of our chain while it limits us. */
  let toldAgain: string | null = null;

  return { introduce, mend, tellAgain };

  /**
   * The first contact of a process: HQ has more of our chain than we (a database brought back from a backup), or we took
   * an incarnation for ourselves while it was away.
   */
  async function introduce(): Promise<void> {
    if (introduced) return;
    const bearer = await token();
    if (hq.limit() === null) {
      const me = store.identity.read();
      const { heads } = await hq.get('/sync/heads', { schema: headsReply, bearer });
      const end = heads.find((head) => head.device === me.device && head.inc === me.inc);
      if (standing.knownInc(me.inc) !== me.inc) await renew('restored', me.inc);
      else if (end && end.dseq > me.dseq) {
        await giveBack.settleShared(end.dseq, bearer);
        await renew('restored');
      } else standing.keepInc(me.inc);
    }
    introduced = true;
  }

  /** Goes on under another incarnation, in which what was not sent is made again. */
  async function renew(why: 'fork' | 'restored', wanted?: number): Promise<void> {
    onRenew(why);
    const body = { why, ...(wanted !== undefined && { wanted }) };
    const granted = await hq.post('/device/incarnation', body, {
      ...{ schema: incarnationReply, bearer: await token() },
    });
    store.transact('new incarnation', () => {
      if (granted.inc !== inc()) store.replica.reincarnate(granted.inc);
      standing.keepInc(granted.inc);
    });
    log.warn('new-incarnation', { why, inc: granted.inc });
    hq.forgetToken();
  }

  /** Whether a refused push can go on at once: from where HQ says, or under a new incarnation. */
  async function mend(problem: unknown): Promise<boolean> {
    if (!(problem instanceof HqError) || problem.problem.kind !== 'refused') return false;
    const { code, detail } = problem.problem;
    const gap = gapSchema.safeParse(detail);
    if (code === 'GAP' && gap.success)
      return journal.reopenBehind(inc(), { dseq: gap.data.after, hash: gap.data.hash }) > 0;
    if (code !== 'FORK' || hq.limit() !== null) return false;
    const fork = forkSchema.safeParse(detail);
    if (fork.success) await giveBack.settleShared(fork.data.dseq, await token());
    await renew('fork');
    return true;
  }

  /**
   * A restored HQ from which we may not read, not even where our chain stands: all of it goes up once more, and what
   * HQ has it says. What we hold of others' stays until we may speak of them again. True where
   * something waits again.
   */
  function tellAgain(epoch: string): boolean {
    if (!standing.isOtherEpoch(epoch) || toldAgain === epoch) return false;
    toldAgain = epoch;
    return journal.reopenBehind(inc(), undefined) > 0;
  }
}

const forkSchema = z.object({ dseq: z.int() });
const gapSchema = z.object({ after: z.int(), hash: z.string() });
