import type { ChainEnd } from '#shared/replica/chain.ts';
import type { Envelope, Row, Sealed } from '#shared/replica/changeset.ts';
import { zeroHlc } from '#shared/replica/hlc.ts';
import type { LogDigest } from '#shared/replica/log-digest.ts';
import type { RegisterRow } from '#shared/replica/merge.ts';
import type { Answered } from '#shared/replica/plan.ts';

/** A changeset as HQ has numbered it. */
export type Logged = {
  readonly scope: string;
  readonly seq: number;
  readonly epoch: string;
  readonly effHlc: string;
  /** HQ's time when it numbered this; 0 where nobody wrote it down. */
  readonly at: number;
  /** Of the log up to here. */
  readonly digest: LogDigest;
  readonly sealed: Sealed;
  readonly envelope: Envelope;
  /** Its stock movements that stood in the log before it. */
  readonly counted: readonly string[];
};
export type Quarantined = {
  readonly device: string;
  readonly inc: number;
  readonly dseq: number;
  readonly scope: string;
  readonly reason: string;
  readonly sealed: Sealed;
};

/** All HQ knows: what a backup holds. Values are never changed in place, so a copy of the maps is a copy. */
export type HqImage = {
  readonly epoch: string;
  /** HQ's own incarnation and clock. */
  readonly inc: number;
  readonly hlc: string;
  readonly log: ReadonlyMap<string, readonly Logged[]>;
  readonly floors: ReadonlyMap<string, number>;
  readonly registers: ReadonlyMap<string, RegisterRow>;
  readonly facts: ReadonlyMap<string, Row>;
  readonly onHand: ReadonlyMap<string, OnHand>;
  readonly heads: ReadonlyMap<string, ChainEnd>;
  readonly seen: ReadonlyMap<string, ReadonlyMap<number, Answered>>;
  readonly quarantine: readonly Quarantined[];
  /** The stores each device has stood in. */
  readonly stood: ReadonlyMap<string, ReadonlySet<string>>;
  /** Who held which role at which store, and what the roles allowed, since when. */
  readonly periods: Periods;
};
export type Periods = { readonly staff: readonly Row[]; readonly roles: readonly Row[] };
export type OnHand = {
  readonly storeId: string;
  readonly batchId: string;
  readonly packId: string;
  readonly qtyBase: number;
};
export const emptyImage: HqImage = {
  ...{ epoch: 'epoch-1', inc: 1, hlc: zeroHlc, log: new Map(), floors: new Map(), registers: new Map() },
  ...{ facts: new Map(), onHand: new Map(), heads: new Map(), seen: new Map(), quarantine: [] },
  stood: new Map(),
  periods: { staff: [], roles: [] },
};
