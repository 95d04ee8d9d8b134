import { type History, type SimulateOptions, simulate } from './simulate.ts';
import type { Weather } from './weather.ts';

type Broken = { readonly history: History; readonly weather: Partial<Weather> };

/**
 * The shortest history of a broken seed that is broken in the same way: faults are left out one by one, then steps from
 * its end. Another fault less shifts no dice of the others, but what they hit; so what is kept is what still breaks.
 */
export async function shrink({
  steps: most,
  ...what
}: Pick<SimulateOptions, 'base' | 'seed' | 'tills' | 'steps'>): Promise<Broken | null> {
  let found: Broken | null = null;
  found = await breaks({}, most);
  if (!found) return null;
  for (const fault of faults) {
    const calmer: Partial<Weather> = { ...found.weather, [fault]: fault === 'reorder' ? false : 0 };
    found = (await breaks(calmer, most)) ?? found;
  }
  for (let steps = 1; steps < found.history.steps; steps++) {
    const shorter = await breaks(found.weather, steps);
    if (shorter) return shorter;
  }
  return found;

  async function breaks(weather: Partial<Weather>, steps: number | undefined): Promise<Broken | null> {
    const history = await simulate({ ...what, weather, steps });
    const wanted = found?.history.broken?.harm;
    const same = history.broken !== null && (wanted === undefined || wanted === history.broken.harm);
    return same ? { history, weather } : null;
  }
}

const faults: readonly (keyof Weather)[] = [
  ...([
    'spite',
    'twins',
    'moves',
    'skew',
    'hqRestore',
    'restore',
    'clone',
    'early',
    'lateTill',
    'revoke',
    'compact',
    'outage',
    'poison',
  ] as const),
  ...([
    'clock',
    'partition',
    'hqCrash',
    'crash',
    'garble',
    'tear',
    'lostAnswer',
    'duplicate',
    'drop',
    'reorder',
  ] as const),
];
