import type { Envelope } from './changeset.ts';
import {
  type ChainEnd,
  chainFindings,
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
      made_at: [kept.madeAt, envelope.at],
    }),
    ...((subject !== null && kept.subjectId !== subject) || !named
      ? [found(one, 'COLUMN_DIFFERS', 'subject_id')]
      : []),
    ...(answers.has(kept.state) ? [] : [found(one, 'COLUMN_DIFFERS', 'state')]),
  ];
}
const answers = new Set(['waiting', 'at-hq', 'refused']);

/** A subject may stand in another part of its transaction. */
function textsByTransaction(read: readonly Read[]): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const { kept, envelope } of read)
    if (envelope) texts.set(envelope.tx, `${texts.get(envelope.tx) ?? ''}${kept.text}`);
  return texts;
}

/** What HQ has answered one changeset, for ever: a row of `change_seen`. */
export type Answer = ChainEnd & { readonly verdict: string; readonly reason: string | null };

/** A till's journal beside HQ's record of its chain: the same hashes, and answers as HQ gave them. */
export function compareWithHq({ rows, ends }: JournalCopy, answered: readonly Answer[]): readonly Finding[] {
  const found = finder('journal');
  const byKey = new Map(answered.map((answer) => [keyOf(answer), answer]));
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
      if (!answer) return kept.state === 'waiting' ? [] : [found(one, 'ANSWER_DIFFERS', 'HQ has no answer')];
      if (answer.hash !== kept.hash) return [found(one, 'ANSWER_DIFFERS', 'HQ has another of this number')];
      if (kept.state === 'waiting') return [];
      const refused = answer.verdict === 'refused';
      if (refused !== (kept.state === 'refused')) return [found(one, 'ANSWER_DIFFERS', 'state')];
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

const keyOf = ({ device, inc, dseq }: { device: string; inc: number; dseq: number }): string =>
  `${device}/${inc}/${dseq}`;
