import type { Envelope } from './changeset.ts';
import { hlcMs } from './hlc.ts';
import {
  type ChainEnd,
  chainFindings,
  chainWalk,
  columnFindings,
  type Finding,
  finder,
  type Kept,
  type Read,
  readKept,
  type VerifyTools,
} from './verify.ts';

/** A till's journal as it lies on its disk. `end`: what the till's identity says of its chain. */
export type JournalCopy = {
  readonly rows: readonly JournalRow[];
  readonly ends: readonly ChainEnd[];
};

/** A row of `journal`; `device` is the till's own, which the table does not repeat. */
export type JournalRow = Kept & {
  readonly type: string;
  readonly hlc: string;
  readonly state: string;
  readonly reason: string | null;
  readonly subjectId: string | null;
  readonly madeAt: number;
};

type JournalTools = VerifyTools & {
  /** The document a changeset must name as its subject (the id of the sale in it); null where it may name none. */
  readonly subjectOf: (envelope: Envelope) => string | null;
};

/**
 * Everything about a till's journal that can be found out without HQ. Not covered by any signature are `state` and
 * `reason`: what HQ answered. Those are held against HQ's own record by `compareWithHq`.
 */
export function verifyJournal({ rows, ends }: JournalCopy, tools: JournalTools): readonly Finding[] {
  const { read, findings } = readKept(rows, { where: 'journal' }, tools);
  const mentioned = textsByTransaction(read);
  return [
    ...findings,
    ...read.flatMap((one) => (one.envelope ? rowFindings(one, one.envelope, { tools, mentioned }) : [])),
    ...chainFindings(read, ends, 'journal'),
  ];
}

/**
 * The same for a journal too long to hold: rows come in any pieces, in the order of `inc` and `dseq`, so that the parts
 * of a transaction follow each other. `take` gives what is found so far, `end` the rest.
 */
export function journalCheck(tools: JournalTools) {
  const walks = new Map<string, ReturnType<typeof chainWalk>>();
  /** The last transaction: more of it may come. */
  let held: readonly Read<JournalRow>[] = [];
  const walkOf = ({ kept, envelope }: Read): ReturnType<typeof chainWalk> => {
    const { device, inc } = envelope ?? kept;
    const key = `${device}/${inc}`;
    const walk = walks.get(key) ?? chainWalk('journal');
    walks.set(key, walk);
    return walk;
  };
  const judged = (read: readonly Read<JournalRow>[]): Finding[] => {
    const mentioned = textsByTransaction(read);
    return read.flatMap((one) => (one.envelope ? rowFindings(one, one.envelope, { tools, mentioned }) : []));
  };
  return {
    take(rows: readonly JournalRow[]): readonly Finding[] {
      const { read, findings } = readKept(rows, { where: 'journal' }, tools);
      const steps = read.flatMap((one) => walkOf(one).step(one));
      const all = [...held, ...read];
      const tx = all.at(-1)?.envelope?.tx;
      const from = all.findLastIndex(({ envelope }) => envelope === null || envelope.tx !== tx) + 1;
      held = all.slice(from);
      return [...findings, ...judged(all.slice(0, from)), ...steps];
    },
    end(ends: readonly ChainEnd[]): readonly Finding[] {
      const known = new Map(ends.map((end) => [`${end.device}/${end.inc}`, end]));
      const untold = ends.filter(({ device, inc }) => !walks.has(`${device}/${inc}`));
      return [
        ...judged(held),
        ...[...walks].flatMap(([key, walk]) => walk.end(known.get(key) ?? null)),
        ...untold.flatMap((end) => chainWalk('journal').end(end)),
      ];
    },
  };
}

