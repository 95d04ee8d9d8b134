import { countedBefore } from './counted-before.ts';
import { hlcMs } from './hlc.ts';
import { type SealedRow, sealFindings } from './log-seal.ts';
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
  type Wrong,
} from './verify.ts';
import type { Answer } from './verify-journal.ts';

/** HQ's log and what HQ keeps beside it. */
export type LogCopy = {
  readonly rows: readonly LogRow[];
  readonly quarantine: readonly QuarantineRow[];
  readonly answers: readonly Answer[];
  readonly ends: readonly ChainEnd[];
  /** The last number given, by scope. */
  readonly heads: ReadonlyMap<string, number>;
  /** HQ's own device; its `inc` grows with every epoch. */
  readonly hq: { readonly device: string; readonly inc: number; readonly epoch: string };
};

/** A row of `change_log`. */
export type LogRow = Kept &
  SealedRow & {
    readonly scope: string;
    readonly type: string;
    readonly v: number;
    /** What HQ says of it to tills (counted-before.ts): a JSON list, null for an empty one. */
    readonly counted: string | null;
  };

/** A row of `quarantine`; its `scope` and `type` are '' where the text could not be read. */
export type QuarantineRow = Kept & {
  readonly id: string;
  readonly type: string;
  readonly reason: string;
  readonly state: string;
};

/** HQ takes a stamp at most this far ahead of its own clock (hlc.ts, `effectiveHlc`). */
const AHEAD_MS = 60_000;
/** `at` is when its transaction began, the effective stamp is made before it ends: an import may take this long. */
const LONGEST_TRANSACTION_MS = 3_600_000;

/**
 * Everything about HQ's log that can be found out offline: texts, hashes, signatures, chains with what is in quarantine,
 * numbers, HQ's own bookkeeping, and the columns no author signs (`seq`, `epoch`, `eff_hlc`, `at`) as far as HQ has
 * sealed them (log-seal.ts). Behind the last seal those are only held within the bounds HQ keeps.
 */
export function verifyLog(copy: LogCopy, tools: VerifyTools): readonly Finding[] {
  const log = readKept(copy.rows, { where: 'log' }, tools);
  const held = readKept(copy.quarantine, { where: 'log', unreadable: true }, tools);
  const logged = new Set(log.read.map(({ kept }) => `${kept.device}/${kept.inc}/${kept.dseq}`));
  const twice = ({ kept }: Read<QuarantineRow>) =>
    kept.state !== 'open' && logged.has(`${kept.device}/${kept.inc}/${kept.dseq}`);
  return [
    ...log.findings,
    ...held.findings,
    ...log.read.flatMap((one) => rowFindings(one, copy)),
    ...held.read.flatMap(quarantineFindings),
    ...chainFindings([...log.read, ...held.read.filter((one) => !twice(one))], copy.ends, 'log'),
    ...answerFindings(copy, [...log.read, ...held.read]),
    ...numberFindings(log.read, copy),
    ...countedFindings(log.read),
    ...epochFindings(log.read, copy.hq),
    ...sealFindings(log.read, copy.hq.device, tools),
  ];
}

function rowFindings(one: Read<LogRow>, { hq }: LogCopy): Finding[] {
  const { kept, envelope } = one;
  if (!envelope) return [];
  const own = envelope.device === hq.device;
  const arrived = kept.atMicros / 1_000;
  const effective = hlcMs(kept.effHlc);
  const late = arrived + AHEAD_MS + LONGEST_TRANSACTION_MS;
  const lowered = kept.effHlc !== envelope.hlc;
  const wrong =
    kept.effHlc > envelope.hlc ||
    effective > late ||
    (lowered && (own || effective < arrived + AHEAD_MS - 1));
  const misdated =
    own && (arrived > envelope.at + 1 || arrived < envelope.at - LONGEST_TRANSACTION_MS) ? ['at'] : [];
  return [
    ...columnFindings(one, 'log', {
      device: [kept.device, envelope.device],
      inc: [kept.inc, envelope.inc],
      dseq: [kept.dseq, envelope.dseq],
      type: [kept.type, envelope.type],
      v: [kept.v, envelope.v],
      scope: [kept.scope, envelope.scope],
    }),
    ...[...(wrong ? ['eff_hlc'] : []), ...misdated].map((column) =>
      finder('log')(one, 'TIME_DIFFERS', column),
    ),
  ];
}

function quarantineFindings(one: Read<QuarantineRow>): Finding[] {
  const { kept, envelope } = one;
  return columnFindings(one, 'log', {
    id: [kept.id, `${kept.device}/${kept.inc}/${kept.dseq}`],
    scope: [kept.scope, envelope?.scope ?? ''],
    type: [kept.type, envelope?.type ?? ''],
    ...(envelope && {
      device: [kept.device, envelope.device],
      inc: [kept.inc, envelope.inc],
      dseq: [kept.dseq, envelope.dseq],
    }),
  });
}

