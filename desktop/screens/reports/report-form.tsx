import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { ReportQuery } from '#shared/reports/calls-till.ts';
import { reportKinds } from '#shared/reports/report-table.ts';
import { cx } from '#shared/ui/cx.ts';
import { Field } from '#shared/ui/field.tsx';
import { Pane } from '#shared/ui/pane.tsx';
import { Segmented } from '#shared/ui/segmented.tsx';
import { useReportNames } from './words.ts';

interface FormProps {
  readonly query: ReportQuery;
  readonly onChange: (change: Partial<ReportQuery>) => void;
}

/** Which report, of which days, of this till or of the store. */
export function ReportForm({ query, onChange }: FormProps) {
  const { t } = useLingui();
  return (
    <Pane title={t`Reports`}>
      <KindList query={query} onChange={onChange} />
      <div className="grid gap-4 overflow-auto border-t border-line-soft p-4">
        {query.kind === 'expiry' ? (
          <WithinDays query={query} onChange={onChange} />
        ) : (
          <>
            <Days query={query} onChange={onChange} />
            <Choice label={t`Of`}>
              <Segmented
                label={t`Of`}
                value={query.of}
                options={[
                  { value: 'till', label: t`This till` },
                  { value: 'store', label: t`Whole store` },
                ]}
                onChange={(of) => onChange({ of })}
              />
            </Choice>
          </>
        )}
        {query.kind === 'articles' && (
          <Choice label={t`Order by`}>
            <Segmented
              label={t`Order by`}
              value={query.order}
              options={[
                { value: 'amount', label: t`Amount` },
                { value: 'quantity', label: t`Packs` },
              ]}
              onChange={(order) => onChange({ order })}
            />
          </Choice>
        )}
        {query.of === 'store' && query.kind !== 'expiry' && (
          <p className="text-12 text-muted">
            <Trans>Other counters’ sales count as far as they are known here.</Trans>
          </p>
        )}
      </div>
    </Pane>
  );
}

function KindList({ query, onChange }: FormProps) {
  const { t } = useLingui();
  const names = useReportNames();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => list.current?.focus(), []);
  const at = reportKinds.indexOf(query.kind);
  const move = (step: number) => {
    const kind = reportKinds[Math.max(0, Math.min(reportKinds.length - 1, at + step))];
    if (kind) onChange({ kind });
  };
  return (
    <div
      ref={list}
      role="listbox"
      tabIndex={0}
      aria-label={t`Reports`}
      aria-activedescendant={`report-${query.kind}`}
      className="group min-h-0 flex-none overflow-auto outline-none"
      onKeyDown={(event) => {
        const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
        if (step === 0) return;
        event.preventDefault();
        move(step);
      }}
    >
      {reportKinds.map((kind, i) => (
        <div
          key={kind}
          id={`report-${kind}`}
          role="option"
          tabIndex={-1}
          aria-selected={kind === query.kind}
          onMouseDown={() => onChange({ kind })}
          className={cx(
            'relative flex min-h-target-44 cursor-pointer items-center gap-3 px-4',
            kind === query.kind && 'chosen font-semibold',
            kind === query.kind && 'group-focus-visible:outline-3 group-focus-visible:-outline-offset-3',
            'outline-focus',
          )}
        >
          <span className="min-w-0 flex-1 truncate">{names[kind]}</span>
          <span aria-hidden className="text-12 text-muted">
            Ctrl+{i + 1}
          </span>
        </div>
      ))}
    </div>
  );
}

function Days({ query, onChange }: FormProps) {
  const { t } = useLingui();
  // What they began with: a default that follows what is typed takes the place of the day between two keys.
  const [begun] = useState(query);
  /** A date that is being typed is none yet. */
  const set = (name: 'from' | 'to', text: string) => {
    if (/^\d{4}-\d{2}-\d{2}$/.test(text)) onChange({ [name]: text });
  };
  return (
    <>
      <Field
        type="date"
        label={t`From day`}
        defaultValue={begun.from}
        onChange={(event) => set('from', event.target.value)}
      />
      <Field
        type="date"
        label={t`To day`}
        defaultValue={begun.to}
        onChange={(event) => set('to', event.target.value)}
      />
    </>
  );
}

function WithinDays({ query, onChange }: FormProps) {
  const { t } = useLingui();
  const options = [30, 90, 180].map((days) => ({
    value: String(days),
    label: t`${plural(days, { one: '# day', other: '# days' })}`,
  }));
  return (
    <Choice label={t`Expires within`}>
      <Segmented
        label={t`Expires within`}
        value={String(query.withinDays)}
        options={options}
        onChange={(days) => onChange({ withinDays: Number(days) })}
      />
    </Choice>
  );
}

function Choice({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="grid justify-items-start gap-1">
      <span aria-hidden className="text-12 font-semibold text-muted">
        {label}
      </span>
      {children}
    </div>
  );
}
