import { Trans } from '@lingui/react/macro';
import { PackageX, PencilLine, ShieldAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { CartView } from '#shared/sales/calls-cart.ts';
import { cx } from '#shared/ui/cx.ts';
import { RxIcon } from '#shared/ui/icons.tsx';

type Code = CartView['blockers'][number]['code'];

/** What must be done before payment, between the lines and the total: one row for each kind, naming its lines. */
export function BlockersNote({ cart }: { readonly cart: CartView }) {
  const codes = [...new Set(cart.blockers.map(({ code }) => code))];
  return codes.map((code) => {
    const ids = cart.blockers.filter((one) => one.code === code).map(({ lineId }) => lineId);
    const numbers = cart.lines.flatMap(({ lineId }, i) => (ids.includes(lineId) ? [i + 1] : []));
    const { icon, tone } = looks[code];
    return (
      <p
        key={code}
        role="status"
        className={cx('flex items-center gap-2 border-t px-4 py-2.5 text-14 font-semibold low:py-1', tone)}
      >
        {icon}
        <span>
          <Words code={code} lines={numbers.join(', ')} />
        </span>
      </p>
    );
  });
}

/** A held sale was taken up at another till too, while the two were apart: one of them must not be paid. */
export function TakenUpTwiceNote({ cart: { takenUpTwice } }: { readonly cart: CartView }) {
  if (!takenUpTwice) return null;
  const { tillName } = takenUpTwice;
  return (
    <p
      role="alert"
      className={cx('flex items-center gap-2 border-t px-4 py-2.5 text-14 font-semibold low:py-1', warn)}
    >
      <PackageX size={20} strokeWidth={1.75} aria-hidden />
      <Trans>
        This held sale was taken up at <bdi>{tillName}</bdi> too. Ask there before it is paid twice.
      </Trans>
    </p>
  );
}

function Words({ code, lines }: { readonly code: Code; readonly lines: string }) {
  switch (code) {
    case 'PRESCRIPTION_REQUIRED':
      return <Trans>Line {lines}: prescription only. It cannot be paid without one; Del takes it out.</Trans>;
    case 'PHARMACIST_REQUIRED':
      return <Trans>Line {lines}: a pharmacist gives a PIN at payment.</Trans>;
    case 'SHORT_STOCK':
      return <Trans>Line {lines}: no longer enough on hand. Take less, or type the batch in hand.</Trans>;
    case 'PRICE_TO_TYPE':
      return <Trans>Line {lines}: its price is still to be typed. F9 asks for it.</Trans>;
    case 'BATCH_STOPPED':
      return <Trans>Line {lines}: its batch may no longer be sold. F6 takes another.</Trans>;
  }
}

const rx = 'border-rx-line bg-rx-soft text-rx';
const warn = 'border-warn-line bg-warn-soft text-warn';
const looks: Readonly<Record<Code, { readonly icon: ReactNode; readonly tone: string }>> = {
  PRESCRIPTION_REQUIRED: { icon: <RxIcon size={20} />, tone: rx },
  PHARMACIST_REQUIRED: { icon: <ShieldAlert size={20} strokeWidth={1.75} aria-hidden />, tone: rx },
  SHORT_STOCK: { icon: <PackageX size={20} strokeWidth={1.75} aria-hidden />, tone: warn },
  PRICE_TO_TYPE: { icon: <PencilLine size={20} strokeWidth={1.75} aria-hidden />, tone: warn },
  BATCH_STOPPED: { icon: <PackageX size={20} strokeWidth={1.75} aria-hidden />, tone: warn },
};
