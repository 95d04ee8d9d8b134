import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useRef, useState } from 'react';
import type { PersonTile } from '#shared/auth/calls.ts';
import type { AccountView } from '#shared/sales/calls-accounts.ts';
import type { CustomerView } from '#shared/sales/customer-views.ts';
import { Badge } from '#shared/ui/badge.tsx';
import { Button } from '#shared/ui/button.tsx';
import { Keys } from '#shared/ui/kbd.tsx';
import { Money } from '#shared/ui/money.tsx';
import { Pane } from '#shared/ui/pane.tsx';
import { setDesk } from '../desk.ts';
import { useCommands } from '../keys/command-keys.tsx';
import type { StoreFacts } from '../store-facts.ts';
import { useTill } from '../till.ts';
import { AccountDialog } from './account-dialog.tsx';
import { EraseDialog } from './erase-dialog.tsx';
import { MergeDialog } from './merge-dialog.tsx';
import { RefusedNote } from './refused-note.tsx';
import { useAccount, useOpenCustomer } from './use-customers.ts';

/** One customer in full. Enter makes the sale theirs, Ctrl+E edits, Del asks whether to erase. */
export function CustomerPane({
  customerId,
  onEdit,
  onErased,
  onMerged,
  store,
  people,
}: {
  readonly customerId: string;
  readonly onEdit: (customer: CustomerView) => void;
  readonly onErased: () => void;
  readonly onMerged: (intoId: string) => void;
  readonly store: StoreFacts;
  readonly people: readonly PersonTile[];
}) {
  const { t } = useLingui();
  const opened = useOpenCustomer(customerId);
  if (!opened) return <Pane title={t`Customer`}>{null}</Pane>;
  if (!opened.ok)
    return (
      <Pane title={t`Customer`}>
        <div className="p-4">
          <RefusedNote refusal={opened.refusal} />
        </div>
      </Pane>
    );
  return <Opened customer={opened.customer} {...{ onEdit, onErased, onMerged, store, people }} />;
}

function Opened({
  customer,
  onEdit,
  onErased,
  onMerged,
  store,
  people,
}: {
  readonly customer: CustomerView;
  readonly onEdit: (customer: CustomerView) => void;
  readonly onErased: () => void;
  readonly onMerged: (intoId: string) => void;
  readonly store: StoreFacts;
  readonly people: readonly PersonTile[];
}) {
  const { t } = useLingui();
  const { hands } = useTill();
  const use = useRef<HTMLButtonElement>(null);
  const [over, setOver] = useState<'erase' | 'account' | 'merge' | null>(null);
  const [account, setAccount] = useAccount(customer.customerId);
  useEffect(() => {
    if (over === null) use.current?.focus();
  }, [over]);
  const change = () => onEdit(customer);
  const forSale = async () => {
    const answer = await hands.setCustomer(customer.customerId);
    if (answer.ok) setDesk({ task: 'sell' });
  };
  useCommands({
    remove: () => setOver('erase'),
    edit: change,
    merge: () => setOver('merge'),
    ...(account && { account: () => setOver('account') }),
  });
  const { name, phone, email, address, note, consent } = customer;
  return (
    <Pane
      title={<bdi>{name}</bdi>}
      actions={consent ? <Badge tone="ok">{t`Messages agreed`}</Badge> : <Badge>{t`No messages`}</Badge>}
    >
      <dl className="grid min-h-0 flex-1 content-start gap-4 overflow-auto p-4">
        <Entry name={t`Phone`} text={phone} dir="ltr" />
        <Entry name={t`E-mail`} text={email} dir="ltr" />
        <Entry name={t`Address`} text={address} />
        <Entry name={t`Note`} text={note} />
        {account && <AccountEntry account={account} />}
      </dl>
      <div className="flex flex-none gap-3 p-4">
        <Button kind="danger" size={72} keys="Del" onClick={() => setOver('erase')}>
          <Trans>Erase</Trans>
        </Button>
        <Button size={72} keys="Ctrl+E" onClick={change}>
          <Trans>Edit</Trans>
        </Button>
        <Button
          ref={use}
          kind="primary"
          size={72}
          grow
          keys="Enter"
          className="min-w-0"
          onClick={() => void forSale()}
        >
          <span className="truncate text-20">
            <Trans>For this sale</Trans>
          </span>
        </Button>
      </div>
      {over === 'erase' && (
        <EraseDialog customer={customer} onLeave={() => setOver(null)} onErased={onErased} />
      )}
      {over === 'merge' && (
        <MergeDialog customer={customer} onLeave={() => setOver(null)} onMerged={onMerged} />
      )}
      {over === 'account' && account && (
        <AccountDialog
          {...{ account, store, people }}
          onLeave={() => setOver(null)}
          onChanged={(now) => {
            setAccount(now);
            setOver(null);
          }}
        />
      )}
    </Pane>
  );
}

/** What is owed, of how much, and the points; the key that changes it. */
function AccountEntry({ account }: { readonly account: AccountView }) {
  const { t } = useLingui();
  const { limitMinor, balanceMinor, points } = account;
  return (
    <div>
      <dt className="flex items-center gap-2 text-12 font-semibold text-muted">
        <Trans>Account</Trans> <Keys keys="Ctrl+B" />
      </dt>
      <dd className="flex flex-wrap gap-x-6 text-20">
        <span>
          <Trans>
            owes <Money minor={balanceMinor} /> of <Money minor={limitMinor} />
          </Trans>
        </span>
        {points > 0 && <span>{t`${points} points`}</span>}
        {account.taxExemption !== null && <bdi>{account.taxExemption}</bdi>}
      </dd>
    </div>
  );
}

/** Empty ones stay in their places: what is missing shows. */
function Entry({
  name,
  text,
  dir,
}: {
  readonly name: string;
  readonly text: string | null;
  readonly dir?: 'ltr';
}) {
  return (
    <div>
      <dt className="text-12 font-semibold text-muted">{name}</dt>
      <dd className="text-20 break-words">{text === null ? '–' : <bdi dir={dir}>{text}</bdi>}</dd>
    </div>
  );
}
