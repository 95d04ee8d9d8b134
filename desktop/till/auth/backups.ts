import { accessSync, constants, existsSync, statSync, writeFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { z } from 'zod';
import { nextBackupAt } from '#shared/auth/backup-schedule.ts';
import {
  type BackupPlan,
  type BackupReason,
  type BackupState,
  backupPlan,
  failedBackup,
  goodBackup,
} from '#shared/auth/calls-upkeep.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import { receiptSeries } from '#shared/sales/receipt-number.ts';
import { changeOwnSetting } from '../audit-setting.ts';
import type { Counter } from '../counter.ts';
import type { TillPorts } from '../ports.ts';
import { refuse } from '../refuse.ts';
import type { Sessions } from '../sessions.ts';
import { BACKUP_MARK, type BackupMade, failureOf } from '../store/backup.ts';
import { createPreferences } from '../store/preferences.ts';

type Deps = Pick<TillPorts, 'backUp' | 'log'> & { readonly sessions: Sessions };

/** How often the clock is looked at; a due backup is never more than this late. */
const LOOK_MS = 60_000;
type GoodBackup = z.infer<typeof goodBackup>;
const withoutPlan: BackupPlan = { folder: null, everyHours: 4, keep: 14 };

/** Backups of this till: when a person asks, and by themselves where a folder was chosen. One at a time. */
export function createBackups(counter: Counter, { backUp, log, sessions }: Deps) {
  const { db, clock, live } = counter;
  const preferences = createPreferences(db);
  const plan = () => preferences.read('backup-plan', backupPlan) ?? withoutPlan;
  const lastGood = () => preferences.read('backup-good', goodBackup);
  const lastFailed = () => preferences.read('backup-failed', failedBackup);
  let running: Promise<Result<BackupMade, BackupReason>> | null = null;
  let timer: NodeJS.Timeout | undefined;

  function nextAt(): number | null {
    const { folder, everyHours } = plan();
    const lastGoodAt = lastGood()?.at ?? null;
    const lastTriedAt = Math.max(lastGoodAt ?? -1, lastFailed()?.at ?? -1);
    const times = { lastGoodAt, lastTriedAt: lastTriedAt < 0 ? null : lastTriedAt };
    return folder === null ? null : nextBackupAt(everyHours, times, clock.nowMs());
  }

  async function attempt(folder: string): Promise<Result<GoodBackup, BackupReason>> {
    const at = clock.nowMs();
    const place = { storeCode: counter.shop().code, tillCode: counter.till().code };
    const series = receiptSeries({ ...place, inc: counter.identity.read().inc });
    const till = `${place.storeCode}-${place.tillCode}`;
    running = backUp({ folder, series, till, at, keep: plan().keep });
    live.changed('backup');
    const made = await running.finally(() => {
      running = null;
    });
    const outcome = made.ok ? ok({ at, folder, ...made.value }) : made;
    if (outcome.ok) preferences.keep('backup-good', outcome.value);
    else preferences.keep('backup-failed', { at, reason: outcome.error });
    live.changed('backup');
    return outcome;
  }

  async function attemptIfDue(): Promise<void> {
    const { folder } = plan();
    const due = nextAt();
    if (running || folder === null || due === null || due > clock.nowMs()) return;
    const made = await attempt(folder);
    if (!made.ok) log.warn('backup-failed', { reason: made.error });
  }

  /** A timer that writes must catch: on a full disk what came of it may not be kept. */
  const look = (): Promise<void> =>
    attemptIfDue().catch((problem: unknown) => log.warn('backup-not-kept', { problem: nameOf(problem) }));

  return {
    state: (): BackupState => ({
      ...{ plan: plan(), running: running !== null },
      ...{ lastGood: lastGood(), lastFailed: lastFailed(), nextAt: nextAt() },
    }),

    /** Anybody who is signed in may: a backup is enciphered, and goes where a manager has said. */
    async now(): Promise<GoodBackup> {
      if (!sessions.read(counter)) refuse({ code: 'NOT_SIGNED_IN' });
      const { folder } = plan();
      if (folder === null) return refuse({ code: 'NO_BACKUP_FOLDER' });
      if (running) return refuse({ code: 'BACKUP_RUNNING' });
      const made = await attempt(folder);
      return made.ok ? made.value : refuse({ code: 'BACKUP_FAILED', reason: made.error });
    },

    /** Leaves the mark in the folder by which it is known again; the next backup is due from then on. */
    plan(next: BackupPlan): Record<never, never> {
      const { personId: actorId } = sessions.require(counter, 'auth.settings.edit');
      const reason = next.folder === null ? null : unfit(next.folder);
      if (reason !== null) refuse({ code: 'BACKUP_FAILED', reason });
      changeOwnSetting(counter, { actorId, setting: 'till.backups', before: plan(), after: next }, () =>
        preferences.keep('backup-plan', next),
      );
      live.changed('backup');
      return {};
    },

    start(): void {
      timer ??= setInterval(() => void look(), LOOK_MS).unref();
    },
    /** Makes one if it is due now. */
    look,
    async stop(): Promise<void> {
      clearInterval(timer);
      timer = undefined;
      await running?.catch(() => {});
    },
  };
}

/** Why a folder takes no backups; null where it does, and then it bears the mark. */
function unfit(folder: string): BackupReason | null {
  try {
    if (!isAbsolute(folder) || !statSync(folder).isDirectory()) return 'no-folder';
    accessSync(folder, constants.W_OK);
    const mark = join(folder, BACKUP_MARK);
    if (!existsSync(mark))
      writeFileSync(mark, 'Backups of Pestle tills. Without this file none are put here.\n');
    return null;
  } catch (problem) {
    return failureOf(problem);
  }
}

const nameOf = (problem: unknown): string => (problem instanceof Error ? problem.name : 'unknown');
