import { useLingui } from '@lingui/react/macro';
import { ChevronDown } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import type { AuditFilter } from '#shared/auth/calls-audit.ts';
import { Field } from '#shared/ui/field.tsx';
import type { Choices } from './use-audit.ts';
import { useActionNames } from './words.ts';

/** By person, by what was done, by days: native fields, each a Tab away. */
export function AuditFilterBar({
  filter,
  choices,
  onChange,
}: {
  readonly filter: AuditFilter;
  readonly choices: Choices;
  readonly onChange: (change: AuditFilter) => void;
}) {
  const { t } = useLingui();
  const actions = useActionNames();
  const bar = useRef<HTMLDivElement>(null);
  // Not a select: it would open at the Enter that chose this screen, and its list takes every key.
  useEffect(() => bar.current?.focus(), []);
  /** A date that is being typed is none yet; one that was taken out is no limit. */
  const day = (name: 'from' | 'to', text: string) => {
    if (text === '' || /^\d{4}-\d{2}-\d{2}$/.test(text)) onChange({ [name]: text === '' ? undefined : text });
  };
  return (
    <div
      ref={bar}
      tabIndex={-1}
      className="outline-none flex flex-none flex-wrap items-end gap-3 border-b border-line-soft px-4 py-3"
    >
      <Choice
        label={t`Person`}
        value={filter.actorId ?? ''}
        onChoose={(actorId) => onChange({ actorId: actorId || undefined })}
      >
        <option value="">{t`everybody`}</option>
        {choices.people.map(({ actorId, name }) => (
          <option key={actorId} value={actorId}>
            {name}
          </option>
        ))}
      </Choice>
      <Choice
        label={t`Action`}
        value={filter.action ?? ''}
        onChoose={(action) => onChange({ action: action || undefined })}
      >
        <option value="">{t`everything`}</option>
        {choices.actions.map((action) => (
          <option key={action} value={action}>
            {actions(action)}
          </option>
        ))}
      </Choice>
      <Field type="date" label={t`From day`} onChange={(event) => day('from', event.target.value)} />
      <Field type="date" label={t`To day`} onChange={(event) => day('to', event.target.value)} />
    </div>
  );
}

function Choice({
  label,
  value,
  onChoose,
  children,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChoose: (value: string) => void;
  readonly children: ReactNode;
}) {
  const id = useId();
  return (
    <div className="grid min-w-44 gap-1">
      <label htmlFor={id} className="text-12 font-semibold text-muted">
        {label}
      </label>
      <div className="relative flex h-target-44 items-center rounded-6 border border-line-control bg-surface focus-within:outline-3 focus-within:outline-offset-1 focus-within:outline-focus">
        <select
          id={id}
          value={value}
          onChange={(event) => onChoose(event.target.value)}
          className="h-full w-full appearance-none rounded-6 bg-surface ps-3 pe-9 outline-none"
        >
          {children}
        </select>
        <ChevronDown size={16} aria-hidden className="pointer-events-none absolute end-3 text-faint" />
      </div>
    </div>
  );
}
