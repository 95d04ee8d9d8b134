import { Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, useState } from 'react';
import type { CartView } from '#shared/sales/calls-cart.ts';
import { Button } from '#shared/ui/button.tsx';
import { Field } from '#shared/ui/field.tsx';
import { Quantity } from '#shared/ui/money.tsx';
import { Pane } from '#shared/ui/pane.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { type Attempt, setDesk, useDesk } from '../desk.ts';
import { ElsewhereLine } from '../elsewhere/elsewhere-line.tsx';
import { askElsewhere } from '../elsewhere/use-elsewhere.ts';
import { Frame } from '../frame/frame.tsx';
import { useCommands } from '../keys/command-keys.tsx';
import type { CartRefusal } from '../refusal.ts';
import { parseExpiry } from './parse-expiry.ts';
import { SaleFoot } from './sale-foot.tsx';
import { SalePane } from './sale-pane.tsx';
import { useSelling } from './use-selling.ts';

type None = Extract<CartRefusal, { readonly code: 'NONE_ON_HAND' }>['data'];

/** The books have none, the customer holds one: its batch and expiry are scanned or typed, and it is sold. */
export function UnlistedTask({ cart }: { readonly cart: CartView }) {
  const { t } = useLingui();
  const refused = useDesk((desk) => desk.refused);
  const back = () => setDesk({ task: 'sell', refused: null });
  const none = refused?.refusal.code === 'NONE_ON_HAND' ? refused.refusal.data : null;
  useCommands({ back, scan: back, ...(none && { elsewhere: askElsewhere(none.packId) }) });
  return (
    <Frame
      current="scan"
      moment={[
        { keys: 'Enter', label: t({ message: 'add', comment: 'Enter adds the article' }) },
        { keys: 'Esc', label: t`back to sale` },
      ]}
    >
      <main className="panes">
        {none && refused && (
          <UnlistedForm key={none.packId} none={none} attempt={refused.attempt} onBack={back} />
        )}
        <SalePane cart={cart}>
          <SaleFoot cart={cart} />
        </SalePane>
      </main>
    </Frame>
  );
}

function UnlistedForm({
  none,
  attempt,
  onBack,
}: {
  readonly none: None;
  readonly attempt: Attempt;
  readonly onBack: () => void;
}) {
  const { t } = useLingui();
  const { addUnlisted } = useSelling();
  const format = useFormat();
  const [batchCode, setBatchCode] = useState('');
  const [expiry, setExpiry] = useState('');
  const [tried, setTried] = useState(false);
  const expiresOn = parseExpiry(expiry);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (batchCode.trim() === '' || expiresOn === null) return;
    void addUnlisted({
      packId: none.packId,
      quantity: attempt.quantity,
      batchCode: batchCode.trim(),
      expiresOn,
    });
  };
  return (
    <Pane title={t`Not enough on hand`} aside={<bdi>{none.name}</bdi>}>
      <form onSubmit={submit} className="flex min-h-0 flex-1 flex-col gap-5 p-4">
        <p role="alert">
          {none.onHandBase > 0 ? (
            <Trans>
              The books have <Quantity qtyBase={none.onHandBase} packSize={1} /> units that may be sold, and{' '}
              <Quantity qtyBase={none.wantBase} packSize={1} /> were asked for. Nothing was added.
            </Trans>
          ) : (
            <Trans>The books have none that may be sold. Nothing was added.</Trans>
          )}
        </p>
        <p className="text-14 text-muted">
          <Trans>
            Is it in your hand? Scan its square code, or type what is printed on the box. It is sold, and the
            difference shows as a task for the manager.
          </Trans>
        </p>
        <p className="text-14 text-muted">
          <ElsewhereLine packId={none.packId} />
        </p>
        <Field
          autoFocus
          label={t`Batch`}
          size={56}
          autoComplete="off"
          maxLength={40}
          value={batchCode}
          onChange={(event) => setBatchCode(event.target.value)}
          error={
            tried && batchCode.trim() === ''
              ? t`Type the batch as it is printed, after Lot or Batch`
              : undefined
          }
        />
        <Field
          label={t`Expiry`}
          size={56}
          autoComplete="off"
          inputMode="numeric"
          placeholder={t`MM/YY`}
          value={expiry}
          onChange={(event) => setExpiry(event.target.value)}
          hint={
            expiresOn
              ? format.date(expiresOn)
              : t`Month and year as printed: 08/27, or with the day: 31/08/2027`
          }
          error={tried && expiresOn === null ? t`Type month and year: 08/27` : undefined}
        />
        <div className="mt-auto flex gap-3">
          <Button size={72} keys="Esc" onClick={onBack}>
            <Trans>Leave out</Trans>
          </Button>
          <Button kind="primary" size={72} grow keys="Enter" type="submit" className="min-w-0">
            <span className="truncate text-20">
              <Trans>Sell this batch</Trans>
            </span>
          </Button>
        </div>
      </form>
    </Pane>
  );
}
