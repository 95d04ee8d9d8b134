import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, useEffect, useMemo, useState } from 'react';
import type { BackupPlan, BackupState } from '#shared/auth/calls-upkeep.ts';
import { Button } from '#shared/ui/button.tsx';
import { Field } from '#shared/ui/field.tsx';
import { Pane } from '#shared/ui/pane.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { createLive, useLive } from '../live.ts';
import { answerOf } from '../refusal.ts';
import { useTill } from '../till.ts';
import { useBackupWords } from './backup-words.ts';

/** Where backups go and how often, the last good one and the last failure, and one now. */
export function BackupPane({ mayEdit }: { readonly mayEdit: boolean }) {
  const { t } = useLingui();
  const { client } = useTill();
  const live = useMemo(
    () => createLive<BackupState>((signal) => client.auth.backup(undefined, { signal })),
    [client],
  );
  const state = useLive(live);
  return (
    <Pane title={t`Backups`} aside={state?.running && t`one is being made`}>
      {state && (
        <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-auto p-4">
          <Standing state={state} />
          <PlanForm key={JSON.stringify(state.plan)} plan={state.plan} mayEdit={mayEdit} />
          <NowButton state={state} />
        </div>
      )}
    </Pane>
  );
}

function Standing({ state: { lastGood, lastFailed, nextAt, plan } }: { readonly state: BackupState }) {
  const { t } = useLingui();
  const format = useFormat();
  const words = useBackupWords();
  const when = (at: number) => `${format.day(at)} ${format.time(at)}`;
  const failedSince = lastFailed && (!lastGood || lastFailed.at > lastGood.at) ? lastFailed : null;
  return (
    <dl className="grid gap-2">
      <div>
        <dt className="text-12 font-semibold text-muted">
          <Trans>Last good backup</Trans>
        </dt>
        <dd>
          {lastGood
            ? t`${when(lastGood.at)}, ${plural(lastGood.sales, { one: '# sale', other: '# sales' })}, ${format.count(Math.ceil(lastGood.bytes / 1e6))} MB`
            : t`There is none yet.`}
        </dd>
      </div>
      {failedSince && (
        <div role="alert" className="rounded-6 bg-stop-soft p-3 text-on-stop-soft">
          <dt className="font-semibold">
            <Trans>The last one failed</Trans>
          </dt>
          <dd className="text-14">
            {when(failedSince.at)}. {words(failedSince.reason)}
          </dd>
        </div>
      )}
      <div>
        <dt className="text-12 font-semibold text-muted">
          <Trans>Next by itself</Trans>
        </dt>
        <dd>
          {nextAt === null
            ? plan.folder
              ? t`Never: only by hand.`
              : t`Never: no folder is chosen.`
            : when(nextAt)}
        </dd>
      </div>
    </dl>
  );
}

function PlanForm({ plan, mayEdit }: { readonly plan: BackupPlan; readonly mayEdit: boolean }) {
  const { t } = useLingui();
  const { client } = useTill();
  const words = useBackupWords();
  const [folder, setFolder] = useState(plan.folder ?? '');
  const [hours, setHours] = useState(String(plan.everyHours));
  const [keep, setKeep] = useState(String(plan.keep));
  const [error, setError] = useState('');
  const [drives, setDrives] = useState<readonly { readonly path: string }[]>([]);
  useEffect(() => {
    void answerOf(client.auth.drives()).then((answer) => answer.ok && setDrives(answer.value));
  }, [client]);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (!isWithin(hours, 0, 168) || !isWithin(keep, 1, 60))
      return setError(t`Type hours from 0 to 168, and 1 to 60 backups to keep.`);
    const wanted = { folder: folder.trim() || null, everyHours: Number(hours), keep: Number(keep) };
    const answer = await answerOf(client.auth.planBackups(wanted));
    if (answer.ok) return setError('');
    const { refusal } = answer;
    setError(
      refusal.code === 'BACKUP_FAILED' ? words(refusal.data.reason) : t`Nothing was changed. Try again.`,
    );
  };
  return (
    <form onSubmit={save} className="grid gap-3">
      <Field
        label={t`Folder on a memory stick, a second disk or the network`}
        dir="ltr"
        list="drives"
        autoComplete="off"
        spellCheck={false}
        value={folder}
        disabled={!mayEdit}
        onChange={(event) => setFolder(event.target.value)}
        error={error || undefined}
        hint={mayEdit ? undefined : t`A manager may change this.`}
      />
      <datalist id="drives">
        {drives.map(({ path }) => (
          <option key={path} value={path} />
        ))}
      </datalist>
      <div className="grid grid-cols-2 gap-3">
        <Field
          label={t`Every so many hours (0: never)`}
          inputMode="numeric"
          maxLength={3}
          value={hours}
          disabled={!mayEdit}
          onChange={(event) => setHours(event.target.value)}
        />
        <Field
          label={t`Keep the last`}
          inputMode="numeric"
          maxLength={2}
          value={keep}
          disabled={!mayEdit}
          onChange={(event) => setKeep(event.target.value)}
        />
      </div>
      <Button type="submit" keys="Enter" disabled={!mayEdit}>
        <Trans>Save</Trans>
      </Button>
    </form>
  );
}

const isWithin = (text: string, least: number, most: number): boolean =>
  /^\d{1,3}$/.test(text) && Number(text) >= least && Number(text) <= most;

/** What came of it stands above, with what the schedule does. */
function NowButton({ state: { running, plan } }: { readonly state: BackupState }) {
  const { client } = useTill();
  const make = () => void answerOf(client.auth.backUpNow());
  return (
    <Button
      kind="primary"
      size={56}
      className="mt-auto"
      disabled={running || plan.folder === null}
      onClick={make}
    >
      {running ? <Trans>A backup is being made</Trans> : <Trans>Back up now</Trans>}
    </Button>
  );
}
