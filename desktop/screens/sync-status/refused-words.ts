import { useLingui } from '@lingui/react/macro';
import type { RefusedChange } from '#shared/auth/calls.ts';
import { useRightNames } from '../right-names.ts';

/** What was refused, why, and what holds now: each a sentence a cashier can read to a customer. */
interface RefusedWords {
  readonly kind: string;
  readonly title: string;
  readonly why: string;
  readonly now: string;
  readonly sales: string;
}

export function useRefusedWords(): (change: RefusedChange) => RefusedWords {
  const { t } = useLingui();
  const kinds = useKinds();
  const why = useReasons();
  return (change) => {
    const kind = kinds[change.type] ?? t`Change`;
    const { subject, stands, type } = change;
    const receiptNo = subject ?? '';
    const sale = type === 'sale';
    return {
      kind,
      title: sale
        ? t`HQ did not take the sale ${receiptNo}`
        : subject === null
          ? t`HQ did not take a change of this till`
          : t`HQ did not take the change of ${subject}`,
      why: why(change),
      now: stands
        ? t`What was done at the counter stands, and is booked here. HQ keeps it aside, uncounted.`
        : t`What HQ has stays. Yours is kept here and is not used.`,
      sales: sale ? t`The receipt stays valid.` : t`None is affected.`,
    };
  };
}

/** By the type of the changeset. */
function useKinds(): Readonly<Record<string, string>> {
  const { t } = useLingui();
  return {
    sale: t`Sale`,
    'sale-return': t`Return`,
    'sale-void': t`Sale voided`,
    reprint: t`Reprint`,
    'no-sale': t`Drawer opened`,
    shift: t({ message: 'Shift', context: 'work shift' }),
    'shift-close': t`Shift closed`,
    'cash-movement': t`Cash put in or taken out`,
    'stock-adjustment': t`Stock adjusted`,
    'stock-disposal': t`Stock disposed of`,
    'batch-quarantine': t`Batch set aside`,
    'goods-receipt': t`Goods received`,
    setting: t`Setting`,
    badge: t`Badge printed`,
    customer: t`Customer`,
    erasure: t`Customer erased`,
    'time-confirmation': t`Date confirmed`,
    'sync-repair': t`Books taken anew`,
  };
}

/** HQ's reasons (planIntake's codes) in plain words. */
function useReasons(): (change: RefusedChange) => string {
  const { t } = useLingui();
  const rights = useRightNames();
  return ({ reason, detail, by }) => {
    switch (reason) {
      case 'UNREADABLE':
        return t`HQ could not read it: it is damaged, or newer than HQ understands.`;
      case 'INCOMPLETE_TRANSACTION':
        return t`It belongs together with others that HQ did not get. HQ takes all of them or none.`;
      case 'FOREIGN_SCOPE':
        return t`It is about another store than this till's own.`;
      case 'BAD_ROW':
        return t`Something in it is not as HQ's books allow (${detail}).`;
      case 'MISSING_RIGHT': {
        const right = rights(detail);
        return by === null
          ? t`Whoever did it had no right to at this store. The missing right is: ${right}.`
          : t`${by} had no right to do it at this store. The missing right is: ${right}.`;
      }
      case 'NOT_YOURS_TO_WRITE':
        return t`Only HQ may change this, a till may not.`;
      case 'WRONG_OPERATION':
        return t`What is done once cannot be changed or taken back in this way.`;
      case 'FACT_DIFFERS':
        return t`HQ has another one under the same number already.`;
      default:
        return t`HQ gives the reason ${reason}.`;
    }
  };
}
