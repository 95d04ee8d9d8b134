import type { Sealed } from '#shared/replica/changeset.ts';
import { type HeadsReply, maxBatch, type PushReply, pushReply } from '#shared/replica/wire.ts';
import type { Store } from '../store/store.ts';
import { takeAnswers } from './answers.ts';
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
  async function relay(chain: readonly Chained[], bearer: string, heard: (reply: PushReply) => void) {
    const [first] = chain;
    if (!first) return;
    const { device, inc } = first;
    for (const piece of pieces(chain)) {
      const changesets = piece.map(({ text, hash, sig }) => ({ text, hash, sig }));
      heard(await hq.post('/sync/relay', { device, inc, changesets }, { schema: pushReply, bearer }));
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
     * disk may be dead. What HQ refuses of it leaves the overlay.
     */
    async handUp(bearer: string): Promise<void> {
      for (const chain of chainsOf(early.all()))
        await relay(chain, bearer, ({ verdicts }) => {
          const { device = '', inc = 0 } = chain[0] ?? {};
          store.transact('early answered', () => {
            for (const { dseq, verdict, first } of verdicts)
              if (verdict === 'refused' || first === 'refused')
                store.replica.refusePending({ device, inc, dseq });
          });
        });
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
          takeAnswers(store, journal, verdicts, of);
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
