import { z } from 'zod';
import type { Change, Verifier } from './changeset.ts';
import { type Finding, finder, type Kept, type Read } from './verify.ts';

/**
 * HQ signs nothing of what it adds to a changeset: its number, the epoch, the effective stamp, the time of arrival. A
 * seal makes up for that: a register row in HQ's own signed chain with a digest of those columns over a stretch of a
 * scope's log, and four hex digits of each row's own hash, so that a change is not only found but located. Seals of an
 * earlier epoch that come back after a restore speak of numbers that are no more; they are passed over.
 */
export type LogSeal = z.infer<typeof logSeal>;
export const logSeal = z.object({
  /** What is sealed: a scope that has no settings of its own (party) has its seals in org. */
  scope: z.string(),
  epoch: z.string(),
  from: z.int().min(1),
  to: z.int().min(1),
  digest: z.string().length(64),
  marks: z.string(),
});
/** The key of the setting that holds a scope's last seal; earlier ones are in the log. */
export const sealKey = 'log.seal';
const MARK = 4;

/** The columns of a log row that its author has not signed, and the hash that ties them to what he did. */
export type SealedRow = {
  readonly seq: number;
  readonly epoch: string;
  readonly effHlc: string;
  /** When the transaction that brought it began, epoch microseconds. */
  readonly atMicros: number;
  readonly hash: string;
};

/** Seals rows of one scope that stand behind one another; null when there are none. */
export function sealRows(
  scope: string,
  rows: readonly SealedRow[],
  sha256Hex: Verifier['sha256Hex'],
): LogSeal | null {
  const [first, last] = [rows[0], rows.at(-1)];
  if (!first || !last) return null;
  const lines = rows.map(lineOf);
  return {
    scope,
    epoch: last.epoch,
    from: first.seq,
    to: last.seq,
    digest: sha256Hex(lines.join('\n')),
    marks: lines.map((line) => sha256Hex(line).slice(0, MARK)).join(''),
  };
}

const lineOf = ({ seq, epoch, effHlc, atMicros, hash }: SealedRow): string =>
  [seq, epoch, effHlc, atMicros, hash].join(' ');

/** The seal a change writes, if it writes one. */
export function sealOf(change: Change): LogSeal | null {
  if (change.op !== 'set' || change.cols.key !== sealKey) return null;
  const parsed = logSeal.safeParse(change.cols.value);
  return parsed.success ? parsed.data : null;
}

type Logged = Kept & SealedRow & { readonly scope: string };

/** Rows that are not what HQ sealed; all of a stretch where its digest differs and no single row's does. */
export function sealFindings(
  read: readonly Read<Logged>[],
  hqDevice: string,
  { sha256Hex }: Pick<Verifier, 'sha256Hex'>,
): Finding[] {
  const byPlace = new Map(read.map((one) => [`${one.kept.scope} ${one.kept.seq}`, one]));
  const found = finder('log');
  return read.flatMap(({ kept, envelope }) => {
    if (envelope?.device !== hqDevice) return [];
    return envelope.body.changes.flatMap((change) => {
      const seal = sealOf(change);
      if (!seal || seal.epoch !== kept.epoch) return [];
      const stretch = Array.from({ length: seal.to - seal.from + 1 }, (_, i) =>
        byPlace.get(`${seal.scope} ${seal.from + i}`),
      );
      // What is not there has been found missing by its number.
      const there = stretch.filter((one) => one !== undefined);
      const lines = there.map((one) => lineOf(one.kept));
      if (sha256Hex(lines.join('\n')) === seal.digest) return [];
      const differing = there.filter((one, i) => {
        const at = (one.kept.seq - seal.from) * MARK;
        return sha256Hex(lines[i] ?? '').slice(0, MARK) !== seal.marks.slice(at, at + MARK);
      });
      const wrong = differing.length > 0 ? differing : there;
      return wrong.map((one) => found(one, 'NOT_AS_SEALED', `sealed as ${seal.from} to ${seal.to}`));
    });
  });
}
