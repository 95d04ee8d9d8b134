import type { SettingKey, SettingValue } from '#shared/auth/settings.ts';
import { idOfName } from '#shared/kernel/ids.ts';
import { auditOfSetting } from './audit-setting.ts';
import type { Counter } from './counter.ts';
import { nothing } from './once.ts';
import type { Sessions } from './sessions.ts';
import { sha256 } from './store/crypto.ts';

export type SettingEdit<K extends SettingKey> = {
  readonly commandId: string;
  readonly key: K;
  readonly value: SettingValue<K>;
  /** What held before, where that is not the setting itself: the template Pestle brings in place of none. */
  readonly before?: SettingValue<K>;
};

/**
 * Sets what holds in this store from now on; it travels to the store's other tills. One row a store and key, named
 * by both, so that two tills that set it apart have set the same one. Who changed what stands in the audit.
 */
export function editSetting<K extends SettingKey>(
  counter: Counter,
  sessions: Sessions,
  { commandId, key, value, before = counter.setting(key) }: SettingEdit<K>,
): void {
  const { personId } = sessions.require(counter, 'auth.settings.edit');
  const { db, storeId } = counter;
  const present = db
    .prepare<[string, string], string>(
      `SELECT id FROM setting WHERE key = ? AND store_id = ? AND NOT deleted ORDER BY id LIMIT 1`,
    )
    .pluck();
  counter.once.run({ what: 'setting', commandId, answer: nothing }, () => {
    const id = present.get(key, storeId) ?? idOfName(sha256, `setting:${storeId}:${key}`);
    const told = { actorId: personId, setting: key, before, after: value };
    counter.replica.record({
      type: 'setting',
      actor: personId,
      subjectId: null,
      changes: [
        { t: 'setting', op: 'set', id, cols: { storeId, key, value } },
        ...auditOfSetting(counter, told),
      ],
    });
    return {};
  });
  counter.live.changed('sync');
}