function rowFindings(
  one: Read<JournalRow>,
  envelope: Envelope,
  { tools, mentioned }: { readonly tools: JournalTools; readonly mentioned: ReadonlyMap<string, string> },
): Finding[] {
  const { kept } = one;
  const found = finder('journal');
  const subject = tools.subjectOf(envelope);
  const named =
    kept.subjectId === null || mentioned.get(envelope.tx)?.includes(JSON.stringify(kept.subjectId)) === true;
  return [
    ...columnFindings(one, 'journal', {
      device: [kept.device, envelope.device],
      inc: [kept.inc, envelope.inc],
      dseq: [kept.dseq, envelope.dseq],
      scope: [kept.scope, envelope.scope],
      type: [kept.type, envelope.type],
      hlc: [kept.hlc, envelope.hlc],
    }),
    ...(isDated(kept, envelope) ? [] : [found(one, 'COLUMN_DIFFERS', 'made_at')]),
    ...((subject !== null && kept.subjectId !== subject) || !named
      ? [found(one, 'COLUMN_DIFFERS', 'subject_id')]
      : []),
    ...(answers.has(kept.state) ? [] : [found(one, 'COLUMN_DIFFERS', 'state')]),
  ];
}
const answers = new Set(['waiting', 'at-hq', 'refused', 'dismissed', 'superseded']);

/** The time a changeset was made and the time it was stamped are two readings of a clock, moments apart. */
const MOMENT_MS = 5_000;

/** `made_at` is till time, as is the stamp: its very millisecond, unless the stamp had to run ahead of the clock. */
function isDated({ madeAt, hlc }: JournalRow, { at, skew }: Envelope): boolean {
  if (Math.abs(madeAt - (at - (skew ?? 0))) > MOMENT_MS) return false;
  const ahead = !hlc.endsWith('0000') || hlcMs(hlc) - madeAt > MOMENT_MS;
  return ahead || madeAt === hlcMs(hlc);
}

/** A subject may stand in another part of its transaction. */
function textsByTransaction(read: readonly Read[]): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const { kept, envelope } of read)
    if (envelope) texts.set(envelope.tx, `${texts.get(envelope.tx) ?? ''}${kept.text}`);
  return texts;
}

/** What HQ has answered one changeset, for ever: a row of `change_seen`. */
export type Answer = ChainEnd & { readonly verdict: string; readonly reason: string | null };

/** What HQ has answered, and what of it lies in quarantine; what is no longer open there was decided by a person. */
type HqRecord = {
  readonly answers: readonly Answer[];
  readonly quarantine: readonly (Omit<ChainEnd, 'hash'> & { readonly state: string })[];
};

/**
 * A till's journal beside HQ's record of its chain: the same hashes, and answers as HQ gave them. Of what a person at HQ
 * has decided since, the till may not have heard yet.
 */
export function compareWithHq(
  { rows, ends }: JournalCopy,
  { answers: answered, quarantine }: HqRecord,
): readonly Finding[] {
  const found = finder('journal');
  const byKey = new Map(answered.map((answer) => [keyOf(answer), answer]));
  const decided = new Set(quarantine.filter(({ state }) => state !== 'open').map(keyOf));
  const own = new Set(ends.map(({ device, inc }) => `${device}/${inc}`));
  const beyond = answered.filter(
    ({ device, inc, dseq }) =>
      own.has(`${device}/${inc}`) &&
      dseq > (ends.find((end) => end.device === device && end.inc === inc)?.dseq ?? 0),
  );
  return [
    ...rows.flatMap((kept) => {
      const one = { kept, envelope: null };
      const answer = byKey.get(keyOf(kept));
      if (!answer) return isUnsent(kept) ? [] : [found(one, 'ANSWER_DIFFERS', 'HQ has no answer')];
      if (kept.state === 'superseded') return [];
      if (answer.hash !== kept.hash) return [found(one, 'ANSWER_DIFFERS', 'HQ has another of this number')];
      if (kept.state === 'waiting' || decided.has(keyOf(kept))) return [];
      const refused = answer.verdict === 'refused';
      if (refused !== (kept.state !== 'at-hq')) return [found(one, 'ANSWER_DIFFERS', 'state')];
      return kept.reason === null || kept.reason === answer.reason
        ? []
        : [found(one, 'ANSWER_DIFFERS', 'reason')];
    }),
    ...beyond.map(({ device, inc, dseq }): Finding => {
      const place = { device, inc, dseq, scope: null, seq: null };
      return { where: 'journal', ...place, what: 'MISSING', detail: 'HQ has it' };
    }),
  ];
}

/** Not answered yet, or made again under another incarnation because its number was used by another. */
const isUnsent = ({ state }: JournalRow): boolean => state === 'waiting' || state === 'superseded';

const keyOf = ({ device, inc, dseq }: { device: string; inc: number; dseq: number }): string =>
  `${device}/${inc}/${dseq}`;
