import { settingChanges } from '#shared/auth/setting-changes.ts';
import type { Change } from '#shared/replica/changeset.ts';
import { auditChange } from './audit-change.ts';
import type { Counter } from './counter.ts';

/** A setting as somebody changes it: its name (`sales.loyalty`, `till.scale`), what it was and what it is to be. */
export type SettingChanged = {
  readonly actorId: string;
  readonly setting: string;
  readonly before: unknown;
  readonly after: unknown;
  /** Left out for a setting that wants `auth.settings.edit`; HQ judges the changeset by what it calls itself. */
  readonly type?: 'scanner-setup';
};

/** What the audit tells of a setting that was changed: by whom, which, from what to what; nothing of one that was not. */
export function auditOfSetting(
  counter: Pick<Counter, 'ids' | 'storeId' | 'tillId' | 'today'>,
  { actorId, setting, before, after }: SettingChanged,
): Change[] {
  const changes = settingChanges(before, after);
  if (Object.keys(changes).length === 0) return [];
  const told = { actorId, action: 'settings.changed', details: { setting, ...changes } };
  return [auditChange(counter, counter.today(), told)];
}

/**
 * Changes what this counter keeps for itself, beside the replica (`apply`), and tells the audit of it: both or neither,
 * but for a disk that fails after `apply`.
 */
export function changeOwnSetting<T>(counter: Counter, changed: SettingChanged, apply: () => T): T {
  return counter.transact(
    'own setting',
    () => {
      const changes = auditOfSetting(counter, changed);
      if (changes.length > 0)
        counter.replica.record({
          ...{ type: changed.type ?? 'setting', actor: changed.actorId, subjectId: null, changes },
        });
      return apply();
    },
    'sync',
  );
}
