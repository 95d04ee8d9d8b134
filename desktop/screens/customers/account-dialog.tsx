import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { InPlace, PersonTile } from '#shared/auth/calls.ts';
import type { AccountView } from '#shared/sales/calls-accounts.ts';
import { Button } from '#shared/ui/button.tsx';
import { Dialog } from '#shared/ui/dialog.tsx';
import { Field } from '#shared/ui/field.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { parseAmount, typedAmount } from '../pay/amounts.ts';
import { answerOf, repeatable } from '../refusal.ts';
import { AuthorityDialog } from '../sign-in/authority-dialog.tsx';
import { type AuthorityProblem, authorityProblem } from '../sign-in/authority-problem.ts';
import type { StoreFacts } from '../store-facts.ts';
import { useTill } from '../till.ts';

const context = repeatable(20);

/** Money paid in for what is owed; the limit and the exemption, with a PIN in place where the right is missing. */
export function AccountDialog({
  account,
  store,
  people,
  onChanged,
  onLeave,
}: {
  readonly account: AccountView;
  readonly store: StoreFacts;
  readonly people: readonly PersonTile[];
  readonly onChanged: (account: AccountView) => void;
  readonly onLeave: () => void;
}) {
  const { t } = useLingui();
  const format = useFormat();
  const { client } = useTill();
  const [paid, setPaid] = useState('');
  const [limit, setLimit] = useState(() => typedAmount(account.limitMinor, store.minorDigits, format.locale));
  const [exemption, setExemption] = useState(account.taxExemption ?? '');
  const [wrong, setWrong] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const { customerId } = account;
  const owed = format.money(account.balanceMinor);

  const setTerms = async (inPlace?: InPlace): Promise<AuthorityProblem | null> => {
    const limitMinor = parseAmount(limit, store.minorDigits) ?? account.limitMinor;
    const terms = { commandId: crypto.randomUUID(), customerId, limitMinor, taxExemption: exemption.trim() };
    const answer = await answerOf(
      client.sales.setAccount({ ...terms, ...(inPlace && { inPlace }) }, { context }),
    );
    if (answer.ok) onChanged(answer.value);
    return authorityProblem(answer.ok ? null : answer.refusal);
  };
  const payIn = async (amountMinor: number) => {
    const payment = { commandId: crypto.randomUUID(), customerId, amountMinor };
    const answer = await answerOf(
      client.sales.payAccount({ ...payment, tenderKind: 'cash', reason: '' }, { context }),
    );
    if (answer.ok) onChanged(answer.value);
    else setWrong(t`Nothing was paid in. Try again.`);
  };
  const enter = async () => {
    if (paid.trim() !== '') {
      const amountMinor = parseAmount(paid, store.minorDigits);
      if (!amountMinor) return setWrong(t`That is no amount`);
      return payIn(amountMinor);
    }
    if ((await setTerms()) === 'missing-right') setAsking(true);
  };
  if (asking)
    return (
      <AuthorityDialog
        title={t`Account of the customer`}
        right="sales.account.edit"
        people={people}
        onPin={setTerms}
        onLeave={() => setAsking(false)}
      />
    );
  return (
    <Dialog open title={t`Account of the customer`} onClose={onLeave}>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void enter();
        }}
      >
        <p role={wrong ? 'alert' : undefined} className={wrong ? 'text-stop' : 'text-muted'}>
          {wrong ?? t`Owed: ${owed}. What is paid in here goes into the drawer.`}
        </p>
        <Field label={t`Paid in, in cash`} autoFocus inputMode="decimal" {...typing(paid, setPaid)} />
        <Field label={t`Limit`} inputMode="decimal" {...typing(limit, setLimit)} />
        <Field
          label={t`Certificate that exempts from tax`}
          maxLength={40}
          {...typing(exemption, setExemption)}
        />
        <Button kind="primary" size={56} keys="Enter" type="submit">
          <Trans>Save</Trans>
        </Button>
      </form>
    </Dialog>
  );
}

const typing = (value: string, set: (text: string) => void) => ({
  value,
  size: 56 as const,
  autoComplete: 'off',
  dir: 'ltr' as const,
  onChange: (event: { readonly target: { readonly value: string } }) => set(event.target.value),
});
