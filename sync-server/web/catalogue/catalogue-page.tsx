import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Search, Upload } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { Field } from '#shared/ui/field.tsx';
import { EmptyState } from '#shared/ui/states.tsx';
import { hqQuery } from '../hq.ts';
import { Remote, SkeletonRows } from '../parts/remote.tsx';
import { Page } from '../shell/page.tsx';
import { MedicineDrawer } from './medicine-drawer.tsx';
import { PackTable } from './pack-table.tsx';

const SHOWN = 100;

/** The catalogue: search by name, generic, holder or code; one medicine with all of its packs in a drawer. */
export function CataloguePage() {
  const { t } = useLingui();
  const { q = '', medicine } = useSearch({ from: '/catalogue' });
  const navigate = useNavigate({ from: '/catalogue' });
  const [text, setText] = useState(q);
  const wanted = useDeferredValue(text);
  const found = useQuery(
    hqQuery.catalog.search.queryOptions({
      input: { text: wanted.trim(), limit: SHOWN },
      placeholderData: keepPreviousData,
    }),
  );
  const rows = found.data?.rows ?? [];
  const open = (medicineId: string | undefined) =>
    void navigate({ search: { q: text || undefined, medicine: medicineId }, replace: true });
  const step = (by: -1 | 1) => {
    const ids = [...new Set(rows.map((row) => row.medicineId))];
    const next = ids[ids.indexOf(medicine ?? '') + by];
    if (next !== undefined) open(next);
  };
  return (
    <Page title={t`Catalogue`} actions={<ImportLink />}>
      <div className="flex flex-none items-center gap-3">
        <Field
          label={t`Search the catalogue`}
          labelHidden
          size={32}
          type="search"
          className="w-[420px]"
          lead={<Search size={16} aria-hidden className="text-faint" />}
          placeholder={t`Name, generic, holder or code`}
          value={text}
          autoFocus
          onChange={(event) => setText(event.target.value)}
        />
        <span role="status" className="text-muted">
          {found.data && <Found total={found.data.total} shown={rows.length} />}
        </span>
      </div>
      <section className="flex min-h-0 flex-col overflow-hidden rounded-10 border border-line bg-surface">
        <Remote query={found} skeleton={<SkeletonRows rows={14} />}>
          {(data) =>
            data.rows.length > 0 ? (
              <PackTable rows={data.rows} chosen={medicine} onOpen={open} />
            ) : (
              <Nothing text={wanted} />
            )
          }
        </Remote>
      </section>
      {medicine !== undefined && (
        <MedicineDrawer medicineId={medicine} onClose={() => open(undefined)} onStep={step} />
      )}
    </Page>
  );
}

function ImportLink() {
  return (
    <Link
      to="/catalogue/import"
      className="inline-flex h-8 items-center gap-2 rounded-6 border border-brand bg-brand px-3 font-semibold whitespace-nowrap text-on-brand hover:bg-brand-hover"
    >
      <Upload size={16} aria-hidden />
      <Trans>Import</Trans>
    </Link>
  );
}

function Found({ total, shown }: { readonly total: number; readonly shown: number }) {
  const { t } = useLingui();
  const packs = t`${plural(total, { one: '# pack', other: '# packs' })}`;
  return total > shown ? (
    <Trans>
      {packs}, the first {shown} shown
    </Trans>
  ) : (
    packs
  );
}

function Nothing({ text }: { readonly text: string }) {
  const { t } = useLingui();
  if (text.trim() !== '') {
    return (
      <EmptyState title={t`No pack is found by “${text}”`}>
        <Trans>Every word must occur in name, generics, form or holder; a code from its start.</Trans>
      </EmptyState>
    );
  }
  return (
    <EmptyState title={t`The catalogue is empty`} action={<ImportLink />}>
      <Trans>Import a register of medicines: BDPM files as they are, or any CSV.</Trans>
    </EmptyState>
  );
}
