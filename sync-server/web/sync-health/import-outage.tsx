import { Trans, useLingui } from '@lingui/react/macro';
import { ORPCError } from '@orpc/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ArrowUp } from 'lucide-react';
import { useRef } from 'react';
import { z } from 'zod';
import { Button } from '#shared/ui/button.tsx';
import { Dialog } from '#shared/ui/dialog.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { type Hq, hq, hqQuery, refusalCode } from '../hq.ts';
import { UploadFailed, uploadFiles } from '../import/upload.ts';
import { FailureWords } from '../parts/failure-words.tsx';
import { May } from '../parts/may.tsx';

type Import = Hq['auth']['importOutageFile'];

/** Takes in a till's file of unsent work, and says what came of it. */
export function ImportOutage() {
  const { t } = useLingui();
  const input = useRef<HTMLInputElement>(null);
  const queries = useQueryClient();
  const work = useMutation({
    mutationFn: async (file: File) =>
      hq.auth.importOutageFile({ uploadId: await uploadFiles([file], () => {}) }),
    onSettled: () => queries.invalidateQueries({ queryKey: hqQuery.auth.key() }),
  });
  const shown = work.isPending || work.data !== undefined || work.error !== null;
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t`File of unsent work`}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          event.target.value = '';
          if (file) work.mutate(file);
        }}
      />
      <May right="auth.devices.edit">
        <Button size={32} icon={<ArrowUp size={16} aria-hidden />} onClick={() => input.current?.click()}>
          <Trans>Import an outage file</Trans>
        </Button>
      </May>
      <Dialog
        open={shown}
        width={520}
        title={t`Outage file`}
        onClose={() => {
          if (!work.isPending) work.reset();
        }}
      >
        <div className="grid gap-4">
          {work.isPending && <p role="status">{t`HQ is taking in what the till had not sent…`}</p>}
          {work.data && <Taken made={work.data} />}
          {work.error && (
            <p role="alert" className="font-medium text-stop">
              <Refused error={work.error} />
            </p>
          )}
          <Earlier />
        </div>
      </Dialog>
    </>
  );
}

function Taken({ made }: { readonly made: Import }) {
  const { t } = useLingui();
  const format = useFormat();
  const { tillName } = made;
  const [all, accepted, duplicates, refused] = [
    ...[made.changesets, made.accepted, made.duplicates, made.refused].map(format.count),
  ];
  return (
    <div role="status" className="grid gap-1">
      <p className="font-semibold text-ok">{t`${all} changesets of ${tillName} are at HQ.`}</p>
      <p className="text-muted">
        {t`${accepted} taken, ${duplicates} HQ had already, ${refused} in quarantine. What also arrives online is known and counted once.`}
      </p>
    </div>
  );
}

function Earlier() {
  const { t } = useLingui();
  const format = useFormat();
  const files = useQuery(hqQuery.auth.outageFiles.queryOptions());
  if (!files.data || files.data.length === 0) return null;
  return (
    <div className="grid gap-1 text-12">
      <h3 className="font-semibold text-muted">{t`Files taken in before`}</h3>
      <ul className="m-0 grid list-none gap-1 p-0">
        {files.data.map((file) => (
          <li key={file.id} className="flex gap-3">
            <bdi dir="ltr" className="font-medium">
              {file.tillName}
            </bdi>
            <span className="text-muted">{`${format.day(file.at)} ${format.time(file.at)} · ${file.by}`}</span>
            <span className="ms-auto tabular-nums">{format.count(file.changesets)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

const facts = z.object({
  at: z.number().optional(),
  by: z.string().optional(),
  from: z.number().optional(),
  to: z.number().optional(),
  dseq: z.number().optional(),
});

function Refused({ error }: { readonly error: unknown }) {
  const { t } = useLingui();
  const format = useFormat();
  if (error instanceof UploadFailed) return t`The file did not arrive whole. Try again.`;
  const parsed = facts.safeParse(error instanceof ORPCError ? error.data : null);
  const { at = 0, by = '', from = 0, to = 0, dseq = 0 } = parsed.success ? parsed.data : {};
  const [day, time] = [format.day(at), format.time(at)];
  const [first, last, number] = [from, to, dseq].map(format.count);
  switch (refusalCode(error)) {
    case 'NOT_A_BUNDLE':
      return t`This is no file of unsent work. At the till: sync status, then save unsent work to a file.`;
    case 'CUT_SHORT':
      return t`The file is cut short. Copy it from the till again.`;
    case 'TAMPERED':
      return t`The file was changed after the till made it. Nothing of what was changed is taken in.`;
    case 'TOO_LARGE':
      return t`The file is larger than a till makes one.`;
    case 'OTHER_HQ':
      return t`The file is sealed to another HQ. Only that one can open it.`;
    case 'UNKNOWN_DEVICE':
      return t`HQ does not know the till that made this file.`;
    case 'ALREADY_IMPORTED':
      return t`${by} has taken in this file already, on ${day} at ${time}.`;
    case 'GAP':
      return t`HQ lacks the till’s changesets ${first} to ${last}, which come before these. Import the earlier file first.`;
    case 'FORK':
      return t`HQ has another changeset under number ${number}: this till’s disk was cloned or restored. Enrol it anew.`;
    default:
      return <FailureWords error={error} />;
  }
}