/** `change_seen` has each changeset once, with its hash and with the answer that its place (log, quarantine) tells. */
function answerFindings({ answers, quarantine }: LogCopy, all: readonly Read[]): Finding[] {
  const keyOf = ({ device, inc, dseq }: Omit<ChainEnd, 'hash'>) => `${device}/${inc}/${dseq}`;
  const given = new Map(answers.map((answer) => [keyOf(answer), answer]));
  const held = new Map(quarantine.map((row) => [keyOf(row), row]));
  const there = new Set(all.map(({ kept }) => keyOf(kept)));
  const found = finder('log');
  const lost = answers.filter((answer) => !there.has(keyOf(answer)));
  return [
    ...all.flatMap((one) => {
      const answer = given.get(keyOf(one.kept));
      if (!answer) return [found(one, 'ANSWER_DIFFERS', 'there is none')];
      if (answer.hash !== one.kept.hash) return [found(one, 'ANSWER_DIFFERS', 'hash')];
      const row = held.get(keyOf(one.kept));
      return answerFits(answer, row) ? [] : [found(one, 'ANSWER_DIFFERS', 'verdict or reason')];
    }),
    ...lost.map(({ device, inc, dseq }): Finding => {
      const place = { device, inc, dseq, scope: null, seq: null };
      return { where: 'log', ...place, what: 'MISSING', detail: 'it was answered' };
    }),
  ];
}

function answerFits({ verdict, reason }: Answer, held: QuarantineRow | undefined): boolean {
  if (held && held.state !== 'open') return true;
  if (held) return verdict === 'refused' && reason === held.reason;
  return verdict === 'accepted' ? reason === null : verdict === 'flagged' && reason !== null;
}

/** Numbers are dense per scope up to the head, and the changesets of one chain keep their order in them. */
function numberFindings(read: readonly Read<LogRow>[], { heads, quarantine }: LogCopy): Finding[] {
  const findings: Finding[] = [];
  const found = finder('log');
  const retried = new Set(
    quarantine.filter((row) => row.state !== 'open').map((row) => `${row.device}/${row.inc}/${row.dseq}`),
  );
  const scopes = new Map<string, Read<LogRow>[]>([...heads.keys()].map((scope) => [scope, []]));
  for (const one of read) scopes.set(one.kept.scope, [...(scopes.get(one.kept.scope) ?? []), one]);
  for (const [scope, rows] of scopes) {
    let before = 0;
    const last = new Map<string, number>();
    for (const one of rows.sort((a, b) => a.kept.seq - b.kept.seq)) {
      const { seq, device, inc, dseq } = one.kept;
      if (seq === before) findings.push(found(one, 'NUMBER_TWICE'));
      else if (seq !== before + 1) findings.push(found(one, 'NUMBER_MISSING', `${before + 1} to ${seq - 1}`));
      before = seq;
      const chain = `${device}/${inc}`;
      if (retried.has(`${chain}/${dseq}`)) continue;
      if (dseq <= (last.get(chain) ?? 0)) findings.push(found(one, 'OUT_OF_ORDER'));
      last.set(chain, dseq);
    }
    findings.push(...headFindings(scope, before, heads.get(scope)));
  }
  return findings;
}

/** Which of its movements the log held before a changeset is told to tills, and signed by nobody. */
function countedFindings(read: readonly Read<LogRow>[]): Finding[] {
  const ordered = read
    .flatMap(({ kept, envelope }) => (envelope ? [{ kept, envelope }] : []))
    .sort((a, b) =>
      a.kept.scope === b.kept.scope ? a.kept.seq - b.kept.seq : a.kept.scope < b.kept.scope ? -1 : 1,
    );
  const counted = countedBefore(ordered, new Set());
  return ordered.flatMap((one, i) => {
    const ids = counted[i] ?? [];
    const wanted = ids.length > 0 ? JSON.stringify(ids) : null;
    return one.kept.counted === wanted ? [] : [finder('log')(one, 'COUNTED_DIFFERS')];
  });
}

function headFindings(scope: string, last: number, head: number | undefined): Finding[] {
  if (last === (head ?? 0)) return [];
  const [what, detail]: [Wrong, string] =
    head !== undefined && head > last
      ? ['NUMBER_MISSING', `${last + 1} to ${head}`]
      : ['HEAD_DIFFERS', `the head is ${head ?? 'unknown'}`];
  return [{ where: 'log', device: null, inc: null, dseq: null, scope, seq: last, what, detail }];
}

/**
 * An epoch is a stretch of every scope, and the present one is the last. HQ's incarnation grows with each, so there are
 * no more of them than incarnations: too many, and the rarest is the one that is none.
 */
function epochFindings(read: readonly Read<LogRow>[], hq: LogCopy['hq']): Finding[] {
  const found = finder('log');
  const findings: Finding[] = [];
  const counts = new Map<string, number>();
  const ended = new Set<string>();
  const current = new Map<string, string>();
  const ordered = [...read].sort((a, b) =>
    a.kept.scope === b.kept.scope ? a.kept.seq - b.kept.seq : a.kept.scope < b.kept.scope ? -1 : 1,
  );
  for (const one of ordered) {
    const { scope, epoch } = one.kept;
    counts.set(epoch, (counts.get(epoch) ?? 0) + 1);
    const before = current.get(scope);
    if (before === epoch) continue;
    if (before !== undefined) ended.add(`${scope} ${before}`);
    if (ended.has(`${scope} ${epoch}`) || before === hq.epoch)
      findings.push(found(one, 'EPOCH_DIFFERS', epoch));
    current.set(scope, epoch);
  }
  const others = [...counts].filter(([epoch]) => epoch !== hq.epoch).sort((a, b) => a[1] - b[1]);
  const extra = others.slice(0, Math.max(0, others.length - (hq.inc - 1))).map(([epoch]) => epoch);
  return [
    ...findings,
    ...ordered
      .filter(({ kept }) => extra.includes(kept.epoch))
      .map((one) => found(one, 'EPOCH_DIFFERS', one.kept.epoch)),
  ];
}
