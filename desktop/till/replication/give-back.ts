import type { Sealed } from '#shared/replica/changeset.ts';
import { type HeadsReply, maxBatch, type PushReply, pushReply } from '#shared/replica/wire.ts';
import type { Store } from '../store/store.ts';
import { takeAnswersInTurn } from './answers.ts';
import type { Hq } from './hq.ts';
import type { createJournal } from './journal.ts';

type Deps = { readonly store: Store; readonly hq: Hq; readonly journal: ReturnType<typeof createJournal> };
type Chained = Sealed & { readonly device: string; readonly inc: number; readonly dseq: number };

/**
 * HQ was restored from a backup: what it lost of our own chain waits again, and what we hold of others' goes up as they
 * signed it, so that it comes back also where their disks are dead. Done before any snapshot is taken.
 */
export function createGiveBack({ store, hq, journal }: Deps) {
  const held = store.db.prepare<[], Chained>(
    `SELECT device, inc, dseq, text, hash, sig FROM held_change ORDER BY device, inc, dseq`,
  );

  const early = store.db.prepare<[], Chained>(
    `SELECT device, inc, dseq, text, hash, sig FROM pending_change ORDER BY device, inc, dseq`,
  );

  /** Sends the changesets of one chain, batch by batch, and hands on what HQ said of them. */
  async function relay(
    chain: readonly Chained[],
    bearer: string,
    heard: (reply: PushReply, sent: readonly Chained[]) => Promise<void> | void,
  ) {
    const [first] = chain;
    if (!first) return;
    const { device, inc } = first;
    for (const piece of pieces(chain)) {
      const changesets = piece.map(({ text, hash, sig }) => ({ text, hash, sig }));
      const reply = await hq.post('/sync/relay', { device, inc, changesets }, { schema: pushReply, bearer });
      await heard(reply, piece);
    }
  }

  return {
    async giveBack({ heads, beyond }: HeadsReply, bearer: string): Promise<void> {
      const ends = new Map(heads.map(({ device, inc, dseq }) => [`${device}/${inc}`, dseq]));
      const there = new Set(beyond.map(({ device, inc, dseq }) => `${device}/${inc}/${dseq}`));
      for (const inc of journal.incarnations())
        journal.reopenBehind(
          inc,
          heads.find((head) => head.inc === inc && head.device === store.identity.deviceOf(inc)),
        );
      const lost: Chained[] = [];
      for (const one of held.iterate()) {
        const key = `${one.device}/${one.inc}`;
        if (one.dseq > (ends.get(key) ?? 0) && !there.has(`${key}/${one.dseq}`)) lost.push(one);
      }
      for (const chain of chainsOf(lost)) await relay(chain, bearer, () => {});
    },

    /**
     * What others handed us before HQ numbered it goes up before anything of ours: ours may stand on it, and its author's
     * disk may be dead. What HQ refuses of it leaves the overlay, and what it passes over: it has another under that
     * number. Nothing else says so: behind a number that came, an earlier one may still be on its way.
     */
    async handUp(bearer: string): Promise<void> {
      for (const chain of chainsOf(early.all()))
        await relay(chain, bearer, ({ verdicts }, sent) => {
          const taken = new Set(
            verdicts
              .filter(({ verdict, first }) => verdict !== 'refused' && first !== 'refused')
              .map(({ dseq }) => dseq),
          );
          store.transact('early answered', () => {
            for (const one of sent) if (!taken.has(one.dseq)) store.replica.refusePending(one);
          });
        });
    },

    /**
     * Before a new incarnation: what waits below a number that HQ has otherwise is what another machine with our disk
     * may have sent. HQ answers it as it is; made again it would be there twice, and a base whose sums have it without
     * its rows would count it twice.
     */
    async settleShared(below: number, bearer: string): Promise<void> {
      const { device, inc } = store.identity.read();
      for (let settled = 1; settled > 0; ) {
        settled = 0;
        const chain = journal.waitingBelow(inc, below).map((one) => ({ ...one, device, inc }));
        await relay(chain, bearer, ({ verdicts }) => {
          settled += verdicts.length;
          return takeAnswersInTurn(store, journal, verdicts, inc);
        });
      }
    },

    /** What waits of our own ended chains: an earlier incarnation's, or a device's that this till has been. */
    async sendEnded(bearer: string): Promise<void> {
      const { inc } = store.identity.read();
      for (
        let some = journal.ofEnded(inc, maxBatch);
        some.length > 0;
        some = journal.ofEnded(inc, maxBatch)
      ) {
        const of = some[0]?.inc ?? 0;
        const device = store.identity.deviceOf(of);
        const chain = some.filter((one) => one.inc === of).map((one) => ({ ...one, device }));
        let settled = 0;
        await relay(chain, bearer, ({ verdicts }) => {
          settled += verdicts.length;
          return takeAnswersInTurn(store, journal, verdicts, of);
        });
        // Under those numbers HQ has something else: it is made again.
        if (settled === 0) store.transact('made again', () => store.replica.makeAgain(of));
      }
    },
  };
}

const chainsOf = (some: readonly Chained[]): Iterable<Chained[]> =>
  Map.groupBy(some, ({ device, inc }) => `${device}/${inc}`).values();

const PIECE_BYTES = 900_000;

function* pieces(chain: readonly Chained[]): Generator<readonly Chained[]> {
  let piece: Chained[] = [];
  let bytes = 0;
  for (const one of chain) {
    if (piece.length === maxBatch || (piece.length > 0 && bytes + one.text.length > PIECE_BYTES)) {
      yield piece;
      [piece, bytes] = [[], 0];
    }
    piece.push(one);
    bytes += one.text.length;
  }
  if (piece.length > 0) yield piece;
}
