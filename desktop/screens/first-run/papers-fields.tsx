import { useLingui } from '@lingui/react/macro';
import type { RecoveryPapers } from '#shared/auth/calls-upkeep.ts';
import { Field } from '#shared/ui/field.tsx';
import { CodeField, isWholeCode } from './code-field.tsx';

export const noPapers: RecoveryPapers = { sealed: '', recoveryKey: '', hqUrl: '', code: '' };

export const arePapersWhole = ({ sealed, recoveryKey, hqUrl, code }: RecoveryPapers): boolean =>
  sealed !== '' && recoveryKey !== '' && URL.canParse(hqUrl) && isWholeCode(code);

/** What a new machine needs besides the backup: two files, HQ's address, and a code. */
export function PapersFields({
  papers,
  onChange,
}: {
  readonly papers: RecoveryPapers;
  readonly onChange: (change: Partial<RecoveryPapers>) => void;
}) {
  const { t } = useLingui();
  const read = (name: 'sealed' | 'recoveryKey') => async (file: File | undefined) =>
    onChange({ [name]: file ? await file.text() : '' });
  return (
    <div className="grid gap-2">
      <FileField label={t`File of sealed keys, from HQ`} onFile={read('sealed')} />
      <FileField label={t`Recovery key, from the safe`} onFile={read('recoveryKey')} />
      <Field
        label={t`HQ address`}
        dir="ltr"
        type="url"
        autoComplete="off"
        value={papers.hqUrl}
        onChange={(event) => onChange({ hqUrl: event.target.value.trim() })}
      />
      <CodeField code={papers.code} onCode={(code) => onChange({ code })} />
    </div>
  );
}

function FileField({
  label,
  onFile,
}: {
  readonly label: string;
  readonly onFile: (file: File | undefined) => Promise<void>;
}) {
  return (
    <label className="grid gap-1 text-12 font-semibold text-muted">
      {label}
      <input
        type="file"
        className="rounded-6 border border-line-control bg-surface p-2 text-14 font-normal text-ink"
        onChange={(event) => void onFile(event.target.files?.[0])}
      />
    </label>
  );
}
