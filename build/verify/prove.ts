import type { Finding } from '#shared/replica/verify.ts';
import { createDice } from '../simulate/dice.ts';
import { draw, type Forging, isNear, placesOf, type Tampering, type Target } from './tamper.ts';
import { openJournal } from './tamper-journal.ts';
import { openLog } from './tamper-log.ts';
import { say } from './words.ts';
import type { World } from './world.ts';

/** A journal or log that can be changed, looked over and put back as it was. */
export type Specimen = {
  readonly name: string;
  readonly targets: readonly Target[];
  readonly forging: Forging;
  readonly findings: () => Promise<readonly Finding[]>;
  /** What is found with the change made; null where the table itself does not take it. Takes it back. */
  readonly findingsWith: (tampering: Tampering) => Promise<readonly Finding[] | null>;
  readonly close: () => Promise<void>;
};

export type Proof = { readonly lines: readonly string[]; readonly missed: number };

/**
 * Makes `changes` single changes, half to a till's journal and half to HQ's log, each in the database itself, verifies,
 * and takes it back. A change counts as found when there is a finding, as located when one points at it or its neighbour.
 */
export async function prove(
  world: World,
  { changes, seed }: { readonly changes: number; readonly seed: number },
): Promise<Proof> {
  const started = performance.now();
  const half = Math.ceil(changes / 2);
  const lines: string[] = [];
  let missed = 0;
  for (const open of [openJournal, openLog]) {
    const specimen = await open(world);
    const said = await tamperWith(specimen, { changes: half, seed });
    lines.push(...said.lines);
    missed += said.missed;
    await specimen.close();
  }
  const seconds = ((performance.now() - started) / 1_000).toFixed(0);
  lines.push(`changes=${2 * half} missed=${missed} seed=${seed} seconds=${seconds}`);
  return { lines, missed };
}

async function tamperWith(
  specimen: Specimen,
  { changes, seed }: { readonly changes: number; readonly seed: number },
): Promise<Proof> {
  const whole = await specimen.findings();
  if (whole.length > 0) throw new Error(`before any change: ${whole.slice(0, 3).map(say).join('; ')}`);
  const dice = createDice(seed);
  const counts = new Map<string, number>();
  const problems: string[] = [];
  for (let made = 0; made < changes; ) {
    const tampering = draw(dice, specimen.targets, specimen.forging);
    const found = tampering && (await specimen.findingsWith(tampering));
    if (!tampering || !found) continue;
    made += 1;
    counts.set(tampering.kind, (counts.get(tampering.kind) ?? 0) + 1);
    const problem = problemOf(tampering, found);
    if (problem) problems.push(`${specimen.name}: ${problem}`);
  }
  const kinds = [...counts].sort().map(([kind, n]) => `${kind} ${n}`);
  const rows = specimen.targets[0]?.rows.length ?? 0;
  return {
    lines: [
      ...problems.slice(0, 20),
      `${specimen.name} of ${rows} changesets: ${changes} changes (${kinds.join(', ')}), ${problems.length} not found and located`,
    ],
    missed: problems.length,
  };
}

function problemOf(tampering: Tampering, found: readonly Finding[]): string | null {
  if (found.length === 0) return `not found: ${describe(tampering)}`;
  const touched = placesOf(tampering);
  const located = found.some((finding) => touched.some((place) => isNear(finding, place)));
  return located
    ? null
    : `not located: ${describe(tampering)}; found ${found.slice(0, 2).map(say).join('; ')}`;
}

function describe({ kind, table, edits }: Tampering): string {
  const [edit] = edits;
  const columns = Object.keys(edit?.before ?? {}).filter((c) => edit?.before[c] !== edit?.after?.[c]);
  const values = columns
    .slice(0, 2)
    .map((c) => `${c} ${edit?.before[c]} to ${edit?.after?.[c]}`.slice(0, 200));
  const { device, inc, dseq, scope, seq } = edit?.before ?? {};
  return `${kind} of ${table} at ${device}/${inc}/${dseq} ${scope} ${seq}: ${values.join(', ')}`;
}
