import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useRef, useState } from 'react';
import type { CustomerView } from '#shared/sales/customer-views.ts';
import { Badge } from '#shared/ui/badge.tsx';
import { Button } from '#shared/ui/button.tsx';
import { Pane } from '#shared/ui/pane.tsx';
import { setDesk } from '../desk.ts';
import { useCommands } from '../keys/command-keys.tsx';
import { useTill } from '../till.ts';
import { EraseDialog } from './erase-dialog.tsx';
import { RefusedNote } from './refused-note.tsx';
import { useOpenCustomer } from './use-customers.ts';

/** One customer in full. Enter makes the sale theirs, Ctrl+E edits, Del asks whether to erase. */
export function CustomerPane({
  customerId,
  onEdit,
  onErased,
}: {
  readonly customerId: string;
  readonly onEdit: (customer: CustomerView) => void;
  readonly onErased: () => void;
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
  return <Opened customer={opened.customer} onEdit={onEdit} onErased={onErased} />;
}

function Opened({
  customer,
  onEdit,
  onErased,
}: {
  readonly customer: CustomerView;
  readonly onEdit: (customer: CustomerView) => void;
  readonly onErased: () => void;
}) {
  const { t } = useLingui();
  const { hands } = useTill();
  const use = useRef<HTMLButtonElement>(null);
  const [erasing, setErasing] = useState(false);
  useEffect(() => {
    if (!erasing) use.current?.focus();
  }, [erasing]);
  const change = () => onEdit(customer);
  const forSale = async () => {
    const answer = await hands.setCustomer(customer.customerId);
    if (answer.ok) setDesk({ task: 'sell' });
  };
  useCommands({ remove: () => setErasing(true), edit: change });
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
      </dl>
      <div className="flex flex-none gap-3 p-4">
        <Button kind="danger" size={72} keys="Del" onClick={() => setErasing(true)}>
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
      {erasing && <EraseDialog customer={customer} onLeave={() => setErasing(false)} onErased={onErased} />}
    </Pane>
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
