import { Trans, useLingui } from '@lingui/react/macro';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { StoreOverview } from '#shared/auth/calls-hq.ts';
import { Button } from '#shared/ui/button.tsx';
import { EmptyState } from '#shared/ui/states.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { Kpi, KpiStrip } from '../parts/kpi.tsx';
import { May } from '../parts/may.tsx';
import { Remote, SkeletonRows } from '../parts/remote.tsx';
import { stateOf, tillCode, useStores } from '../parts/stores.ts';
import { Page } from '../shell/page.tsx';
import { EnrolPanel } from './enrol-panel.tsx';
import { RevokeDialog } from './revoke-dialog.tsx';
import { StoreForm } from './store-form.tsx';
import { TillForm } from './till-form.tsx';
import { TillTable } from './till-table.tsx';

/** What lies over the list: a form, or the code of a till that is to join. */
type Task =
  | { readonly kind: 'store'; readonly store: StoreOverview | null }
  | { readonly kind: 'till'; readonly storeId: string }
  | { readonly kind: 'revoke'; readonly tillId: string; readonly code: string }
  | { readonly kind: 'enrol'; readonly storeId: string | null; readonly tillId: string | null };

/** The stores with their tills: who is heard, who lags, and how a new till joins. */
export function StoresPage() {
  const { t } = useLingui();
  const stores = useStores();
  const [task, setTask] = useState<Task | null>(null);
  const close = () => setTask(null);
  const any = (stores.data?.length ?? 0) > 0;
  return (
    <Page
      title={t`Stores and tills`}
      fresh
      actions={
        <>
          <May right="auth.settings.edit">
            {' '}
            <Button
              size={32}
              icon={<Plus size={16} aria-hidden />}
              onClick={() => setTask({ kind: 'store', store: null })}
            >
              <Trans>Add a store</Trans>
            </Button>
          </May>
          <May right="auth.devices.edit">
            {' '}
            <Button
              size={32}
              kind="primary"
              icon={<Plus size={16} aria-hidden />}
              disabled={!any}
              onClick={() => setTask({ kind: 'enrol', storeId: null, tillId: null })}
            >
              <Trans>Enrol a till</Trans>
            </Button>
          </May>
        </>
      }
    >
      <Remote query={stores} skeleton={<SkeletonRows rows={14} />}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState
              title={t`No store yet`}
              action={
                <May right="auth.settings.edit">
                  {' '}
                  <Button kind="primary" onClick={() => setTask({ kind: 'store', store: null })}>
                    <Trans>Add the first store</Trans>
                  </Button>
                </May>
              }
            >
              <Trans>
                A store has a code that starts its receipt numbers, a zone, a currency and its tills.
              </Trans>
            </EmptyState>
          ) : (
            <>
              <Standing stores={all} />
              <TillTable
                stores={all}
                onEnrol={(storeId, tillId) => setTask({ kind: 'enrol', storeId, tillId })}
                onEdit={(store) => setTask({ kind: 'store', store })}
                onAddTill={(storeId) => setTask({ kind: 'till', storeId })}
                onRevoke={(tillId, code) => setTask({ kind: 'revoke', tillId, code })}
              />
            </>
          )
        }
      </Remote>
      {task?.kind === 'store' && <StoreForm store={task.store} onClose={close} />}
      {task?.kind === 'till' && <TillForm storeId={task.storeId} onClose={close} />}
      {task?.kind === 'revoke' && <RevokeDialog tillId={task.tillId} code={task.code} onClose={close} />}
      {task?.kind === 'enrol' && <EnrolPanel storeId={task.storeId} tillId={task.tillId} onClose={close} />}
    </Page>
  );
}

function Standing({ stores }: { readonly stores: readonly StoreOverview[] }) {
  const { t } = useLingui();
  const format = useFormat();
  const tills = stores.flatMap((store) =>
    store.tills.filter((till) => till.enrolled).map((till) => ({ store, till })),
  );
  const online = tills.filter(({ till }) => till.lag === 'current' || till.lag === 'lagging');
  const offline = tills.filter(({ till }) => till.lag === 'offline');
  const lagging = tills.filter(({ till }) => till.lag === 'lagging');
  const waiting = tills.reduce((sum, { till }) => sum + (till.waiting ?? 0), 0);
  const unheard = stores.filter((store) => stateOf(store) === 'offline').map((store) => store.code);
  const oldest = Math.min(...tills.flatMap(({ till }) => (till.oldestAt === null ? [] : [till.oldestAt])));
  const version = commonest(tills.flatMap(({ till }) => till.version ?? []));
  const names = (of: typeof tills) =>
    of
      .slice(0, 3)
      .map(({ store, till }) => tillCode(store, till))
      .join(', ');
  const unheardNames = unheard.join(', ');
  return (
    <KpiStrip>
      <Kpi
        label={t`Online`}
        of={`/ ${format.count(tills.length)}`}
        note={offline.length > 0 && t`without ${names(offline)}`}
      >
        {format.count(online.length)}
      </Kpi>
      <Kpi label={t`Lagging`} note={names(lagging)}>
        {format.count(lagging.length)}
      </Kpi>
      <Kpi label={t`Changesets waiting`} note={unheard.length > 0 && t`${unheardNames} not known`}>
        {format.count(waiting)}
        {unheard.length > 0 && '+'}
      </Kpi>
      <Kpi label={t`Oldest unsent`} note={Number.isFinite(oldest) ? format.time(oldest) : t`nothing waits`}>
        {Number.isFinite(oldest) ? format.duration(Date.now() - oldest) : '–'}
      </Kpi>
      <Kpi
        label={version === null ? t`Version` : t`On version ${version}`}
        of={`/ ${format.count(tills.length)}`}
        note={names(tills.filter(({ till }) => till.version !== version))}
      >
        {format.count(tills.filter(({ till }) => version !== null && till.version === version).length)}
      </Kpi>
    </KpiStrip>
  );
}

/** What most of them have; null where there is nothing. */
function commonest(values: readonly string[]): string | null {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}
