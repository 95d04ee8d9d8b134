import type { StoreSettingEdit, StoreSettings } from '#shared/auth/calls-store-settings.ts';
import { asSchemes, weighedSchemesFault } from '#shared/catalog/weighed.ts';
import type { Counter } from '../counter.ts';
import { editSetting } from '../edit-setting.ts';
import { refuse } from '../refuse.ts';
import type { Sessions } from '../sessions.ts';

type ForeignCash = StoreSettings['sales.foreign-cash'];

/** What holds in the store for all its tills, as a manager reads and settles it. */
export function createStoreSettings(counter: Counter, sessions: Sessions) {
  /** A rate that is not as it was is of today. */
  function dated(currencies: ForeignCash): ForeignCash {
    const own = counter.shop().currency;
    const before = counter.setting('sales.foreign-cash');
    const seen = new Set<string>([own]);
    return currencies.map(({ currency, ratePpm }) => {
      if (seen.has(currency)) refuse({ code: 'BAD_CURRENCY', currency });
      seen.add(currency);
      const was = before.find((one) => one.currency === currency);
      return was?.ratePpm === ratePpm ? was : { currency, ratePpm, since: counter.today().business };
    });
  }
  return {
    read(): StoreSettings {
      if (!sessions.read(counter)) refuse({ code: 'NOT_SIGNED_IN' });
      const { setting } = counter;
      return {
        'sales.discount-limit': setting('sales.discount-limit'),
        'sales.blind-return-cap': setting('sales.blind-return-cap'),
        'sales.return-place': setting('sales.return-place'),
        'sales.shift-variance-limit': setting('sales.shift-variance-limit'),
        'sales.shift-variance-pin': setting('sales.shift-variance-pin'),
        'sales.voucher-quota': setting('sales.voucher-quota'),
        'sales.prescription-policy': setting('sales.prescription-policy'),
        'sales.loyalty': setting('sales.loyalty'),
        'sales.foreign-cash': setting('sales.foreign-cash'),
        'sales.quick-keys': setting('sales.quick-keys'),
        'catalog.weighed-schemes': setting('catalog.weighed-schemes'),
      };
    },
    change(edit: StoreSettingEdit): Record<never, never> {
      if (edit.key === 'catalog.weighed-schemes') refuseUnreadable(edit.value);
      const checked = edit.key === 'sales.foreign-cash' ? { ...edit, value: dated(edit.value) } : edit;
      editSetting(counter, sessions, checked);
      // Prices, limits and points of the sale in progress may be others now.
      counter.live.changed('cart');
      return {};
    },
  };
}

/** A layout that cannot be would keep every label of its prefix from being sold. */
function refuseUnreadable(schemes: StoreSettings['catalog.weighed-schemes']): void {
  const fault = weighedSchemesFault(asSchemes(schemes));
  if (fault) refuse({ code: 'BAD_SCHEME', reason: fault.code, prefix: fault.prefix });
}
