import type { Change } from '#shared/replica/changeset.ts';

/** One business transaction of a recorded history: by HQ or one of two tills, at a minute of its own. */
export type Act = {
  readonly by: 'hq' | 'till-1' | 'till-2';
  readonly type: string;
  readonly actor: string;
  readonly changes: (at: number) => readonly Change[];
  /** HQ will refuse it: what a quarantine decision is about. */
  readonly refused?: true;
};

export const storeId = 'store-1';
export const day = (at: number) => ({ at, businessDate: '2026-03-02' });
export const hq = (type: string, changes: Act['changes']): Act => ({ by: 'hq', type, actor: 'hq', changes });
export const till = (by: 'till-1' | 'till-2', type: string, changes: Act['changes']): Act => ({
  ...{ by, type, actor: 'manager', changes },
});
