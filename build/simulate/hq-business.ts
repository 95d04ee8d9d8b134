import type { Change } from '#shared/replica/changeset.ts';
import type { Dice } from './dice.ts';
import type { Hq, HqAct } from './hq.ts';
import { batchIdOf, orgSettingId, packs, settingIds, stores } from './shop.ts';

/** Something the back office does; null where there was nothing to do. */
export function hqBusiness(hq: Hq, dice: Dice, nowMs: number): HqAct | null {
  const storeId = dice.pick(stores);
  const setting = dice.pick(settingIds(storeId));
  const price = { priceMinor: dice.below(900), validFrom: '2026-03-01' };
  const batch = batchIdOf(storeId, 'pack-1', 'OPEN1');
  const decision = (kind: 'recall' | 'lift', endsId: string | null): Change => ({
    t: 'batch_decision',
    op: 'insert',
    row: {
      ...{
        id: `${kind}-${nowMs}-${dice.below(1e9)}`,
        storeId,
        batchId: batch,
        kind,
        endsId,
        reason: 'maker',
      },
      ...{ at: nowMs, businessDate: '2026-03-02', actorId: 'hq' },
    },
  });
  const set = (t: string, id: string, cols: Record<string, unknown>): Change => ({ t, op: 'set', id, cols });
  const recalls = [...hq.facts()].filter(
    ([key, row]) => key.startsWith('batch_decision/') && row.kind === 'recall' && row.batchId === batch,
  );
  const changes = dice.pick<() => readonly Change[]>([
    () => [set('price', `price-${dice.pick(packs)}`, price)],
    () => [set('price', `price-${storeId}`, { packId: dice.pick(packs), storeId, ...price })],
    () => [set('setting', setting, { value: dice.below(1000) })],
    () => [
      set('setting', orgSettingId, { value: 1 }),
      set('setting', setting, { value: 2 }),
      set('price', 'price-pack-0', price),
    ],
    () => [{ t: 'setting', op: dice.chance(0.5) ? 'delete' : 'undelete', id: setting }],
    () => [set('batch', batch, { packPriceMinor: dice.below(900) })],
    () => [decision('recall', null)],
    () => recalls.slice(0, 1).map(([, row]) => decision('lift', String(row.id))),
    () => [set('pack', dice.pick(packs), { status: dice.pick(['active', 'withdrawn']) })],
  ])();
  return changes.length === 0 ? null : { actor: 'hq', type: 'office', changes };
}
