import { type Figure, machine, type PeerFigure, rounded, spreadOf } from './figures.ts';

/** What one contender did: a rate per second of each round, or milliseconds of each time something was done. */
export type Measured = {
  readonly values: readonly number[];
  /** What was measured, where it is not just what was done with Pestle. */
  readonly says: string;
};
/** Why a peer has no such thing, or could not be run. */
export type Absent = { readonly absent: string };
export type Peers = Readonly<Record<'pouchdb' | 'actual' | 'raw', Measured | Absent>>;

/** How a figure's many values become one: the median of the rounds' rates, or where most of the times lie. */
type Kind = 'rates' | 'times';

/** One line: ours, every peer's beside it, and ours divided by each. */
export function comparedFigure(
  name: string,
  ours: readonly number[],
  { kind, unit, n, says, peers }: Shape & { readonly peers: Peers },
): Figure {
  const mine = summary(ours, kind);
  const shown = {
    pouchdb: peerFigure(mine, peers.pouchdb, kind),
    actual: peerFigure(mine, peers.actual, kind),
    raw: peerFigure(mine, peers.raw, kind),
  };
  const { raw } = shown;
  const baseline = raw.value ?? raw.p50 ?? null;
  return {
    name,
    ...mine,
    n: n ?? mine.n,
    unit,
    baseline,
    ratio: raw.ratio ?? null,
    machine,
    says,
    peers: shown,
  };
}

type Shape = {
  readonly kind: Kind;
  readonly unit: Figure['unit'];
  readonly n?: number;
  readonly says: string;
};
type Summary = Pick<Figure, 'n' | 'p50' | 'p95' | 'p99' | 'value'> & {
  readonly spread: readonly [number, number];
};

function summary(values: readonly number[], kind: Kind): Summary {
  const { n, p50, p95, p99 } = spreadOf(values);
  const spread = [rounded(Math.min(...values)), rounded(Math.max(...values))] as const;
  if (kind === 'times') return { n, p50, p95, p99, value: null, spread };
  return { n, p50: null, p95: null, p99: null, value: p50, spread };
}

function peerFigure(mine: Summary, peer: Measured | Absent, kind: Kind): PeerFigure {
  if ('absent' in peer) return { value: null, says: peer.absent };
  const { p50, p95, value, spread } = summary(peer.values, kind);
  const ours = mine.value ?? mine.p50 ?? 0;
  const ratio = rounded(ours / (value ?? p50 ?? 1));
  return kind === 'times'
    ? { value: null, p50, p95, spread, ratio, says: peer.says }
    : { value, spread, ratio, says: peer.says };
}

/** The same figures for a person: ours, the peers', and by how much we are ahead (over 1) or behind. */
export function comparedTable(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.name,
    shownOf(figure, figure.unit),
    ...(['pouchdb', 'actual', 'raw'] as const).map((name) => peerCell(figure, figure.peers?.[name])),
  ]);
  const all = [['figure', 'Pestle', 'PouchDB', 'Actual', 'raw limit'], ...rows];
  const widths = all[0]?.map((_, c) => Math.max(...all.map((row) => row[c]?.length ?? 0))) ?? [];
  return all.map((row) => row.map((cell, c) => cell.padEnd(widths[c] ?? 0)).join('  ')).join('\n');
}

function peerCell(figure: Figure, peer: PeerFigure | undefined): string {
  if (!peer || peer.ratio === undefined) return '–';
  const ahead = figure.unit === 'per s' ? peer.ratio : 1 / peer.ratio;
  return `${shownOf(peer, figure.unit)} (×${ahead.toFixed(2)})`;
}

function shownOf({ value, p50, p95 }: Partial<Pick<Figure, 'value' | 'p50' | 'p95'>>, unit: string): string {
  const text = (x: number) => (x >= 100 ? Math.round(x).toLocaleString('en') : x.toFixed(1));
  if (value !== null && value !== undefined) return `${text(value)} ${unit}`;
  return `p50 ${text(p50 ?? 0)}, p95 ${text(p95 ?? 0)} ${unit}`;
}
