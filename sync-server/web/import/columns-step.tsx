import { Trans, useLingui } from '@lingui/react/macro';
import { isDefinedError } from '@orpc/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { ImportProfile } from '#shared/catalog/import-profile.ts';
import { Button } from '#shared/ui/button.tsx';
import { Field } from '#shared/ui/field.tsx';
import { ErrorState } from '#shared/ui/states.tsx';
import { type Hq, hqQuery, refusalCode } from '../hq.ts';
import { FailureWords } from '../parts/failure-words.tsx';
import { FormDialog, textOf } from '../parts/form-dialog.tsx';
import { May } from '../parts/may.tsx';
import { Remote, SkeletonRows } from '../parts/remote.tsx';
import { Select } from '../parts/select.tsx';
import { FileColumns } from './file-columns.tsx';
import { isProfile, partOf } from './mapping.ts';

type Inspection = Hq['catalog']['inspectUpload'];

/** What the columns of an upload mean: the profile that fits best, to be looked at and changed. */
export function ColumnsStep({
  uploadId,
  kind,
}: {
  readonly uploadId: string;
  readonly kind: 'catalogue' | 'stock';
}) {
  const { t } = useLingui();
  const seen = useQuery(
    hqQuery.catalog.inspectUpload.queryOptions({ input: { uploadId }, staleTime: Number.POSITIVE_INFINITY }),
  );
  const profiles = useQuery(hqQuery.catalog.profiles.queryOptions({ staleTime: 60_000 }));
  const code = refusalCode(seen.error);
  if (code === 'NOT_FOUND' || code === 'NOT_A_TABLE') {
    const file = isDefinedError(seen.error) && seen.error.code === 'NOT_A_TABLE' ? seen.error.data.file : '';
    return (
      <ErrorState
        title={code === 'NOT_FOUND' ? t`This upload is no longer here` : t`${file} is not a table`}
        action={
          <Link to="/catalogue/import" className="font-medium text-brand underline">
            <Trans>Choose other files</Trans>
          </Link>
        }
      >
        {code === 'NOT_FOUND' ? (
          <Trans>Uploads are kept for a week.</Trans>
        ) : (
          <Trans>It needs columns with a separator between them, the same on every row.</Trans>
        )}
      </ErrorState>
    );
  }
  return (
    <Remote query={seen} skeleton={<SkeletonRows rows={14} />}>
      {(inspection) => (
        <Remote query={profiles}>
          {(all) => <Mapping uploadId={uploadId} kind={kind} inspection={inspection} profiles={all} />}
        </Remote>
      )}
    </Remote>
  );
}

function Mapping({
  uploadId,
  kind,
  inspection,
  profiles,
}: {
  readonly uploadId: string;
  readonly kind: 'catalogue' | 'stock';
  readonly inspection: Inspection;
  readonly profiles: Hq['catalog']['profiles'];
}) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const fitting = profiles.filter((one) => isProfile(one.profile) === (kind === 'catalogue'));
  const first = kind === 'stock' ? (fitting[0]?.id ?? '') : (inspection.suggested.profileId ?? '');
  const [profileId, setProfileId] = useState(first);
  const [edited, setEdited] = useState<ImportProfile | null>(null);
  const [saving, setSaving] = useState(false);
  const chosen =
    profiles.find((one) => one.id === profileId)?.profile ??
    (profileId === '' ? inspection.suggested.profile : null);
  const profile: unknown = edited ?? chosen;
  const start = useMutation(
    hqQuery.catalog.startImport.mutationOptions({
      onSuccess: ({ id }) => void navigate({ to: '/catalogue/import/$jobId', params: { jobId: id } }),
    }),
  );
  const problem =
    isDefinedError(start.error) && start.error.code === 'BAD_PROFILE' ? start.error.data.problem : null;
  return (
    <>
      <div className="flex flex-none items-center gap-2">
        <Select
          label={t`Profile`}
          value={profileId}
          onChange={(event) => {
            setProfileId(event.target.value);
            setEdited(null);
          }}
        >
          {kind === 'catalogue' && (
            <option value="">
              {inspection.suggested.profileId === null && inspection.suggested.profile
                ? t`As read from the file`
                : t`None`}
            </option>
          )}
          {fitting.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </Select>
        {edited && (
          <Button size={32} onClick={() => setSaving(true)}>
            <Trans>Save as profile</Trans>
          </Button>
        )}
        <span className="ms-auto text-12 text-muted">
          {inspection.suggested.profileId !== null && profileId === inspection.suggested.profileId && (
            <Trans>This profile knows these files by their names.</Trans>
          )}
        </span>
      </div>
      {inspection.files.map((file) => (
        <FileColumns
          key={file.file}
          file={file}
          place={isProfile(profile) ? partOf(profile, file.file) : null}
          profile={isProfile(profile) ? profile : null}
          onChange={setEdited}
        />
      ))}
      <footer className="mt-auto flex flex-none items-center gap-3 pt-1">
        <Link
          to="/catalogue/import"
          className="inline-flex h-8 items-center gap-2 rounded-6 border border-line-control bg-surface px-3 font-semibold hover:bg-surface-2"
        >
          <ChevronLeft size={16} aria-hidden className="rtl:rotate-180" />
          <Trans>File</Trans>
        </Link>
        <span className="ms-auto text-12 text-muted" role={start.error ? 'alert' : undefined}>
          {problem !== null ? (
            <span className="font-medium text-stop">
              <Trans>This profile cannot be used: {problem}</Trans>
            </span>
          ) : start.error ? (
            <span className="font-medium text-stop">
              <FailureWords error={start.error} />
            </span>
          ) : profile ? (
            <Trans>Nothing is written until you apply.</Trans>
          ) : (
            <Trans>Choose a profile first.</Trans>
          )}
        </span>
        <May right="catalog.import">
          <Button
            size={32}
            kind="primary"
            disabled={!profile || start.isPending}
            onClick={() =>
              start.mutate({ uploadId, kind, ...(edited || profileId === '' ? { profile } : { profileId }) })
            }
          >
            <Trans>Start dry run</Trans>
            <ChevronRight size={16} aria-hidden className="rtl:rotate-180" />
          </Button>
        </May>
      </footer>
      {saving && edited && (
        <SaveProfile
          profile={edited}
          onClose={() => setSaving(false)}
          onSaved={(id) => {
            setProfileId(id);
            setEdited(null);
            setSaving(false);
          }}
        />
      )}
    </>
  );
}

function SaveProfile({
  profile,
  onClose,
  onSaved,
}: {
  readonly profile: ImportProfile;
  readonly onClose: () => void;
  readonly onSaved: (id: string) => void;
}) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const save = useMutation(
    hqQuery.catalog.saveProfile.mutationOptions({
      onSuccess: async ({ id }) => {
        await queries.invalidateQueries({ queryKey: hqQuery.catalog.profiles.key() });
        onSaved(id);
      },
    }),
  );
  const problem = isDefinedError(save.error) ? save.error.data.problem : null;
  return (
    <FormDialog
      right="catalog.import"
      title={t`Save as profile`}
      pending={save.isPending}
      error={save.error}
      refusal={problem}
      onClose={onClose}
      onSubmit={(form) => {
        const name = textOf(form, 'name');
        save.mutate({ name, profile: { ...profile, name } });
      }}
    >
      <Field label={t`Name`} name="name" size={32} defaultValue={profile.name} required maxLength={200} />
    </FormDialog>
  );
}
