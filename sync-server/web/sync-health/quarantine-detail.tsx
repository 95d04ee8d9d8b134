import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { CirclePause, History, ShoppingCart } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from '#shared/ui/button.tsx';
import { Chip } from '#shared/ui/chip.tsx';
import { Card } from '#shared/ui/pane.tsx';
import { EmptyState } from '#shared/ui/states.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { type Hq, hqQuery, refusalCode } from '../hq.ts';
import { May } from '../parts/may.tsx';
import { Remote } from '../parts/remote.tsx';
import { DecideDialog, type Decision } from './decide-dialog.tsx';
import { RefusedChanges } from './refused-changes.tsx';
import { useRowProblemWords, useSubjectWords } from './subject-words.ts';
import { useRefusalWords } from './words.ts';

type Quarantined = Hq['auth']['quarantined'];

/** What was refused, why, what it would change, what has happened since, and what a person may do. */
export function QuarantineDetail({ id }: { readonly id: string | null }) {
  const { t } = useLingui();
  const found = useQuery(
    hqQuery.auth.quarantined.queryOptions({
      input: { id: id ?? '' },
      enabled: id !== null,
      placeholderData: keepPreviousData,
    }),
  );
  if (id === null || refusalCode(found.error) === 'NOT_FOUND')
    return (
      <Card title={t`What was refused`}>
        <EmptyState title={t`Nothing is picked`}>
          <Trans>What is picked in the list is shown here, with what one may do about it.</Trans>
        </EmptyState>
      </Card>
    );
  return <Remote query={found}>{(one) => <Detail one={one} />}</Remote>;
}

function Detail({ one }: { readonly one: Quarantined }) {
  const { t } = useLingui();
  const subject = useSubjectWords();
  const problem = useRowProblemWords();
  const words = useRefusalWords()(one.reason, problem(one.detail));
  const [decision, setDecision] = useState<Decision | null>(null);
  return (
    <Card title={subject(one)} actions={<State one={one} />}>
      <div className="grid gap-3.5 px-4 pt-0.5 pb-4">
        <div className="rounded-6 border border-warn-line bg-warn-soft px-3 py-2.5">
          <h3 className="font-semibold text-warn">{t`Why it was refused`}</h3>
          <p>{words.why}</p>
        </div>
        <RefusedChanges one={one} />
        <Meanwhile one={one} />
        <Facts one={one} />
        {words.may !== '' && (
          <div>
            <h3 className="font-semibold">{t`What you may do`}</h3>
            <p>{words.may}</p>
          </div>
        )}
      </div>
      {one.decided ? (
        <Decided decided={one.decided} />
      ) : (
        <footer className="flex items-center gap-2 border-t border-line-soft px-4 py-3">
          <May right="auth.devices.edit">
            {' '}
            <Button size={32} kind="primary" onClick={() => setDecision('retry')}>
              <Trans>Try again</Trans>
            </Button>
            <Button size={32} onClick={() => setDecision('dismiss')}>
              <Trans>Dismiss…</Trans>
            </Button>
          </May>
          <span className="ms-auto text-12 text-muted">{t`Each is audited`}</span>
        </footer>
      )}
      {decision && (
        <DecideDialog
          id={one.id}
          subject={subject(one)}
          decision={decision}
          onClose={() => setDecision(null)}
        />
      )}
    </Card>
  );
}

function State({ one: { decided } }: { readonly one: Quarantined }) {
  if (decided?.state === 'retried')
    return (
      <Chip small tone="ok">
        <Trans>Taken after all</Trans>
      </Chip>
    );
  if (decided)
    return (
      <Chip small>
        <Trans>Dismissed</Trans>
      </Chip>
    );
  return (
    <Chip small tone="warn" icon={<CirclePause size={14} aria-hidden />}>
      <Trans>In quarantine</Trans>
    </Chip>
  );
}

function Meanwhile({ one: { changes, soldSince, laterAtHq, tillName } }: { readonly one: Quarantined }) {
  const { t } = useLingui();
  const format = useFormat();
  const since = changes.flatMap(({ changedSince }) => changedSince ?? []);
  const last = Math.max(...since);
  const [day, time] = since.length > 0 ? [format.day(last), format.time(last)] : ['', ''];
  const quantity = soldSince && format.quantity(soldSince.qtyBase, soldSince.packSize);
  const price = soldSince && format.figure(soldSince.priceMinor);
  return (
    <ul className="m-0 grid list-none gap-1.5 p-0">
      {soldSince && (
        <Note icon={<ShoppingCart size={16} aria-hidden />}>
          {t`Packs sold at ${price} on ${tillName} since: ${quantity}. Those sales stand and are at HQ.`}
        </Note>
      )}
      {since.length > 0 && (
        <Note icon={<History size={16} aria-hidden />}>
          {t`HQ’s record was changed again on ${day} at ${time}. Taken now, the later one of the two stays.`}
        </Note>
      )}
      <Note icon={<CirclePause size={16} aria-hidden />}>
        {laterAtHq === 0
          ? t`Nothing waits behind it.`
          : t`Nothing waits behind it: ${plural(laterAtHq, { one: '# later changeset', other: '# later changesets' })} of ${tillName} at HQ.`}
      </Note>
    </ul>
  );
}

function Note({ icon, children }: { readonly icon: ReactNode; readonly children: ReactNode }) {
  return (
    <li className="flex items-start gap-2.5">
      <span className="mt-0.5 flex-none text-muted">{icon}</span>
      {children}
    </li>
  );
}

function Facts({ one }: { readonly one: Quarantined }) {
  const { t } = useLingui();
  const format = useFormat();
  const when = (at: number) => `${format.day(at)} ${format.time(at)}`;
  const rows: readonly (readonly [string, ReactNode])[] = [
    [t`Made at the till`, one.madeAt === null ? t`not known` : when(one.madeAt)],
    ...(one.madeBy === '' ? [] : [[t`By`, one.madeBy] as const]),
    [t`Reached HQ`, when(one.at)],
    [
      t`Changeset`,
      <bdi key="changeset" dir="ltr">
        {`${one.tillName}${one.inc} · ${format.count(one.dseq)}`}
      </bdi>,
    ],
    [
      t`Signature`,
      one.signature === 'valid' ? (
        <span key="signature" className="font-medium text-ok">{t`valid`}</span>
      ) : (
        <span key="signature" className="font-medium text-stop">{t`does not fit`}</span>
      ),
    ],
  ];
  return (
    <dl className="m-0 grid gap-1 text-12">
      {rows.map(([label, value]) => (
        <div key={label} className="flex gap-3">
          <dt className="text-muted">{label}</dt>
          <dd className="m-0 ms-auto tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Decided({ decided }: { readonly decided: NonNullable<Quarantined['decided']> }) {
  const { t } = useLingui();
  const format = useFormat();
  const [by, day, time] = [decided.by, format.day(decided.at), format.time(decided.at)];
  return (
    <footer className="border-t border-line-soft px-4 py-3 text-12 text-muted">
      {t`Decided by ${by} on ${day} at ${time}:`} <q>{decided.why}</q>
    </footer>
  );
}
