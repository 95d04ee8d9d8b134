import { Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, useRef, useState } from 'react';
import type { InPlace, PersonTile } from '#shared/auth/calls.ts';
import { Button } from '#shared/ui/button.tsx';
import { Dialog } from '#shared/ui/dialog.tsx';
import { Field } from '#shared/ui/field.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { useCommands } from '../keys/command-keys.tsx';
import { parseAmount } from '../pay/amounts.ts';
import { answerOf, repeatable } from '../refusal.ts';
import { AuthorityDialog } from '../sign-in/authority-dialog.tsx';
import { authorityProblem } from '../sign-in/authority-problem.ts';
import { useTill } from '../till.ts';
import { type ShiftRefusal, useShiftWords } from './words.ts';

export type MoneyKind = 'pay-in' | 'pay-out' | 'no-sale';

interface Asked {
  readonly commandId: string;
  readonly amountMinor: number;
  readonly reason: string;
}

/** Cash in, cash out, or the drawer open for nothing: why, and who agrees where the cashier has no right to it. */
export function MoneyDialog({
  kind,
  people,
  onLeave,
}: {
  readonly kind: MoneyKind;
  readonly people: readonly PersonTile[];
  readonly onLeave: () => void;
}) {
  const { t } = useLingui();
  const titles = { 'pay-in': t`Pay in`, 'pay-out': t`Pay out`, 'no-sale': t`Open drawer` };
  const [asked, setAsked] = useState<Asked | null>(null);
  const [refusal, setRefusal] = useState<ShiftRefusal | null>(null);
  const ask = useAsking(kind);
  useCommands({ back: onLeave }, true);
  const give = async (what: Asked, inPlace?: InPlace): Promise<ShiftRefusal | null> => {
    const refused = await ask(what, inPlace);
    if (refused === null) onLeave();
    return refused;
  };
  if (asked)
    return (
      <AuthorityDialog
        title={titles[kind]}
        right={kind === 'no-sale' ? 'sales.no-sale' : 'sales.cash.move'}
        people={people}
        onLeave={() => setAsked(null)}
        onPin={async (inPlace) => authorityProblem(await give(asked, inPlace))}
      />
    );
  return (
    <MoneyForm
      kind={kind}
      title={titles[kind]}
      refusal={refusal}
      onLeave={onLeave}
      onGive={async (what) => {
        const refused = await give(what);
        if (refused?.code === 'MISSING_RIGHT') setAsked(what);
        else setRefusal(refused);
      }}
    />
  );
}

function MoneyForm({
  kind,
  title,
  refusal,
  onLeave,
  onGive,
}: {
  readonly kind: MoneyKind;
  readonly title: string;
  readonly refusal: ShiftRefusal | null;
  readonly onLeave: () => void;
  readonly onGive: (asked: Asked) => Promise<void>;
}) {
  const { t } = useLingui();
  const { currency } = useFormat();
  const words = useShiftWords();
  const form = useRef<HTMLFormElement>(null);
  const [amount, setAmount] = useState('');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const money = kind !== 'no-sale';
  const amountMinor = money ? parseAmount(amount, currency.digits) : 0;
  const badAmount = money && (amountMinor === null || amountMinor === 0);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    const fields = form.current?.querySelectorAll('input') ?? [];
    if (badAmount) return fields[0]?.focus();
    if (reason.trim() === '') return fields[fields.length - 1]?.focus();
    void onGive({ commandId: crypto.randomUUID(), amountMinor: amountMinor ?? 0, reason: reason.trim() });
  };
  return (
    <Dialog open title={title} onClose={onLeave}>
      <form ref={form} className="grid gap-4" onSubmit={submit}>
        {money && (
          <Field
            autoFocus
            label={t`Amount`}
            size={56}
            dir="ltr"
            inputMode="decimal"
            autoComplete="off"
            maxLength={14}
            value={amount}
            error={tried && badAmount && amount !== '' ? t`That is no amount` : undefined}
            onChange={(event) => setAmount(event.target.value)}
          />
        )}
        <Field
          autoFocus={!money}
          label={t`Reason`}
          size={56}
          autoComplete="off"
          maxLength={200}
          value={reason}
          hint={t`It stands in the audit.`}
          error={refusal ? words(refusal).title : undefined}
          onChange={(event) => setReason(event.target.value)}
        />
        <Button kind="primary" size={56} keys="Enter" type="submit">
          {kind === 'no-sale' ? <Trans>Open the drawer</Trans> : <Trans>Write down, open the drawer</Trans>}
        </Button>
      </form>
    </Dialog>
  );
}

function useAsking(kind: MoneyKind) {
  const { client } = useTill();
  const { shift } = client.sales;
  const busy = useRef(false);
  return async ({ amountMinor, ...asked }: Asked, inPlace?: InPlace): Promise<ShiftRefusal | null> => {
    if (busy.current) return null;
    busy.current = true;
    const context = { context: repeatable(3) };
    const command = { ...asked, ...(inPlace && { inPlace }) };
    const answer =
      kind === 'no-sale'
        ? await answerOf(shift.noSale(command, context))
        : await answerOf(shift.move({ ...command, kind, amountMinor }, context));
    busy.current = false;
    return answer.ok ? null : answer.refusal;
  };
}
