import { useLingui } from '@lingui/react/macro';
import { FileKey } from 'lucide-react';
import { useState } from 'react';
import type { RecoveryPapers } from '#shared/auth/calls-upkeep.ts';
import { Field } from '#shared/ui/field.tsx';
import { CodeField, isWholeCode } from './code-field.tsx';

export const noPapers: RecoveryPapers = { sealed: '', recoveryKey: '', hqUrl: '', code: '' };

export const arePapersWhole = ({ sealed, recoveryKey, hqUrl, code }: RecoveryPapers): boolean =>
  sealed !== '' && recoveryKey !== '' && URL.canParse(hqUrl) && isWholeCode(code);

/** What opens a database whose key this machine does not have: two files, HQ's address, and a code. */
export function PapersFields({
  papers,
  onChange,
}: {
  readonly papers: RecoveryPapers;
  readonly onChange: (change: Partial<RecoveryPapers>) => void;
}) {
  const { t } = useLingui();
  const [typedKey, setTypedKey] = useState('');
  const [keyInFile, setKeyInFile] = useState('');
  /** What is typed counts, and the file where nothing is. */
  const giveKey = (typed: string, inFile: string) => {
    setTypedKey(typed);
    setKeyInFile(inFile);
    onChange({ recoveryKey: typed.trim() === '' ? inFile : typed });
  };
  return (
    <div className="grid gap-2">
      <FileField
        label={t`File of sealed keys, from HQ`}
        most={200_000}
        onText={(sealed) => onChange({ sealed })}
      />
      <FileField
        label={t`Recovery key, from the safe`}
        most={10_000}
        onText={(text) => giveKey(typedKey, text)}
      />
      <Field
        label={t`or the 43 characters of its print`}
        dir="ltr"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        value={typedKey}
        onChange={(event) => giveKey(event.target.value, keyInFile)}
      />
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

interface FileGiven {
  readonly label: string;
  /** Bytes; more than the right file ever has. Of any other its beginning is enough to see what it is not. */
  readonly most: number;
  readonly onText: (text: string) => void;
}

/** The browser's own field lies over it unseen: it would speak the computer's language, not the till's. */
function FileField({ label, most, onText }: FileGiven) {
  const { t } = useLingui();
  const [name, setName] = useState<string | null>(null);
  const read = async (file: File | undefined) => {
    setName(file?.name ?? null);
    onText(file ? await file.slice(0, most).text() : '');
  };
  return (
    <label className="grid gap-1 text-12 font-semibold text-muted">
      {label}
      <span className="relative flex h-target-44 items-center gap-3 rounded-6 border border-line-control bg-surface px-3 text-16 font-normal text-ink focus-within:outline-3 focus-within:outline-offset-1 focus-within:outline-focus">
        <FileKey size={20} aria-hidden className="flex-none text-muted" />
        {name === null ? t`Choose a file` : <bdi className="truncate">{name}</bdi>}
        <input
          type="file"
          className="absolute inset-0 opacity-0"
          onChange={(event) => void read(event.target.files?.[0])}
        />
      </span>
    </label>
  );
}
