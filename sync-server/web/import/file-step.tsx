import { Trans, useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { Upload } from 'lucide-react';
import { type DragEvent, useRef, useState } from 'react';
import { Button } from '#shared/ui/button.tsx';
import { cx } from '#shared/ui/cx.ts';
import { Segmented } from '#shared/ui/segmented.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { UploadFailed, type UploadFailure, type UploadProgress, uploadFiles } from './upload.ts';

/** Choose or drop the files of a register, or of an opening stock. */
export function FileStep() {
  const { t } = useLingui();
  const navigate = useNavigate({ from: '/catalogue/import' });
  const [kind, setKind] = useState<'catalogue' | 'stock'>('catalogue');
  const [progress, setProgress] = useState<UploadProgress | null>(null);
  const [failure, setFailure] = useState<UploadFailure | null>(null);
  const [over, setOver] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  const take = async (files: readonly File[]) => {
    if (files.length === 0) return;
    setFailure(null);
    setProgress({ sent: 0, total: files.reduce((sum, file) => sum + file.size, 0) });
    try {
      const upload = await uploadFiles(files, setProgress);
      void navigate({ search: { upload, kind: kind === 'stock' ? kind : undefined } });
    } catch (problem) {
      setFailure(problem instanceof UploadFailed ? problem.why : 'broken-off');
    } finally {
      setProgress(null);
    }
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void take([...event.dataTransfer.files]);
  };
  return (
    <section
      aria-label={t`Files`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={cx(
        'grid flex-none justify-items-center gap-4 rounded-10 border-2 border-dashed p-8',
        over ? 'border-brand bg-brand-soft' : 'border-line-control bg-surface',
      )}
    >
      <Segmented
        label={t`What is imported`}
        value={kind}
        onChange={setKind}
        options={[
          { value: 'catalogue', label: t`Register of medicines` },
          { value: 'stock', label: t`Opening stock` },
        ]}
      />
      {progress ? <Sending progress={progress} /> : <Invitation kind={kind} />}
      <input
        ref={picker}
        type="file"
        multiple
        aria-label={t`Files to import`}
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          void take([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
      <Button
        kind="primary"
        size={32}
        icon={<Upload size={16} aria-hidden />}
        disabled={progress !== null}
        onClick={() => picker.current?.click()}
      >
        <Trans>Choose files</Trans>
      </Button>
      {failure && (
        <p role="alert" className="font-medium text-stop">
          <FailureText why={failure} />
        </p>
      )}
    </section>
  );
}

function Invitation({ kind }: { readonly kind: 'catalogue' | 'stock' }) {
  return (
    <p className="max-w-[60ch] text-center text-muted">
      {kind === 'catalogue' ? (
        <Trans>
          Drop the files here: those of the French register as they are, all of them together, or one CSV of
          any kind. Nothing is written until you apply.
        </Trans>
      ) : (
        <Trans>
          Drop one CSV here with a row for each batch: store, pack, batch, expiry, quantity and cost. Nothing
          is written until you apply.
        </Trans>
      )}
    </p>
  );
}

function Sending({ progress }: { readonly progress: UploadProgress }) {
  const { t } = useLingui();
  const format = useFormat();
  const megabytes = (bytes: number) => format.count(Math.round(bytes / 1e5) / 10);
  const [sent, total] = [megabytes(progress.sent), megabytes(progress.total)];
  const share = progress.total === 0 ? 1 : progress.sent / progress.total;
  return (
    <div className="grid w-[420px] max-w-full gap-2">
      <span className="text-muted">
        <Trans>
          {sent} of {total} MB sent
        </Trans>
      </span>
      <div
        role="progressbar"
        aria-label={t`Sending files`}
        aria-valuemin={0}
        aria-valuemax={progress.total}
        aria-valuenow={progress.sent}
        className="h-2 overflow-hidden rounded-full bg-surface-3"
      >
        <div className="h-full bg-brand" style={{ inlineSize: `${share * 100}%` }} />
      </div>
    </div>
  );
}

function FailureText({ why }: { readonly why: UploadFailure }) {
  switch (why) {
    case 'too-large':
      return <Trans>Together these files are larger than 512 MB.</Trans>;
    case 'too-many':
      return <Trans>That is too many files for one import.</Trans>;
    case 'bad-name':
      return <Trans>A file has a name that cannot be kept. Rename it, then try again.</Trans>;
    case 'signed-out':
      return <Trans>Your session has run out. Sign in again.</Trans>;
    default:
      return <Trans>Sending broke off. Nothing is lost: try again.</Trans>;
  }
}
