import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Building2, Flag, HardDrive } from 'lucide-react';
import type { ReactNode } from 'react';
import { Quantity } from '#shared/ui/money.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import type { Hq } from '../hq.ts';
import { SaleFacts, SaleShift } from './sale-facts.tsx';

type Sale = Hq['sales']['get'];

/** The way of a sale: on the till's disk, then at HQ; under it the changeset and what left the shelf. */
export function SalePath({ sale }: { readonly sale: Sale }) {
  const { t } = useLingui();
  const format = useFormat();
  const lines = sale.lineCount;
  const tenders = sale.tenders.length;
  return (
    <div className="border-s border-line-soft p-5">
      <h3 className="mb-3 font-semibold">
        <Trans>Path of this sale</Trans>
      </h3>
      <ol className="m-0 list-none p-0">
        <Step
          icon={<HardDrive size={12} aria-hidden />}
          title={t`On disk at ${sale.tillName}`}
          at={sale.at}
          more
        >
          {t`${plural(lines, { one: '# line', other: '# lines' })}, ${plural(tenders, { one: '# tender', other: '# tenders' })}, one transaction`}
        </Step>
        <Step icon={<Building2 size={12} aria-hidden />} title={t`At HQ`} at={sale.arrivedAt}>
          <Arrival sale={sale} />
        </Step>
      </ol>
      {sale.path?.verdict === 'flagged' && (
        <p className="mb-4 flex gap-2 rounded-6 bg-warn-soft p-2.5 text-12 text-warn">
          <Flag size={14} aria-hidden className="mt-px flex-none" />
          <Trans>Accepted, and marked for review in sync health.</Trans>
        </p>
      )}
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 border-t border-line-soft pt-4 text-12 [&_dd]:text-end [&_dt]:text-muted">
        <dt>{t`Cashier`}</dt>
        <dd>{sale.cashierName}</dd>
        <dt>{t`Business date`}</dt>
        <dd>{format.date(sale.businessDate)}</dd>
        <SaleShift sale={sale} />
        {sale.path && <Changeset path={sale.path} />}
      </dl>
      <SaleFacts sale={sale} />
      <h3 className="mt-4 mb-2 border-t border-line-soft pt-4 font-semibold">
        <Trans>Stock</Trans>
      </h3>
      <ul className="m-0 grid list-none grid-cols-[minmax(0,1fr)] gap-1.5 p-0 text-12">
        {sale.lines.flatMap((line) =>
          (line.batches.length > 0 ? line.batches : [{ code: '', qtyBase: line.qtyBase }]).map((batch) => (
            <li key={`${line.lineNo} ${batch.code}`} className="flex gap-3">
              <span className="min-w-0 truncate text-muted">
                <bdi>{line.name}</bdi>
                {batch.code && (
                  <>
                    {' · '}
                    <bdi dir="ltr">{batch.code}</bdi>
                  </>
                )}
              </span>
              <span className="ms-auto flex-none">
                <Quantity qtyBase={-batch.qtyBase} packSize={line.packSize} weighed={line.weighed} />
              </span>
            </li>
          )),
        )}
      </ul>
    </div>
  );
}

function Arrival({ sale }: { readonly sale: Sale }) {
  const { t } = useLingui();
  const format = useFormat();
  if (!sale.path || sale.arrivedAt === null) return t`The log no longer says when`;
  const number = format.count(sale.path.seq);
  const waited = sale.arrivedAt - sale.at;
  const duration = format.duration(waited);
  return waited < 60_000
    ? t`Accepted as number ${number}`
    : t`Accepted as number ${number}, after ${duration}`;
}

function Changeset({ path }: { readonly path: NonNullable<Sale['path']> }) {
  const { t } = useLingui();
  const format = useFormat();
  return (
    <>
      <dt>{t`Changeset`}</dt>
      <dd>{format.count(path.dseq)}</dd>
      <dt>{t`Hash`}</dt>
      <dd className="font-mono" title={path.hash}>
        {shortHash(path.hash)}
      </dd>
      <dt>{t`Previous`}</dt>
      <dd className="font-mono" title={path.prevHash}>
        {shortHash(path.prevHash)}
      </dd>
    </>
  );
}

const shortHash = (hash: string): string => `${hash.slice(0, 4)} ${hash.slice(4, 8)} … ${hash.slice(-4)}`;

function Step({
  icon,
  title,
  at,
  more = false,
  children,
}: {
  readonly icon: ReactNode;
  readonly title: string;
  readonly at: number | null;
  readonly more?: boolean;
  readonly children: ReactNode;
}) {
  const format = useFormat();
  return (
    <li className="relative grid grid-cols-[20px_1fr] gap-x-2.5 pb-3.5">
      {more && <span aria-hidden className="absolute start-[9px] top-5 -bottom-0.5 w-0.5 bg-ok-line" />}
      <span className="grid size-5 place-items-center rounded-full bg-ok-soft text-ok inset-ring inset-ring-ok-line">
        {icon}
      </span>
      <span>
        <span className="flex items-baseline gap-2">
          <b className="font-semibold">{title}</b>
          {at !== null && <time className="ms-auto text-12 text-muted">{format.time(at, true)}</time>}
        </span>
        <span className="block text-12 text-muted">{children}</span>
      </span>
    </li>
  );
}
