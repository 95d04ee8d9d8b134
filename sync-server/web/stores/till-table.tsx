import { Trans, useLingui } from '@lingui/react/macro';
import { Ban, KeyRound, Pencil, Plus } from 'lucide-react';
import { useState } from 'react';
import type { StoreOverview, TillRow } from '#shared/auth/calls-hq.ts';
import { Button, IconButton } from '#shared/ui/button.tsx';
import { StateMark } from '#shared/ui/freshness.tsx';
import { Table, Td, Th, Tr } from '#shared/ui/table.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { SKEW_SHOWN_MS, useClockWords } from '../parts/clock-words.ts';
import { May } from '../parts/may.tsx';
import { Select } from '../parts/select.tsx';
import { stateOf, tillCode } from '../parts/stores.ts';

interface Acts {
  readonly onEnrol: (storeId: string, tillId: string) => void;
  readonly onEdit: (store: StoreOverview) => void;
  readonly onAddTill: (storeId: string) => void;
  readonly onRevoke: (tillId: string, code: string) => void;
}

const order = { offline: 0, lagging: 1, none: 2, current: 3 } as const;

/** Every till under its store; stores with something to see come first. */
export function TillTable({ stores, ...acts }: Acts & { readonly stores: readonly StoreOverview[] }) {
  const { t } = useLingui();
  const [state, setState] = useState('');
  const words = useStateWords();
  const shown = stores
    .filter((store) => state === '' || store.tills.some((till) => till.lag === state))
    .toSorted((a, b) => order[stateOf(a)] - order[stateOf(b)] || (a.code < b.code ? -1 : 1));
  return (
    <>
      <div className="flex flex-none items-center gap-2">
        <Select label={t`State`} value={state} onChange={(event) => setState(event.target.value)}>
          <option value="">{t`Any`}</option>
          {(['current', 'lagging', 'offline', 'never'] as const).map((lag) => (
            <option key={lag} value={lag}>
              {words[lag]}
            </option>
          ))}
        </Select>
        <span className="ms-auto text-12 text-muted">
          <Trans>Stores with something to see first</Trans>
        </span>
      </div>
      <section className="flex min-h-0 flex-col overflow-hidden rounded-10 border border-line bg-surface">
        <Table
          caption={t`Tills by store`}
          rows="dense"
          head={
            <tr>
              <Th>{t`Till`}</Th>
              <Th>{t`Place`}</Th>
              <Th>{t`State`}</Th>
              <Th num>{t`Last seen`}</Th>
              <Th num>{t`Waiting`}</Th>
              <Th num>{t`Oldest`}</Th>
              <Th num>{t`To read`}</Th>
              <Th num>{t`Version`}</Th>
              <Th>
                <span className="sr-only">{t`Actions`}</span>
              </Th>
            </tr>
          }
        >
          {shown.flatMap((store) => [
            <StoreHead key={store.id} store={store} {...acts} />,
            ...store.tills
              .filter((till) => state === '' || till.lag === state)
              .map((till) => (
                <Till
                  key={till.tillId}
                  store={store}
                  till={till}
                  onEnrol={acts.onEnrol}
                  onRevoke={acts.onRevoke}
                />
              )),
          ])}
        </Table>
      </section>
    </>
  );
}

function StoreHead({ store, onEdit, onAddTill }: Acts & { readonly store: StoreOverview }) {
  const { t } = useLingui();
  const format = useFormat();
  const enrolled = store.tills.filter((till) => till.enrolled);
  const online = enrolled.filter((till) => till.lag === 'current' || till.lag === 'lagging').length;
  const total = enrolled.length;
  const since = store.dataTo === null ? '–' : format.time(store.dataTo);
  return (
    <tr className="[&>td]:bg-surface-2">
      <Td colSpan={2} className="whitespace-nowrap">
        <span className="inline-block w-8 text-faint">{store.code}</span>{' '}
        <b className="font-semibold">{store.name}</b>
      </Td>
      <Td colSpan={5} className="text-12 text-muted">
        {stateOf(store) === 'offline' && online === 0 ? (
          <Trans>Not heard from since {since}. Still selling, as far as is known</Trans>
        ) : store.tills.length === 0 ? (
          <Trans>No till yet</Trans>
        ) : (
          <Trans>
            {online} of {total} online
          </Trans>
        )}
      </Td>
      <Td colSpan={2}>
        <span className="flex justify-end gap-1">
          <IconButton label={t`Edit ${store.name}`} className="!size-6" onClick={() => onEdit(store)}>
            <Pencil size={14} aria-hidden />
          </IconButton>
          <May right="auth.devices.edit">
            <IconButton
              label={t`Add a till to ${store.name}`}
              className="!size-6"
              onClick={() => onAddTill(store.id)}
            >
              <Plus size={16} aria-hidden />
            </IconButton>
          </May>
        </span>
      </Td>
    </tr>
  );
}

