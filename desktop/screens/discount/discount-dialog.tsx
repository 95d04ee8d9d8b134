import { Trans, useLingui } from '@lingui/react/macro';
import { useRef, useState } from 'react';
import type { InPlace, PersonTile } from '#shared/auth/calls.ts';
import type { CartView } from '#shared/sales/calls-cart.ts';
import { Button } from '#shared/ui/button.tsx';
import { Dialog } from '#shared/ui/dialog.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { setDesk } from '../desk.ts';
import type { Hands, TermsAnswer } from '../hands.ts';
import { useCommands } from '../keys/command-keys.tsx';
import { useCurrentLine } from '../sell/use-sale-commands.ts';
import { AuthorityDialog } from '../sign-in/authority-dialog.tsx';
import { authorityProblem } from '../sign-in/authority-problem.ts';
import type { StoreFacts } from '../store-facts.ts';
import { useTill } from '../till.ts';
import { Choice } from './choice.tsx';
import { parseDiscount } from './parse-discount.ts';
import { PointsLine } from './points-line.tsx';
import { useDiscountWords } from './words.ts';

type Given = NonNullable<Parameters<Hands['setDiscount']>[0]['given']>;
type Refusal = Extract<TermsAnswer, { readonly ok: false }>['refusal'];

/** F8: less for a line or for the whole sale. What is more than the cashier may give asks for a PIN in place. */
export function DiscountDialog({
  cart,
  store,
  people,
}: {
  readonly cart: CartView;
  readonly store: StoreFacts;
  readonly people: readonly PersonTile[];
}) {
  const { t } = useLingui();
  const format = useFormat();
  const { hands } = useTill();
  const words = useDiscountWords();
  const line = useCurrentLine(cart);
  const field = useRef<HTMLInputElement>(null);
  const [onLine, setOnLine] = useState(line !== null);
  const [reason, setReason] = useState(0);
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const [asked, setAsked] = useState<Given | null>(null);
  const leave = () => setDesk({ overlay: null });
  const togglePoints = async () => {
    if (!cart.points) return;
    const answer = await hands.redeemPoints(cart.points.used > 0 ? 0 : Math.max(0, cart.points.balance));
    if (answer.ok) return leave();
    const { refusal } = answer;
    if (refusal.code !== 'POINTS_BALANCE') return setWrong(words.refusal(refusal));
    const { balance } = refusal.data;
    setWrong(t`The customer has ${balance} points now.`);
  };
  useCommands({ back: leave, ...(cart.points && { points: () => void togglePoints() }) }, true);

  const lineId = onLine && line ? line.lineId : null;
  const present = onLine ? (line?.discount ?? null) : cart.discount;
  const give = async (given: Given | null, inPlace?: InPlace): Promise<Refusal | null> => {
    const answer = await hands.setDiscount({ lineId, given, ...(inPlace && { inPlace }) });
    if (!answer.ok) return answer.refusal;
    leave();
    return null;
  };
  const enter = async () => {
    if (text.trim() === '' && present) return void (await give(null));
    const discount = parseDiscount(text, store.minorDigits);
    if (discount === null) return setWrong(t`Type a percentage (10%) or an amount (2.50).`);
    const given = { discount, reason: words.reasons[reason] ?? '' };
    const refusal = await give(given);
    if (refusal?.code === 'MISSING_RIGHT') setAsked(given);
    else if (refusal) setWrong(words.refusal(refusal));
  };
  if (asked)
    return (
      <AuthorityDialog
        title={t`More than you may give`}
        right="sales.discount.over-limit"
        people={people}
        onLeave={() => setAsked(null)}
        onPin={async (inPlace) => authorityProblem(await give(asked, inPlace))}
      />
    );
  return (
    <Dialog open title={t`Discount`} onClose={leave} initialFocus={field}>
      <form
        className="grid gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          void enter();
        }}
      >
        <label className="grid gap-1 font-semibold">
          <Trans>Percentage or amount</Trans>
          <input
            ref={field}
            value={text}
            inputMode="decimal"
            autoComplete="off"
            maxLength={14}
            dir="ltr"
            aria-invalid={wrong !== null || undefined}
            aria-describedby="discount-note"
            placeholder="10%"
            onChange={(event) => {
              setWrong(null);
              setText(event.target.value);
            }}
            className="figure h-[52px] rounded-10 border border-line-control bg-surface px-3 text-28"
          />
        </label>
        <p
          id="discount-note"
          role={wrong ? 'alert' : undefined}
          className={wrong ? 'text-stop' : 'text-muted'}
        >
          {wrong ??
            (present
              ? t`Enter with nothing typed takes the present discount away.`
              : t`Off the price of the pack.`)}
        </p>
        {cart.points && <PointsLine points={cart.points} onToggle={() => void togglePoints()} />}
        {line && (
          <Choice
            label={t({ message: 'Off', context: 'a price' })}
            options={[line.name, t`the whole sale, ${format.money(cart.totalMinor)}`]}
            chosen={onLine ? 0 : 1}
            onChoose={(which) => setOnLine(which === 0)}
          />
        )}
        <Choice label={t`Reason`} options={words.reasons} chosen={reason} onChoose={setReason} />
        <Button kind="primary" size={56} keys="Enter" type="submit">
          <Trans>Give the discount</Trans>
        </Button>
      </form>
    </Dialog>
  );
}
