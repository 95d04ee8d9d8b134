import type { InPlace } from '#shared/auth/calls.ts';
import { settingChanges } from '#shared/auth/setting-changes.ts';
import { idOfName } from '#shared/kernel/ids.ts';
import type { AccountView } from '#shared/sales/calls-accounts.ts';
import { voucherCode } from '#shared/sales/ledger-rules.ts';
import type { RowOf } from '#shared/schema.ts';
import { auditChange } from '../audit-change.ts';
import { authorise } from '../authorise.ts';
import type { Counter } from '../counter.ts';
import { nothing } from '../once.ts';
import type { Pins } from '../pins.ts';
import { refuse } from '../refuse.ts';
import type { Sessions } from '../sessions.ts';
import { sha256 } from '../store/crypto.ts';
import { accountOf, owedBy, voucherOf } from './ledgers.ts';
import { pointsOf } from './loyalty-ledger.ts';
import { ensureShift } from './shift-open.ts';

type Deps = {
  readonly counter: Counter;
  readonly sessions: Sessions;
  readonly pins: Pins;
  readonly isCustomer: (customerId: string) => boolean;
};

type SetAccount = {
  readonly commandId: string;
  readonly customerId: string;
  readonly limitMinor: number;
  readonly taxExemption: string;
  readonly inPlace?: InPlace | undefined;
};

type PayAccount = {
  readonly commandId: string;
  readonly customerId: string;
  readonly amountMinor: number;
  readonly tenderKind: 'cash' | 'card' | 'mobile';
  readonly reason: string;
};

/** Customers' accounts with this store, and vouchers, as this replica knows them. */
export function createAccounts(deps: Deps) {
  const { counter, sessions, isCustomer } = deps;
  const { db, storeId, tillId } = counter;
  const terms = db.prepare<[string, string], Pick<AccountView, 'priceListId' | 'taxExemption'>>(
    `SELECT price_list_id AS priceListId, tax_exemption AS taxExemption FROM account
     WHERE store_id = ? AND customer_id = ? AND active AND NOT deleted`,
  );

  function view(customerId: string): AccountView {
    if (!isCustomer(customerId)) refuse({ code: 'NOT_FOUND' });
    return {
      customerId,
      limitMinor: accountOf(counter, customerId)?.limitMinor ?? 0,
      balanceMinor: owedBy(counter, customerId),
      points: pointsOf(counter, customerId),
      ...(terms.get(storeId, customerId) ?? { priceListId: null, taxExemption: null }),
    };
  }

  /** Without the number of a certificate, which is the customer's own. */
  const termsBefore = (customerId: string) => ({
    limitMinor: accountOf(counter, customerId)?.limitMinor ?? 0,
    exempt: (terms.get(storeId, customerId)?.taxExemption ?? null) !== null,
  });

  function once(commandId: string, work: () => void): void {
    counter.once.run({ what: 'account', commandId, answer: nothing }, () => {
      work();
      return {};
    });
    counter.live.changed('cart');
    counter.live.changed('sync');
  }

  return {
    account(customerId: string): AccountView {
      sessions.require(counter, 'sales.sell');
      return view(customerId);
    },

    async setAccount({
      commandId,
      customerId,
      limitMinor,
      taxExemption,
      inPlace,
    }: SetAccount): Promise<AccountView> {
      const { actor, authorisedBy } = await authorise(deps, 'sales.account.edit', inPlace);
      view(customerId);
      once(commandId, () => {
        const id = idOfName(sha256, `account:${storeId}:${customerId}`);
        const before = terms.get(storeId, customerId);
        const after = { limitMinor, exempt: taxExemption !== '' };
        const told = settingChanges(termsBefore(customerId), after);
        const cols = {
          ...{ storeId, customerId, limitMinor, priceListId: before?.priceListId ?? null },
          ...{ taxExemption: taxExemption === '' ? null : taxExemption, active: true },
        };
        counter.replica.record({
          type: 'account',
          // Whose right it was: HQ judges the edit by the actor's.
          actor: authorisedBy ?? actor.personId,
          subjectId: null,
          changes: [
            { t: 'account', op: 'set', id, cols },
            auditChange(counter, counter.today(), {
              ...{ actorId: actor.personId, action: 'sales.account-changed', subjectId: customerId },
              details: { ...told, ...(authorisedBy !== null && { authorisedBy }) },
            }),
          ],
        });
      });
      return view(customerId);
    },

    payAccount({ commandId, customerId, amountMinor, tenderKind, reason }: PayAccount): AccountView {
      const { personId: actorId } = sessions.require(counter, 'sales.sell');
      view(customerId);
      once(commandId, () => {
        const today = counter.today();
        const shift = ensureShift(counter, actorId, today);
        const row: RowOf<'account_entry'> = {
          ...{
            id: counter.ids.next(),
            storeId,
            tillId,
            customerId,
            kind: 'payment',
            amountMinor: -amountMinor,
          },
          ...{ documentId: null, tenderKind, shiftId: shift.shiftId, reason: reason === '' ? null : reason },
          ...{ at: today.nowMs, businessDate: today.business, actorId },
        };
        counter.replica.record({
          type: 'account-payment',
          actor: actorId,
          subjectId: null,
          changes: [...shift.changes, { t: 'account_entry', op: 'insert', row }],
        });
      });
      counter.live.changed('shift');
      return view(customerId);
    },

    voucher(text: string) {
      sessions.require(counter, 'sales.sell');
      const code = voucherCode(text);
      return { code, ...voucherOf(counter, code) };
    },
  };
}
