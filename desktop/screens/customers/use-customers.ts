import { useEffect, useMemo, useState } from 'react';
import type { AccountView } from '#shared/sales/calls-accounts.ts';
import type { CustomerHit, CustomerView } from '#shared/sales/customer-views.ts';
import { answerOf } from '../refusal.ts';
import { useTill } from '../till.ts';
import type { CustomerRefusal } from './words.ts';

/** What a text found; `unreadable` counts the customers whose keys have not come yet. */
export interface FoundCustomers {
  readonly text: string;
  readonly hits: readonly CustomerHit[];
  readonly more: boolean;
  readonly unreadable: number;
  readonly refusal: CustomerRefusal | null;
}

/** Looks the text up at every letter; an answer that comes after a newer one is dropped. `round` asks again. */
export function useFoundCustomers(text: string, round: number): FoundCustomers | null {
  const { client } = useTill();
  const [found, setFound] = useState<FoundCustomers | null>(null);
  const asked = useMemo(() => ({ text, round }), [text, round]);
  useEffect(() => {
    let wanted = true;
    const { text } = asked;
    void answerOf(client.sales.customers.find({ text })).then((answer) => {
      if (!wanted) return;
      const none = { hits: [], more: false, unreadable: 0 };
      setFound(
        answer.ok ? { text, ...answer.value, refusal: null } : { text, ...none, refusal: answer.refusal },
      );
    });
    return () => {
      wanted = false;
    };
  }, [client, asked]);
  return found;
}

/** One customer in full, or why not; null until the till has answered. */
export type OpenCustomer =
  | { readonly ok: true; readonly customer: CustomerView }
  | { readonly ok: false; readonly refusal: CustomerRefusal };

export function useOpenCustomer(customerId: string): OpenCustomer | null {
  const { client } = useTill();
  const [opened, setOpened] = useState<OpenCustomer | null>(null);
  useEffect(() => {
    let wanted = true;
    void answerOf(client.sales.customers.get({ customerId })).then((answer) => {
      if (!wanted) return;
      setOpened(answer.ok ? { ok: true, customer: answer.value } : answer);
    });
    return () => {
      wanted = false;
    };
  }, [client, customerId]);
  return opened;
}

/** A customer's standing with this store; null until the till has answered. */
export function useAccount(
  customerId: string,
): readonly [AccountView | null, (account: AccountView) => void] {
  const { client } = useTill();
  const [account, setAccount] = useState<AccountView | null>(null);
  useEffect(() => {
    let wanted = true;
    void answerOf(client.sales.account({ customerId })).then((answer) => {
      if (wanted && answer.ok) setAccount(answer.value);
    });
    return () => {
      wanted = false;
    };
  }, [client, customerId]);
  return [account, setAccount];
}
