import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '#shared/ui/button.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { Asking, Unknown } from '../pay/card-part.tsx';
import { WordsNote } from '../sell/words-note.tsx';
import type { CardRefund } from './use-card-refund.ts';

/** Card money on its way back to a customer: the terminal is asked, nobody knows, or it is there without its return. */
export function RefundPart({
  refund,
  onOpen,
}: {
  readonly refund: CardRefund;
  /** Opens the sale of a receipt; left out where it is open. */
  readonly onOpen?: (receiptNo: string) => void;
}) {
  const { current, given, waiting } = refund;
  if (current)
    return waiting || current.state === 'asking' ? (
      <Asking attempt={current} />
    ) : (
      <Unknown key={current.attemptId} attempt={current} cards={refund} />
    );
  return given && <Given {...{ given, onOpen }} />;
}

function Given({
  given: { amountMinor, receiptNo },
  onOpen,
}: {
  readonly given: NonNullable<CardRefund['given']>;
  readonly onOpen?: ((receiptNo: string) => void) | undefined;
}) {
  const { t } = useLingui();
  const amount = useFormat().money(amountMinor);
  return (
    <div className="grid gap-2">
      <WordsNote
        title={t`${amount} went back to the card already`}
        next={t`No return says so yet. Take the goods back here, or pay the exchange it belongs to.`}
      />
      {onOpen && receiptNo !== null && (
        <Button onClick={() => onOpen(receiptNo)}>
          <Trans>
            Open <bdi dir="ltr">{receiptNo}</bdi>
          </Trans>
        </Button>
      )}
    </div>
  );
}
