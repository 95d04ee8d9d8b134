import { Trans, useLingui } from '@lingui/react/macro';
import { type ChangeEvent, type ReactNode, useRef, useState } from 'react';
import { isLogo } from '#shared/auth/logo.ts';
import type { ReceiptDesign } from '#shared/auth/receipt-design.ts';
import { Button } from '#shared/ui/button.tsx';
import { WordsNote } from '../sell/words-note.tsx';

interface Props {
  readonly design: ReceiptDesign;
  readonly onChange: (change: Partial<ReceiptDesign>) => void;
}

/** What may be changed of a receipt: its logo, the lines around the sale, the fields that show, its code. */
export function DesignForm({ design, onChange }: Props) {
  const { t } = useLingui();
  return (
    <div className="grid content-start gap-5 overflow-auto p-4">
      <Logo design={design} onChange={onChange} />
      <Lines
        label={t`Below the shop’s name`}
        lines={design.header}
        onLines={(header) => onChange({ header })}
      />
      <Lines
        label={t`At the foot`}
        hint={t`Empty: the line that HQ gave the shop.`}
        lines={design.footer ?? []}
        onLines={(footer) => onChange({ footer: footer.length === 0 ? null : footer })}
      />
      <Fields design={design} onChange={onChange} />
      <Codes design={design} onChange={onChange} />
    </div>
  );
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <fieldset className="grid gap-2">
      <legend className="pb-1 text-14 font-semibold">{title}</legend>
      {children}
    </fieldset>
  );
}

function Logo({ design: { logo }, onChange }: Props) {
  const { t } = useLingui();
  const field = useRef<HTMLInputElement>(null);
  const [refused, setRefused] = useState(false);
  const choose = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    event.target.value = '';
    if (!file) return;
    const url = await dataUrlOf(file);
    const fits = url !== null && isLogo(url);
    setRefused(!fits);
    if (fits) onChange({ logo: url });
  };
  return (
    <Group title={t`Logo`}>
      <input
        ref={field}
        type="file"
        accept="image/png"
        aria-label={t`Logo file`}
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => void choose(event)}
      />
      <div className="flex gap-3">
        <Button onClick={() => field.current?.click()}>
          <Trans>Choose a PNG</Trans>
        </Button>
        {logo !== null && (
          <Button kind="quiet" onClick={() => onChange({ logo: null })}>
            <Trans>Remove the logo</Trans>
          </Button>
        )}
      </div>
      {refused && (
        <WordsNote
          title={t`This picture cannot be printed`}
          next={t`Take a PNG of at most 64 KB and 2000 pixels a side, black on white.`}
        />
      )}
    </Group>
  );
}

function dataUrlOf(file: File): Promise<string | null> {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(typeof reader.result === 'string' ? reader.result : null);
    reader.onerror = () => resolve(null);
    reader.readAsDataURL(file);
  });
}

function Lines({
  label,
  hint,
  lines,
  onLines,
}: {
  readonly label: string;
  readonly hint?: string;
  readonly lines: readonly string[];
  readonly onLines: (lines: string[]) => void;
}) {
  return (
    <label className="grid gap-1 text-14">
      <span className="font-semibold">{label}</span>
      <textarea
        rows={3}
        maxLength={900}
        value={lines.join('\n')}
        onChange={({ target }) => onLines(linesOf(target.value))}
        className="rounded-6 border border-line-control bg-surface px-3 py-2 text-16"
      />
      {hint && <span className="text-12 text-muted">{hint}</span>}
    </label>
  );
}

/** At most what a design may have; the line being begun stays. */
const linesOf = (text: string): string[] =>
  text === ''
    ? []
    : text
        .split('\n')
        .slice(0, 8)
        .map((line) => line.slice(0, 120));

function Fields({ design: { show }, onChange }: Props) {
  const { t } = useLingui();
  const fields = [
    ['address', t`Address`],
    ['licence', t`Licence number`],
    ['cashier', t`Cashier’s name`],
    ['batches', t`Batch and expiry`],
  ] as const;
  return (
    <Group title={t`What shows`}>
      {fields.map(([field, label]) => (
        <label key={field} className="flex min-h-8 items-center gap-3 text-16">
          <input
            type="checkbox"
            checked={show[field]}
            onChange={({ target }) => onChange({ show: { ...show, [field]: target.checked } })}
            className="size-5 accent-brand"
          />
          {label}
        </label>
      ))}
      <p className="text-12 text-muted">
        <Trans>Name, tax number, taxes and receipt number always show: the law asks for them.</Trans>
      </p>
    </Group>
  );
}

function Codes({ design: { code }, onChange }: Props) {
  const { t } = useLingui();
  const codes = [
    ['qr', t`QR code`],
    ['code128', t`Bar code`],
    ['none', t`No code`],
  ] as const;
  return (
    <Group title={t`Code of the receipt`}>
      {codes.map(([kind, label]) => (
        <label key={kind} className="flex min-h-8 items-center gap-3 text-16">
          <input
            type="radio"
            name="receipt-code"
            checked={code === kind}
            onChange={() => onChange({ code: kind })}
            className="size-5 accent-brand"
          />
          {label}
        </label>
      ))}
    </Group>
  );
}
