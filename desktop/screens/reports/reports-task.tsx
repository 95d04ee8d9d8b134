import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { PersonTile } from '#shared/auth/calls.ts';
import type { ReportQuery } from '#shared/reports/calls-till.ts';
import { reportKinds } from '#shared/reports/report-table.ts';
import { Button } from '#shared/ui/button.tsx';
import { Pane } from '#shared/ui/pane.tsx';
import { EmptyState, ErrorState } from '#shared/ui/states.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { setDesk } from '../desk.ts';
import { Frame } from '../frame/frame.tsx';
import { useCommands } from '../keys/command-keys.tsx';
import { AuthorityDialog } from '../sign-in/authority-dialog.tsx';
import { useScreenKeys } from '../sync-status/use-screen-keys.ts';
import { ReportForm } from './report-form.tsx';
import { ReportGrid } from './report-grid.tsx';
import { type Said, useOutput, useReport, useWayIn } from './use-reports.ts';
import { useReportNames, useReportWords } from './words.ts';

const toSale = () => setDesk({ task: 'sell' });

/** The store's own figures, made of this till's books: no network, no mouse. */
export function ReportsTask({ people }: { readonly people: readonly PersonTile[] }) {
  const { t } = useLingui();
  const words = useReportWords();
  const { way, onPin, ended } = useWayIn();
  useCommands({ back: toSale, scan: toSale });
  if (way.state === 'open') return <Reports today={way.today} onEnded={ended} />;
  return (
    <Frame moment={[{ keys: 'Esc', label: t`to sale` }]}>
      <main className="grid min-h-0">
        {way.state === 'refused' && (
          <ErrorState title={words(way.refusal).title}>{words(way.refusal).next}</ErrorState>
        )}
      </main>
      {way.state === 'wanted' && (
        <AuthorityDialog
          title={t`Reports`}
          right="reports.read"
          people={people}
          onPin={onPin}
          onLeave={toSale}
        />
      )}
    </Frame>
  );
}

function Reports({ today, onEnded }: { readonly today: string; readonly onEnded: () => void }) {
  const { t } = useLingui();
  const [query, setQuery] = useState<ReportQuery>({
    ...{ kind: 'days', from: today, to: today, of: 'till', order: 'amount', withinDays: 90 },
  });
  const { said, quiet, print, save } = useOutput(query);
  const change = (what: Partial<ReportQuery>) => {
    quiet();
    setQuery((now) => ({ ...now, ...what }));
  };
  useCommands({
    reprint: () => void print(),
    quickKey: (which) => {
      const kind = reportKinds[which];
      if (kind) change({ kind });
    },
  });
  useScreenKeys({ 'Ctrl+KeyS': () => void save() });
  return (
    <Frame
      moment={[
        { keys: '↑+↓', label: t`report` },
        { keys: 'F5', label: t`print` },
        { keys: 'Ctrl+S', label: t`save` },
        { keys: 'Esc', label: t`to sale` },
      ]}
    >
      <main className="panes report-panes">
        <ReportForm query={query} onChange={change} />
        <ReportPane {...{ query, said, onEnded }} onPrint={() => void print()} onSave={() => void save()} />
      </main>
    </Frame>
  );
}

function ReportPane({
  query,
  said,
  onEnded,
  onPrint,
  onSave,
}: {
  readonly query: ReportQuery;
  readonly said: Said | null;
  readonly onEnded: () => void;
  readonly onPrint: () => void;
  readonly onSave: () => void;
}) {
  const names = useReportNames();
  const words = useReportWords();
  const { t } = useLingui();
  const { table, refusal } = useReport(query, onEnded);
  return (
    <Pane title={names[query.kind]} aside={<PeriodOf query={query} />}>
      {refusal ? (
        <ErrorState title={words(refusal).title}>{words(refusal).next}</ErrorState>
      ) : table && table.rows.length === 0 ? (
        <EmptyState title={t`Nothing to show`}>
          <Trans>Nothing was sold or taken back in these days. Choose others with Tab.</Trans>
        </EmptyState>
      ) : (
        table && <ReportGrid table={table} />
      )}
      <footer className="mt-auto flex flex-none flex-wrap items-center gap-3 border-t border-line-soft px-4 py-3">
        <p role="status" className="min-w-40 flex-1 text-14 text-muted">
          <SaidWords said={said} />
        </p>
        <Button keys="Ctrl+S" onClick={onSave}>
          <Trans>Save as CSV</Trans>
        </Button>
        <Button kind="primary" keys="F5" onClick={onPrint}>
          <Trans>Print</Trans>
        </Button>
      </footer>
    </Pane>
  );
}

function PeriodOf({ query: { kind, from, to } }: { readonly query: ReportQuery }) {
  const format = useFormat();
  if (kind === 'expiry') return <Trans>what is on the shelf now</Trans>;
  return from === to ? format.date(from) : `${format.date(from)} – ${format.date(to)}`;
}

function SaidWords({ said }: { readonly said: Said | null }) {
  const words = useReportWords();
  switch (said?.state) {
    case undefined:
      return <Trans>Made of what this till knows; it needs no network.</Trans>;
    case 'printing':
      return <Trans>On its way to the receipt printer.</Trans>;
    case 'saved':
      return <Trans>Saved as {said.fileName}.</Trans>;
    case 'refused':
      return words(said.refusal).title;
  }
}
