import { useLingui } from '@lingui/react/macro';
import { CircleAlert, Info } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import type { CardRefused } from '../desk.ts';
import { useRefusalWords, type Words } from '../sell/refusal-words.tsx';
import { useTill } from '../till.ts';
import type { PaymentDesk } from './use-payment.ts';

/** Why it was not paid, or that it is not known yet. */
export function PayNote({ desk }: { readonly desk: PaymentDesk }) {
  const { t } = useLingui();
  const { connection } = useTill();
  const lost = useSyncExternalStore(connection.subscribe, connection.get) === 'lost';
  const refusal = usePayWords(desk);
  const unknown = desk.payment.asked !== null && lost;
  const words = unknown
    ? {
        title: t`Whether the sale was saved is not known yet`,
        next: t`The till is asked again until it answers. It is paid once; do not take the money twice.`,
      }
    : refusal;
  return (
    <div role="alert">
      {words && (
        <p
          className={`flex gap-3 rounded-10 border px-4 py-3 ${unknown ? 'border-info-line bg-info-soft text-info' : 'border-stop-line bg-stop-soft text-stop'}`}
        >
          {unknown ? (
            <Info size={20} aria-hidden className="mt-0.5 flex-none" />
          ) : (
            <CircleAlert size={20} aria-hidden className="mt-0.5 flex-none" />
          )}
          <span className="text-ink">
            <b className="block font-semibold">{words.title}</b>
            <span className="text-14 text-muted">{words.next}</span>
          </span>
        </p>
      )}
    </div>
  );
}

function usePayWords(desk: PaymentDesk): Words | null {
  const { t } = useLingui();
  const words = useRefusalWords();
  const cardWords = useCardWords();
  const { refusal, kind } = desk.payment;
  if (refusal === null) return null;
  if (refusal.code === 'SCANNED')
    return {
      title: t`Something was scanned during the payment`,
      next: t`It was not added. Take back what is taken with Del, or finish and begin a new sale with it.`,
    };
  if (refusal.code === 'TOO_MUCH')
    return kind === 'cash'
      ? { title: t`That is no amount`, next: t`Type it with its decimals: 20 or 15.76` }
      : { title: t`That is more than is left`, next: t`Change is given on cash alone.` };
  if (refusal.code === 'CARD_REFUSED') return cardWords(refusal.data);
  return words(refusal);
}

/** The terminal took nothing, or gave nothing back. */
function useCardWords(): (data: CardRefused['data']) => Words {
  const { t } = useLingui();
  return ({ kind, state, reason }) => {
    const because = reason ?? '';
    if (kind === 'refund')
      return {
        title: t`The terminal gave nothing back`,
        next: t`The money is still with the store: try again, or give it back by hand. ${because}`,
      };
    if (state === 'declined')
      return {
        title: t`The card was declined`,
        next: t`Nothing was taken. Another card, or another means. The terminal says: ${because}`,
      };
    return {
      title: t`The card was not charged`,
      next: t`The terminal was not reached, or never heard of it. Nothing was taken.`,
    };
  };
}
