import { Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { InvoiceState } from '#shared/sales/calls-invoices.ts';
import { Button } from '#shared/ui/button.tsx';
import { Dialog } from '#shared/ui/dialog.tsx';
import { Field } from '#shared/ui/field.tsx';
import { answerOf, repeatable } from '../refusal.ts';
import { useRightNames } from '../right-names.ts';
import { download } from '../sync-status/save-foot.tsx';
import { useTill } from '../till.ts';
import { type Buyer, useInvoice } from './use-invoice.ts';

/** A tax invoice of a completed sale: whom it is made out to, then the file. One that there is already is a copy. */
export function InvoiceDialog({
  saleId,
  onLeave,
}: {
  readonly saleId: string;
  readonly onLeave: () => void;
}) {
  const { t } = useLingui();
  const { state, buyer } = useInvoice(saleId);
  return (
    <Dialog open title={t`Tax invoice`} onClose={onLeave}>
      {state && buyer && <InvoiceForm {...{ saleId, state, onLeave }} given={buyer} />}
    </Dialog>
  );
}

function InvoiceForm({
  saleId,
  state,
  given,
  onLeave,
}: {
  readonly saleId: string;
  readonly state: InvoiceState;
  readonly given: Buyer;
  readonly onLeave: () => void;
}) {
  const { t } = useLingui();
  const [buyer, setBuyer] = useState(given);
  const exists = state.invoice !== null;
  const { wrong, done, make, forgive } = useMaking(saleId, exists);
  const form = useRef<HTMLFormElement>(null);
  // Once it is made the fields are closed: the focus goes to the button that Enter is then for.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `done` is when the fields close
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('input:enabled, button')?.focus();
  }, [done]);
  const typing = (key: keyof Buyer, maxLength: number) => ({
    ...{ value: buyer[key], maxLength, autoComplete: 'off', disabled: exists || done !== null },
    onChange: (event: { readonly target: { readonly value: string } }) => {
      forgive();
      setBuyer({ ...buyer, [key]: event.target.value });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (done !== null) return onLeave();
    void make(buyer);
  };
  const { receiptNo } = state;
  const invoiceNo = state.invoice?.invoiceNo ?? '';
  return (
    <form ref={form} className="grid gap-4" onSubmit={submit}>
      <p role={wrong ? 'alert' : 'status'} className={wrong ? 'font-semibold text-stop' : 'text-muted'}>
        {wrong ??
          done ??
          (state.invoice?.gone === 'erased'
            ? t`The buyer of invoice ${invoiceNo} was erased: a copy has the sale and its tax, and no name.`
            : exists
              ? t`Receipt ${receiptNo} has its invoice ${invoiceNo}. What is made now says COPY.`
              : t`For receipt ${receiptNo}. It gets a number of its own, once.`)}
      </p>
      <Field label={t`Name of the buyer`} size={56} {...typing('name', 120)} />
      <Field label={t`Street`} {...typing('street', 80)} />
      <Field label={t`Postcode and town`} {...typing('town', 80)} />
      <Field label={t`Tax number`} dir="ltr" {...typing('taxNumber', 40)} />
      <Button kind="primary" size={56} keys="Enter" type="submit">
        {done !== null ? (
          <Trans>Close</Trans>
        ) : exists ? (
          <Trans>Save a copy</Trans>
        ) : (
          <Trans>Make the invoice</Trans>
        )}
      </Button>
    </form>
  );
}

/** Of a copy the till has the buyer it has: what is sent is not looked at. */
const UNNAMED = '-';

/** Asks for the paper and saves it; asked again after a lost answer it is the same paper. */
function useMaking(saleId: string, exists: boolean) {
  const { t } = useLingui();
  const { client } = useTill();
  const rights = useRightNames();
  const commandId = useRef(crypto.randomUUID());
  const [wrong, setWrong] = useState<string | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const make = async ({ name, street, town, taxNumber }: Buyer) => {
    if (name.trim() === '' && !exists) return setWrong(t`Type the name of the buyer.`);
    const buyer = {
      name: name.trim() || UNNAMED,
      address: [street.trim(), town.trim()].filter((line) => line !== ''),
      taxNumber: taxNumber.trim() || null,
    };
    const call = client.sales.invoices.make(
      { commandId: commandId.current, saleId, buyer },
      { context: repeatable(20) },
    );
    const answer = await answerOf(call);
    if (answer.ok) {
      const { fileName, base64 } = answer.value;
      download(fileName, base64);
      setWrong(null);
      return setDone(t`Saved as ${fileName}.`);
    }
    if (answer.refusal.code === 'MISSING_RIGHT') {
      const right = rights(answer.refusal.data.permission);
      return setWrong(t`You have no right ${right}. Nothing was made.`);
    }
    if (answer.refusal.code === 'KEY_MISSING')
      return setWrong(
        t`The buyer cannot be read on this till yet. It can be made after the next contact with HQ.`,
      );
    setWrong(t`It could not be made. Press Enter again: it gets no second number.`);
  };
  return { wrong, done, make, forgive: () => setWrong(null) };
}
