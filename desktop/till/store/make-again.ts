import type { Database, Statement } from 'better-sqlite3';
import { openEnvelope, type Sealer, seal } from '#shared/replica/changeset.ts';
import type { Origin, RegisterChange } from '#shared/replica/merge.ts';
import { storeScope } from '#shared/tables/scope.ts';
import type { IdentityStore } from './identity.ts';

type Deps = {
  readonly identity: IdentityStore;
  readonly sealer: Sealer;
  /** Adds an entry to the journal, waiting. */
  readonly write: Statement;
  readonly dropPending: (origin: Origin) => void;
  readonly layPending: (change: RegisterChange, origin: Origin, hlc: string) => void;
};

/**
 * Makes what was not sent of an ended chain again in ours: the same changes, times and transaction. Facts keep their
 * ids, so what HQ had after all is there once (shared/replica/counted-before.ts).
 */
export function createMakingAgain(db: Database, { identity, sealer, write, dropPending, layPending }: Deps) {
  const supersede = db.prepare(`UPDATE journal SET state = 'superseded' WHERE inc = ? AND dseq = ?`);
  const unsent = db.prepare<[number], Unsent>(
    `SELECT dseq, text, subject_id AS subjectId, made_at AS madeAt FROM journal WHERE inc = ? AND state = 'waiting' ORDER BY dseq`,
  );
  return (ended: number): void => {
    const me = identity.read();
    let { dseq, headHash } = me;
    for (const old of unsent.all(ended)) {
      const opened = openEnvelope(old.text);
      if (!opened.ok) throw new Error(`#${old.dseq} of our own journal cannot be read`);
      dseq += 1;
      const origin = { device: me.device, inc: me.inc, dseq };
      const envelope = { ...opened.value, ...origin, prevHash: headHash };
      const { text, hash, sig } = seal(envelope, sealer);
      const { scope, type, hlc } = envelope;
      supersede.run(ended, old.dseq);
      write.run(me.inc, dseq, scope, type, hlc, text, hash, sig, old.subjectId, old.madeAt);
      dropPending({ device: opened.value.device, inc: ended, dseq: old.dseq });
      // Of a store this till has left there is nothing to lie over.
      if (!scope.startsWith('store:') || scope === storeScope(me.storeId))
        for (const change of envelope.body.changes)
          if (change.op !== 'insert') layPending(change, origin, hlc);
      headHash = hash;
    }
    identity.advance(dseq, headHash, me.hlc);
  };
}

type Unsent = {
  readonly dseq: number;
  readonly text: string;
  readonly subjectId: string | null;
  readonly madeAt: number;
};