function Till({
  store,
  till,
  onEnrol,
  onRevoke,
}: Pick<Acts, 'onEnrol' | 'onRevoke'> & { readonly store: StoreOverview; readonly till: TillRow }) {
  const { t } = useLingui();
  const format = useFormat();
  const now = Date.now();
  const unheard = till.lag === 'offline';
  const code = tillCode(store, till);
  return (
    <Tr stale={unheard}>
      <Td className="!ps-8 font-medium whitespace-nowrap">
        <bdi dir="ltr">
          {code}
          <span className="font-normal text-muted" title={t`Letter of its receipts`}>
            {till.incarnation}
          </span>
        </bdi>
      </Td>
      <Td className="whitespace-nowrap text-muted">{till.name}</Td>
      <Td className="whitespace-nowrap">
        <TillState till={till} />
      </Td>
      <Td num>
        {till.lastSeenAt === null
          ? '–'
          : `${format.day(till.lastSeenAt) === format.day(now) ? '' : `${format.day(till.lastSeenAt)} `}${format.time(till.lastSeenAt, true)}`}
      </Td>
      <Td
        num
        className={till.waiting ? (till.lag === 'lagging' ? 'font-semibold text-warn' : '') : 'text-muted'}
      >
        {!till.enrolled ? '–' : till.waiting === null ? t`not known` : format.count(till.waiting)}
      </Td>
      <Td num className={till.lag === 'lagging' ? 'font-semibold text-warn' : 'text-muted'}>
        {till.oldestAt === null ? '–' : format.duration(now - till.oldestAt)}
      </Td>
      <Td num className="text-muted">
        {till.behind === null ? '–' : format.count(till.behind)}
      </Td>
      <Td num className="text-muted">
        {till.version ?? '–'}
      </Td>
      <Td>
        <span className="flex justify-end gap-1">
          {till.enrolled && (
            <May right="auth.devices.edit">
              <IconButton
                label={t`Revoke ${code}`}
                className="!size-6"
                onClick={() => onRevoke(till.tillId, code)}
              >
                <Ban size={14} aria-hidden />
              </IconButton>
            </May>
          )}
          <May right="auth.devices.edit">
            <Button
              size={32}
              kind="quiet"
              className="!h-6 !px-2 !text-12"
              icon={<KeyRound size={14} aria-hidden />}
              aria-label={till.enrolled ? t`New code for ${code}` : t`Enrol ${code}`}
              onClick={() => onEnrol(store.id, till.tillId)}
            >
              {till.enrolled ? <Trans>New code</Trans> : <Trans>Enrol</Trans>}
            </Button>
          </May>
        </span>
      </Td>
    </Tr>
  );
}

function TillState({ till }: { readonly till: TillRow }) {
  const { t } = useLingui();
  const format = useFormat();
  const words = useStateWords();
  const clock = useClockWords();
  if (!till.enrolled || till.lag === 'never')
    return <span className="text-muted">{till.enrolled ? words.never : t`Not enrolled`}</span>;
  const since = till.lastSeenAt === null ? '' : format.time(till.lastSeenAt);
  const mark = { current: 'ok', lagging: 'warn', offline: 'stop' } as const;
  return (
    <span className="flex items-center gap-1.5">
      <StateMark state={mark[till.lag]} />
      {till.lag === 'offline' ? (
        <span className="text-stop">{t`Offline since ${since}`}</span>
      ) : (
        <span className={till.lag === 'lagging' ? 'text-warn' : ''}>{words[till.lag]}</span>
      )}
      {till.lag !== 'offline' && till.skewMs !== null && Math.abs(till.skewMs) > SKEW_SHOWN_MS && (
        <span className="text-12 text-info">· {clock(till.skewMs)}</span>
      )}
    </span>
  );
}

function useStateWords(): Readonly<Record<TillRow['lag'], string>> {
  const { t } = useLingui();
  return { current: t`Online`, lagging: t`Lagging`, offline: t`Offline`, never: t`Never heard` };
}
