import { Trans, useLingui } from '@lingui/react/macro';
import { History } from 'lucide-react';
import { type FormEvent, useCallback, useEffect, useState } from 'react';
import type { FoundBackup } from '#shared/auth/calls-upkeep.ts';
import { Field } from '#shared/ui/field.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { answerOf } from '../refusal.ts';
import { useTill } from '../till.ts';
import { CardForm } from './card-form.tsx';
import { arePapersWhole, noPapers, PapersFields } from './papers-fields.tsx';
import { type RestoreRefusal, useRestoreWords } from './restore-words.ts';

/**
 * A till that was lost comes back from a file: found on a drive, or at a place that is typed. `overLocked`: its own database
 * is here and has lost its key, which is the better one to open.
 */
export function RestoreCard({ overLocked = false }: { readonly overLocked?: boolean }) {
  const { t } = useLingui();
  const { client } = useTill();
  const words = useRestoreWords();
  const [place, setPlace] = useState('');
  const [found, setFound] = useState<readonly FoundBackup[] | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [papers, setPapers] = useState(noPapers);
  const [refusal, setRefusal] = useState<RestoreRefusal | null>(null);
  const [needsPapers, setNeedsPapers] = useState(false);
  const [restoring, setRestoring] = useState(false);
  const look = useCallback(
    async (at: string) => {
      const answer = await answerOf(client.auth.findBackups(at ? { place: at } : {}));
      if (!answer.ok) return;
      setFound(answer.value);
      setChosen(answer.value[0]?.path ?? null);
    },
    [client],
  );
  useEffect(() => void look(''), [look]);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (restoring) return;
    if (chosen === null) return look(place.trim());
    setRestoring(true);
    const answer = await answerOf(
      client.auth.restore({ path: chosen, ...(arePapersWhole(papers) && { papers }) }),
    );
    setRestoring(false);
    setRefusal(answer.ok ? null : answer.refusal);
    if (!answer.ok && answer.refusal.code === 'NEEDS_RECOVERY') setNeedsPapers(true);
  };
  return (
    <CardForm
      icon={History}
      title={<Trans>Restore a backup</Trans>}
      lead={
        overLocked ? (
          <Trans>
            Only where the recovery key does not open the database: what was done since the backup may be in
            the database alone. It is moved aside, not deleted.
          </Trans>
        ) : (
          <Trans>
            Bring back a till that was lost or replaced, with its unsent sales. The file is opened and checked
            before anything is changed.
          </Trans>
        )
      }
      problem={refusal && words(refusal)}
      busy={restoring}
      button={
        restoring ? (
          <Trans>Checking and restoring</Trans>
        ) : chosen === null ? (
          <Trans>Look for backups</Trans>
        ) : (
          <Trans>Restore</Trans>
        )
      }
      onSubmit={submit}
    >
      <Field
        label={t`Folder or file; plugged-in drives are looked through by themselves`}
        size={56}
        dir="ltr"
        autoComplete="off"
        spellCheck={false}
        value={place}
        onChange={(event) => {
          setPlace(event.target.value);
          setChosen(null);
          setFound(null);
        }}
      />
      <FoundList found={found} chosen={chosen} onChoose={setChosen} />
      {needsPapers && (
        <PapersFields papers={papers} onChange={(change) => setPapers((now) => ({ ...now, ...change }))} />
      )}
    </CardForm>
  );
}

interface Found {
  readonly found: readonly FoundBackup[] | null;
  readonly chosen: string | null;
  readonly onChoose: (path: string) => void;
}

/** The newest few: older ones are found by their own folder or name. */
const SHOWN = 4;

function FoundList({ found, chosen, onChoose }: Found) {
  const { t } = useLingui();
  const format = useFormat();
  if (found === null) return null;
  if (found.length === 0)
    return (
      <p role="status" className="text-14 text-muted">
        <Trans>No backup was found there.</Trans>
      </p>
    );
  return (
    <fieldset className="grid gap-1">
      <legend className="sr-only">{t`Backups that were found`}</legend>
      {found.slice(0, SHOWN).map(({ path, series, at, bytes }) => (
        <label
          key={path}
          className="flex min-h-11 items-center gap-3 rounded-6 border border-line px-3 text-14 has-checked:bg-brand-soft has-checked:text-on-brand-soft"
        >
          <input type="radio" name="backup" checked={path === chosen} onChange={() => onChoose(path)} />
          <bdi className="font-semibold">{series}</bdi>
          <span className="ms-auto">
            {format.day(at)} {format.time(at)} · {t`${format.count(Math.ceil(bytes / 1e6))} MB`}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
