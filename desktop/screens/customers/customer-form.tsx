import { Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { CustomerHit, CustomerInput, CustomerView } from '#shared/sales/customer-views.ts';
import { Button } from '#shared/ui/button.tsx';
import { Field } from '#shared/ui/field.tsx';
import { Pane } from '#shared/ui/pane.tsx';
import { answerOf, repeatable } from '../refusal.ts';
import { useTill } from '../till.ts';
import { RefusedNote } from './refused-note.tsx';
import type { CustomerRefusal } from './words.ts';

interface Props {
  /** Null for a new one. */
  readonly customer: CustomerView | null;
  /** What had been looked for: usually the name of who is not there yet. */
  readonly name: string;
  readonly onSaved: (customerId: string) => void;
  readonly onOpen: (customerId: string) => void;
}

type Typed = { readonly [K in keyof CustomerInput]: K extends 'consent' ? boolean : string };

/** A customer's data as it is typed. Nothing of it leaves this page before it is saved. */
export function CustomerForm({ customer, name, onSaved, onOpen }: Props) {
  const { t } = useLingui();
  const [typed, setTyped] = useState(() => typedOf(customer, name));
  const [tried, setTried] = useState(false);
  const { save, refusal, alike } = useSaving(customer, onSaved);
  const field = (key: Exclude<keyof Typed, 'consent'>, most: number) => ({
    size: 56 as const,
    autoComplete: 'off',
    maxLength: most,
    value: typed[key],
    onChange: (event: { readonly target: { readonly value: string } }) =>
      setTyped({ ...typed, [key]: event.target.value }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (typed.name.trim() !== '') void save(inputOf(typed), false);
  };
  return (
    <Pane title={customer ? t`Edit customer` : t`New customer`}>
      <form onSubmit={submit} className="flex min-h-0 flex-1 flex-col gap-4 p-4">
        <div className="grid min-h-0 flex-1 content-start gap-4 overflow-auto p-1">
          <RefusedNote refusal={refusal} />
          {alike.length > 0 && (
            <Alike hits={alike} onOpen={onOpen} onAnyway={() => void save(inputOf(typed), true)} />
          )}
          <Field
            autoFocus
            label={t`Name`}
            {...field('name', 120)}
            error={tried && typed.name.trim() === '' ? t`Type a name` : undefined}
          />
          <div className="grid grid-cols-2 gap-4 max-[900px]:grid-cols-1">
            <Field label={t`Phone`} type="tel" dir="ltr" {...field('phone', 40)} />
            <Field label={t`E-mail`} inputMode="email" dir="ltr" {...field('email', 254)} />
          </div>
          <Field label={t`Address`} {...field('address', 300)} />
          <Field label={t`Note`} {...field('note', 500)} />
          <label className="flex min-h-target-44 items-center gap-3">
            <input
              type="checkbox"
              className="size-5 accent-brand"
              checked={typed.consent}
              onChange={(event) => setTyped({ ...typed, consent: event.target.checked })}
            />
            <Trans>The customer agrees to receive messages</Trans>
          </label>
        </div>
        <Button kind="primary" size={72} keys="Enter" type="submit" className="min-w-0 flex-none">
          <span className="truncate text-20">
            <Trans>Save</Trans>
          </span>
        </Button>
      </form>
    </Pane>
  );
}

/** One command id for what is typed as it is: asked again after a lost answer, it is done once. */
function useSaving(customer: CustomerView | null, onSaved: (customerId: string) => void) {
  const { client } = useTill();
  const [refusal, setRefusal] = useState<CustomerRefusal | null>(null);
  const [alike, setAlike] = useState<readonly CustomerHit[]>([]);
  const busy = useRef(false);
  const save = async (input: CustomerInput, anyway: boolean) => {
    if (busy.current) return;
    busy.current = true;
    const { customers } = client.sales;
    const commandId = crypto.randomUUID();
    const context = repeatable(3);
    const answer = customer
      ? await answerOf(
          customers.edit({ commandId, customerId: customer.customerId, customer: input }, { context }),
        )
      : await answerOf(customers.create({ commandId, customer: input, anyway }, { context }));
    busy.current = false;
    if (answer.ok) return onSaved(answer.value.customerId);
    const same = answer.refusal.code === 'LOOKS_SAME' ? answer.refusal.data.hits : [];
    setAlike(same);
    setRefusal(answer.refusal.code === 'LOOKS_SAME' ? null : answer.refusal);
  };
  return { save, refusal, alike };
}

/** Who is there already and looks the same: Enter opens the first of them. */
function Alike({
  hits,
  onOpen,
  onAnyway,
}: {
  readonly hits: readonly CustomerHit[];
  readonly onOpen: (customerId: string) => void;
  readonly onAnyway: () => void;
}) {
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  return (
    <div role="alert" className="grid gap-3 rounded-10 border border-warn-line bg-warn-soft p-4">
      <p className="text-14 font-semibold">
        <Trans>Somebody here looks the same. Is it one of them?</Trans>
      </p>
      {hits.map((hit, index) => (
        <Button
          key={hit.customerId}
          ref={index === 0 ? first : undefined}
          size={56}
          className="justify-between!"
          onClick={() => onOpen(hit.customerId)}
        >
          <bdi className="truncate">{hit.name}</bdi>
          {hit.phoneMasked !== null && (
            <bdi dir="ltr" className="text-muted tabular-nums">
              {hit.phoneMasked}
            </bdi>
          )}
        </Button>
      ))}
      <Button kind="quiet" onClick={onAnyway}>
        <Trans>No, add a new one</Trans>
      </Button>
    </div>
  );
}

const typedOf = (customer: CustomerView | null, name: string): Typed => ({
  name: customer?.name ?? (/\p{L}/u.test(name) ? name.trim() : ''),
  phone: customer?.phone ?? (/^[+\d\s.()-]{4,}$/.test(name) ? name.trim() : ''),
  email: customer?.email ?? '',
  address: customer?.address ?? '',
  note: customer?.note ?? '',
  consent: customer?.consent ?? false,
});

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());
const inputOf = ({ name, phone, email, address, note, consent }: Typed): CustomerInput => ({
  name: name.trim(),
  ...{ phone: orNull(phone), email: orNull(email), address: orNull(address), note: orNull(note), consent },
});
