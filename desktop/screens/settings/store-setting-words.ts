import { useLingui } from '@lingui/react/macro';
import type {
  StoreSettingChange,
  StoreSettingKey,
  StoreSettings,
} from '#shared/auth/calls-store-settings.ts';
import { mulDivRound } from '#shared/kernel/money.ts';
import { pointsEarned, worthOf } from '#shared/sales/loyalty.ts';
import { useFormat } from '#shared/ui/use-format.ts';
import { useRefusalWords, type Words } from '../sell/refusal-words.tsx';
import type { StoreSettingRefusal } from './use-store-settings.ts';

/** A setting in a few words for the list, and in a sentence that says what it will do. */
export function useStoreSettingWords() {
  const { t } = useLingui();
  const format = useFormat();
  const places = {
    shelf: t`back to the shelf`,
    quarantine: t`set aside`,
    destruction: t`destroyed`,
  } as const;
  const unit = 10 ** format.currency.digits;
  return {
    places,
    short(change: StoreSettingChange): string {
      switch (change.key) {
        case 'sales.discount-limit':
          return format.rate(change.value);
        case 'sales.blind-return-cap':
        case 'sales.shift-variance-limit':
        case 'sales.voucher-quota':
          return format.money(change.value);
        case 'sales.return-place':
          return places[change.value];
        case 'sales.shift-variance-pin':
          return change.value ? t`yes` : t`no`;
        case 'sales.prescription-policy':
          return change.value === 'refuse' ? t`refused` : t`a pharmacist’s PIN`;
        case 'sales.loyalty':
          return change.value.enabled ? t`on` : t`off`;
        case 'sales.foreign-cash':
          return change.value.map(({ currency }) => currency).join(' · ') || t`none`;
        case 'sales.quick-keys':
          return change.value.length === 0 ? t`none` : format.count(change.value.length);
        case 'catalog.weighed-schemes':
          return change.value.map(({ prefix }) => prefix).join(' · ') || t`none`;
      }
    },
    effect(change: StoreSettingChange): string {
      const hundred = format.money(100 * unit);
      switch (change.key) {
        case 'sales.discount-limit': {
          const off = format.money(mulDivRound(100 * unit, change.value, 100_000));
          return t`A cashier may take ${off} off a sale of ${hundred} alone. More asks for a PIN.`;
        }
        case 'sales.blind-return-cap': {
          const most = format.money(change.value);
          return change.value === 0
            ? t`Nothing is given back without a receipt.`
            : t`Without a receipt ${most} are given back at most, and only with a PIN.`;
        }
        case 'sales.shift-variance-limit': {
          const most = format.money(change.value);
          return t`A count that is off by more than ${most} asks for a reason.`;
        }
        case 'sales.voucher-quota': {
          const most = format.money(change.value);
          return change.value === 0
            ? t`A voucher that this till does not know is not taken.`
            : t`Each till takes ${most} a day of vouchers that it does not know.`;
        }
        case 'sales.return-place':
          return t`What comes back is ${places[change.value]}, unless whoever takes it back says otherwise.`;
        case 'sales.shift-variance-pin':
          return change.value
            ? t`Such a difference asks for the PIN of somebody who may close other people’s shifts.`
            : t`A reason is enough.`;
        case 'sales.prescription-policy':
          return change.value === 'refuse'
            ? t`A medicine on prescription is not sold while no prescription is entered.`
            : t`A pharmacist answers for it with a PIN at payment.`;
        case 'sales.loyalty': {
          if (!change.value.enabled) return t`No points are given or taken.`;
          const sale = format.money(20 * unit);
          const points = format.count(pointsEarned(20 * unit, change.value));
          const off = format.money(worthOf(100, change.value));
          return t`A sale of ${sale} gives ${points} points. 100 points take ${off} off.`;
        }
        case 'sales.foreign-cash':
          return change.value.length === 0 ? t`Cash is taken in the store’s own currency alone.` : '';
        case 'sales.quick-keys':
          return t`Ctrl and a figure puts the article into the sale.`;
        case 'catalog.weighed-schemes':
          return change.value.length === 0
            ? t`A code that begins with 02 or 20 to 29 is a code like any other.`
            : '';
      }
    },
  };
}

/** Why a setting is as it was. */
export function useStoreSettingRefusals(): (refusal: StoreSettingRefusal) => Words {
  const { t } = useLingui();
  const common = useRefusalWords();
  return (refusal) => {
    if (refusal.code === 'BAD_SCHEME') {
      const { prefix } = refusal.data;
      return { title: t`No label can be read by the layout of ${prefix}`, next: t`Nothing was changed.` };
    }
    if (refusal.code !== 'BAD_CURRENCY') return common(refusal);
    const { currency } = refusal.data;
    return { title: t`${currency} stands there twice, or is the store’s own`, next: t`Nothing was changed.` };
  };
}

/** A setting with the value it has. */
export const storedSetting = (values: StoreSettings, key: StoreSettingKey): StoreSettingChange =>
  // Key and value are of one setting: TypeScript does not follow a key through a union.
  ({ key, value: values[key] }) as StoreSettingChange;
