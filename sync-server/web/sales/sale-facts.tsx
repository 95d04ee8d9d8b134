import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Money } from '#shared/ui/money.tsx';
import { useReasonWords } from '#shared/ui/return-reasons.ts';
import { useFormat } from '#shared/ui/use-format.ts';
import type { Hq } from '../hq.ts';

type Sale = Hq['sales']['get'];

/** Whether a customer stood in a sale, and its shift: rows of the list of facts. */
export function SaleShift({ sale: { hasCustomer, shift } }: { readonly sale: Sale }) {
  const { t } = useLingui();
  return (
    <>
      <dt>{t`Customer`}</dt>
      <dd>{hasCustomer ? t`Named at the till` : t`None`}</dd>
      <dt>{t`Shift`}</dt>
      <dd>
        {shift?.closeId ? (
          <Link to="/z-reports" search={{ z: shift.closeId }} className="underline">
            <bdi dir="ltr">{shift.zNo}</bdi>
          </Link>
        ) : shift ? (
          t`Not closed yet`
        ) : (
          '–'
        )}
      </dd>
    </>
  );
}

/** Why a sale cost less, and what came back of it; nothing where neither is so. */
export function SaleFacts({ sale: { discounts, returns } }: { readonly sale: Sale }) {
  const { t } = useLingui();
  return (
    <>
      {discounts.length > 0 && (
        <Block title={t`Discounts`}>
          {discounts.map((discount, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a sale never changes
            <Discount key={place} discount={discount} />
          ))}
        </Block>
      )}
      {returns.length > 0 && (
        <Block title={t`Came back`}>
          {returns.map((back) => (
            <Returned key={back.returnId} back={back} />
          ))}
        </Block>
      )}
    </>
  );
}

function Block({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <>
      <h3 className="mt-4 mb-2 border-t border-line-soft pt-4 font-semibold">{title}</h3>
      <ul className="m-0 grid list-none gap-1.5 p-0 text-12">{children}</ul>
    </>
  );
}

function Row({
  title,
  note,
  minor,
}: {
  readonly title: string;
  readonly note: string;
  readonly minor: number;
}) {
  return (
    <li className="flex gap-3">
      <span className="min-w-0">
        <bdi className="block">{title}</bdi>
        {note !== '' && <bdi className="block text-muted">{note}</bdi>}
      </span>
      <span className="ms-auto">
        <Money minor={minor} />
      </span>
    </li>
  );
}

function Discount({ discount }: { readonly discount: Sale['discounts'][number] }) {
  const { t } = useLingui();
  const { kind, lineNo, offerName, amountMinor, reason, authorisedBy } = discount;
  const kinds = {
    line: t`Line discount`,
    cart: t`Discount on the sale`,
    offer: t`Offer`,
    coupon: t`Coupon`,
    loyalty: t`Loyalty points`,
    price: t`Other price`,
  };
  const what = offerName === null ? kinds[kind] : `${kinds[kind]}: ${offerName}`;
  const title = lineNo === null ? what : t`${what}, line ${lineNo}`;
  const agreed = authorisedBy === null ? null : t`agreed by ${authorisedBy}`;
  return <Row title={title} note={[reason, agreed].filter(Boolean).join(' · ')} minor={-amountMinor} />;
}

function Returned({ back }: { readonly back: Sale['returns'][number] }) {
  const { t } = useLingui();
  const format = useFormat();
  const words = useReasonWords();
  const kinds = { return: t`Return`, void: t`Void`, blind: t`Return without receipt` };
  const when = `${format.day(back.at)} ${format.time(back.at)}`;
  return (
    <Row
      title={`${kinds[back.kind]} ${back.returnNo}`}
      note={[when, back.by, words(back.reason)].filter(Boolean).join(' · ')}
      minor={-back.totalMinor}
    />
  );
}
