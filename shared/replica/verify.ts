import type { ChainTools } from './chain.ts';
import { type Envelope, genesisHash, type Sealed } from './changeset.ts';

/** What is wrong with one changeset of a till's journal or of HQ's log, and where it stands. */
export type Finding = {
  readonly where: 'journal' | 'log';
  readonly device: string | null;
  readonly inc: number | null;
  readonly dseq: number | null;
  readonly scope: string | null;
  readonly seq: number | null;
  readonly what: Wrong;
  /** The column, the number or the value meant; '' where the rest says it all. */
  readonly detail: string;
};

export type Wrong =
  | 'NOT_AS_HASHED'
  | 'BAD_SIGNATURE'
  | 'UNKNOWN_KEY'
  | 'UNREADABLE'
  | 'COLUMN_DIFFERS'
  | 'MISSING'
  | 'TWICE'
  | 'CHAIN_BROKEN'
  | 'HEAD_DIFFERS'
  | 'ANSWER_DIFFERS'
  | 'NUMBER_MISSING'
  | 'NUMBER_TWICE'
  | 'OUT_OF_ORDER'
  | 'COUNTED_DIFFERS'
  | 'EPOCH_DIFFERS'
  | 'TIME_DIFFERS'
  | 'NOT_AS_SEALED';

/** A changeset as it lies in a table: its signed text, and what the columns beside it say of it. */
export type Kept = Sealed & {
  readonly device: string;
  readonly inc: number;
  readonly dseq: number;
  readonly scope: string | null;
  readonly seq: number | null;
};

/** A kept changeset that was looked at; `envelope` is null where the text is none or is not what was hashed. */
export type Read<K extends Kept = Kept> = { readonly kept: K; readonly envelope: Envelope | null };

export type ChainEnd = {
  readonly device: string;
  readonly inc: number;
  readonly dseq: number;
  readonly hash: string;
};

export type VerifyTools = ChainTools & {
  /** The Ed25519 key of a device, base64url; null where nobody knows it. */
  readonly keyOf: (device: string) => string | null;
};

/** How a finding about one kept changeset is made. By what was signed where that can be read, else by the columns. */
export function finder(where: Finding['where']) {
  return ({ kept, envelope }: Read, what: Wrong, detail = ''): Finding => {
    const { device, inc, dseq } = envelope ?? kept;
    return { where, device, inc, dseq, scope: kept.scope, seq: kept.seq, what, detail };
  };
}

/** Text against hash, hash against signature, for each by itself. `unreadable`: texts that need be no envelope (quarantine). */
export function readKept<K extends Kept>(
  kept: readonly K[],
  { where, unreadable = false }: { readonly where: Finding['where']; readonly unreadable?: boolean },
  tools: VerifyTools,
): { readonly read: readonly Read<K>[]; readonly findings: readonly Finding[] } {
  const found = finder(where);
  const findings: Finding[] = [];
  const read = kept.map((one): Read<K> => {
    const hashed = tools.sha256Hex(one.text) === one.hash;
    const opened = hashed ? tools.open(one.text) : null;
    const reading = { kept: one, envelope: opened?.ok ? opened.value : null };
    if (!hashed) findings.push(found(reading, 'NOT_AS_HASHED'));
    if (opened && !opened.ok && !unreadable) findings.push(found(reading, 'UNREADABLE', opened.error.code));
    const key = tools.keyOf(reading.envelope?.device ?? one.device);
    if (key === null) findings.push(found(reading, 'UNKNOWN_KEY'));
    else if (!tools.verify(key, one.hash, one.sig)) findings.push(found(reading, 'BAD_SIGNATURE'));
    return reading;
  });
  return { read, findings };
}

/** Columns that are copies of what was signed must be what was signed. */
export function columnFindings(
  reading: Read,
  where: Finding['where'],
  columns: Readonly<Record<string, readonly [kept: unknown, signed: unknown]>>,
): Finding[] {
  const found = finder(where);
  return Object.entries(columns).flatMap(([name, [kept, signed]]) =>
    kept === signed ? [] : [found(reading, 'COLUMN_DIFFERS', name)],
  );
}

/**
 * Every chain from its first changeset on: none missing, none twice, each naming the hash of the one before, and ended
 * by what is written down as its end. An end for which there is no changeset at all is a chain cut off whole.
 */
export function chainFindings(
  read: readonly Read[],
  ends: readonly ChainEnd[],
  where: Finding['where'],
): Finding[] {
  const chains = new Map<string, Read[]>();
  for (const one of read) {
    const { device, inc } = one.envelope ?? one.kept;
    const key = `${device}/${inc}`;
    const chain = chains.get(key);
    if (chain) chain.push(one);
    else chains.set(key, [one]);
  }
  const known = new Map(ends.map((end) => [`${end.device}/${end.inc}`, end]));
  const empty = ends.filter(({ device, inc, dseq }) => dseq > 0 && !chains.has(`${device}/${inc}`));
  return [
    ...[...chains].flatMap(([key, chain]) => oneChain(chain, known.get(key) ?? null, where)),
    ...empty.map((end) => atEnd(end, where, 'MISSING', 'the whole chain')),
  ];
}

function oneChain(chain: readonly Read[], end: ChainEnd | null, where: Finding['where']): Finding[] {
  const walk = chainWalk(where);
  const dseqOf = ({ kept, envelope }: Read) => (envelope ?? kept).dseq;
  const ordered = [...chain].sort((a, b) => dseqOf(a) - dseqOf(b));
  return [...ordered.flatMap(walk.step), ...walk.end(end)];
}

/** One chain, changeset by changeset in the order of their numbers; nothing of it is held but the last. */
export function chainWalk(where: Finding['where']) {
  const found = finder(where);
  let before = { dseq: 0, hash: genesisHash };
  let last: Read | null = null;
  return {
    step(one: Read): Finding[] {
      const { dseq } = one.envelope ?? one.kept;
      const findings =
        dseq === before.dseq
          ? [found(one, 'TWICE')]
          : dseq > before.dseq + 1
            ? [found(one, 'MISSING', `${before.dseq + 1} to ${dseq - 1}`)]
            : one.envelope && one.envelope.prevHash !== before.hash
              ? [found(one, 'CHAIN_BROKEN')]
              : [];
      before = { dseq, hash: one.kept.hash };
      last = one;
      return findings;
    },
    /** `end`: what is written down as the chain's end, null where nothing is. */
    end(end: ChainEnd | null): Finding[] {
      if (last && !end) return [found(last, 'HEAD_DIFFERS', 'no end is written down')];
      if (end && end.dseq > before.dseq)
        return [atEnd(end, where, 'MISSING', last ? `${before.dseq + 1} to ${end.dseq}` : 'the whole chain')];
      if (!last || !end || (end.dseq === before.dseq && end.hash === before.hash)) return [];
      return [found(last, 'HEAD_DIFFERS', `the end is said to be ${end.dseq}`)];
    },
  };
}

const atEnd = (
  { device, inc, dseq }: ChainEnd,
  where: Finding['where'],
  what: Wrong,
  detail: string,
): Finding => ({ where, device, inc, dseq, scope: null, seq: null, what, detail });
