import { Trans, useLingui } from '@lingui/react/macro';
import { UserRound } from 'lucide-react';
import { useState } from 'react';
import type { PersonTile } from '#shared/auth/calls.ts';
import type { CustomerView } from '#shared/sales/customer-views.ts';
import { Announce } from '#shared/ui/announce.tsx';
import { Button } from '#shared/ui/button.tsx';
import { Pane } from '#shared/ui/pane.tsx';
import { EmptyState } from '#shared/ui/states.tsx';
import { setDesk } from '../desk.ts';
import { Frame } from '../frame/frame.tsx';
import { useCommands } from '../keys/command-keys.tsx';
import type { MomentKey } from '../keys/key-bar.tsx';
import type { StoreFacts } from '../store-facts.ts';
import { CustomerForm } from './customer-form.tsx';
import { CustomerPane } from './customer-pane.tsx';
import { FindCustomers } from './find-customers.tsx';

/** What stands beside the list. A customer's data shows only when somebody opened it. */
type Beside =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'customer'; readonly customerId: string }
  | { readonly kind: 'form'; readonly customer: CustomerView | null; readonly name: string };

/** Customers: found at the leading side; one of them read, changed, made or erased at the trailing one. */
export function CustomersTask({
  store,
  people,
}: {
  readonly store: StoreFacts;
  readonly people: readonly PersonTile[];
}) {
  const { t } = useLingui();
  const [text, setText] = useState('');
  const [round, setRound] = useState(0);
  const [beside, setBeside] = useState<Beside>({ kind: 'nobody' });
  const [said, setSaid] = useState('');
  const toSale = () => setDesk({ task: 'sell' });
  const toList = () => setBeside({ kind: 'nobody' });
  const create = () => setBeside({ kind: 'form', customer: null, name: text });
  const open = (customerId: string) => setBeside({ kind: 'customer', customerId });
  const changed = (words: string) => {
    setSaid(words);
    setRound(round + 1);
  };
  useCommands({
    scan: toSale,
    customer: create,
    back: () => {
      if (beside.kind === 'form' && beside.customer) open(beside.customer.customerId);
      else if (beside.kind !== 'nobody') toList();
      else if (text !== '') setText('');
      else toSale();
    },
  });
  return (
    <Frame current="customer" moment={useMoment(beside)}>
      <main className="panes">
        <FindCustomers
          text={text}
          onText={setText}
          round={round}
          focused={beside.kind === 'nobody'}
          onOpen={open}
          onCreate={create}
        />
        {beside.kind === 'nobody' && <Nobody onCreate={create} />}
        {beside.kind === 'customer' && (
          <CustomerPane
            key={`${beside.customerId} ${round}`}
            customerId={beside.customerId}
            {...{ store, people }}
            onMerged={(intoId) => {
              changed(t`The two are one customer now.`);
              open(intoId);
            }}
            onEdit={(customer) => setBeside({ kind: 'form', customer, name: '' })}
            onErased={() => {
              changed(t`The customer’s data was erased.`);
              toList();
            }}
          />
        )}
        {beside.kind === 'form' && (
          <CustomerForm
            key={beside.customer?.customerId ?? 'new'}
            customer={beside.customer}
            name={beside.name}
            onOpen={open}
            onSaved={(customerId) => {
              changed(t`Saved on this till.`);
              open(customerId);
            }}
          />
        )}
      </main>
      <Announce words={said} />
    </Frame>
  );
}

function Nobody({ onCreate }: { readonly onCreate: () => void }) {
  const { t } = useLingui();
  return (
    <Pane title={t`Customer`}>
      <EmptyState
        icon={<UserRound size={28} strokeWidth={1.5} aria-hidden />}
        title={t`Nobody is open`}
        action={
          <Button size={56} keys="F3" tabIndex={-1} onClick={onCreate}>
            <Trans>New customer</Trans>
          </Button>
        }
      >
        <Trans>
          Enter opens the one chosen. Names and numbers are enciphered on this till; erasing a customer
          destroys the key.
        </Trans>
      </EmptyState>
    </Pane>
  );
}

function useMoment(beside: Beside): readonly MomentKey[] {
  const { t } = useLingui();
  if (beside.kind === 'form')
    return [
      { keys: 'Tab', label: t`next` },
      { keys: 'Enter', label: t`save` },
      { keys: 'Esc', label: t`back` },
    ];
  if (beside.kind === 'customer')
    return [
      { keys: 'Enter', label: t`for this sale` },
      { keys: 'Ctrl+E', label: t`edit` },
      { keys: 'Del', label: t({ message: 'erase', comment: 'Del erases the customer’s data' }) },
      { keys: 'Esc', label: t`back` },
    ];
  return [
    { keys: '↑+↓', label: t`choose` },
    { keys: 'Enter', label: t({ message: 'open', comment: 'Enter opens the customer' }) },
    { keys: 'Esc', label: t`back to sale` },
  ];
}
