import { Trans, useLingui } from '@lingui/react/macro';
import { RadioGroup } from 'radix-ui';
import { useRef, useState } from 'react';
import type { CustomerView } from '#shared/sales/customer-views.ts';
import { Button } from '#shared/ui/button.tsx';
import { AlertDialog } from '#shared/ui/dialog.tsx';
import { useCommands } from '../keys/command-keys.tsx';
import { answerOf, repeatable } from '../refusal.ts';
import { useTill } from '../till.ts';
import { RefusedNote } from './refused-note.tsx';
import type { CustomerRefusal } from './words.ts';

type Reason = 'asked' | 'consent-withdrawn' | 'no-longer-needed';

/** Asks before a customer's data goes for ever: the way back is the one in focus. */
export function EraseDialog({
  customer: { customerId, name },
  onLeave,
  onErased,
}: {
  readonly customer: CustomerView;
  readonly onLeave: () => void;
  readonly onErased: () => void;
}) {
  const { t } = useLingui();
  const { client } = useTill();
  const keep = useRef<HTMLButtonElement>(null);
  const [commandId] = useState(() => crypto.randomUUID());
  const [reason, setReason] = useState<Reason>('asked');
  const [refusal, setRefusal] = useState<CustomerRefusal | null>(null);
  useCommands({ back: onLeave }, true);
  const erase = async () => {
    const command = { commandId, customerId, reason };
    const answer = await answerOf(client.sales.customers.erase(command, { context: repeatable(3) }));
    if (answer.ok) onErased();
    else setRefusal(answer.refusal);
  };
  const reasons: readonly { readonly value: Reason; readonly label: string }[] = [
    { value: 'asked', label: t`The customer asked for it` },
    { value: 'consent-withdrawn', label: t`The customer withdrew consent` },
    { value: 'no-longer-needed', label: t`The data is no longer needed` },
  ];
  return (
    <AlertDialog
      open
      title={t`Erase this customer’s data?`}
      detail={
        <Trans>
          The data of <bdi>{name}</bdi> goes for ever: here at once, at HQ and every other till as the erasure
          arrives. Sales stay, without the name.
        </Trans>
      }
      initialFocus={keep}
      onLeave={onLeave}
    >
      <RefusedNote refusal={refusal} />
      <RadioGroup.Root
        aria-label={t`Reason`}
        value={reason}
        onValueChange={(picked) => {
          const found = reasons.find(({ value }) => value === picked);
          if (found) setReason(found.value);
        }}
        className="grid gap-2"
      >
        {reasons.map(({ value, label }) => (
          <RadioGroup.Item
            key={value}
            value={value}
            className="flex min-h-target-44 items-center gap-3 rounded-6 border border-line-control px-4 text-start data-[state=checked]:border-brand data-[state=checked]:bg-brand-soft data-[state=checked]:font-semibold data-[state=checked]:text-on-brand-soft"
          >
            <span className="grid size-4 flex-none place-items-center rounded-full border border-current">
              <RadioGroup.Indicator className="size-2 rounded-full bg-current" />
            </span>
            {label}
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
      <div className="flex gap-3">
        <Button kind="danger" size={72} onClick={() => void erase()}>
          <Trans>Erase for ever</Trans>
        </Button>
        <Button ref={keep} size={72} grow keys="Esc" onClick={onLeave}>
          <Trans>Keep the customer</Trans>
        </Button>
      </div>
    </AlertDialog>
  );
}
