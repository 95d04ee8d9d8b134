import { oc } from '@orpc/contract';
import { z } from 'zod';
import { permissions } from './permissions.ts';
import { settings } from './settings.ts';

const signedIn = { NOT_ENROLLED: {}, NOT_SIGNED_IN: {} } as const;

/** What a manager may settle for the store, each with its check (settings.ts). */
const editable = {
  'sales.discount-limit': settings['sales.discount-limit'].unwrap(),
  'sales.blind-return-cap': settings['sales.blind-return-cap'].unwrap(),
  'sales.return-place': settings['sales.return-place'].unwrap(),
  'sales.shift-variance-limit': settings['sales.shift-variance-limit'].unwrap(),
  'sales.shift-variance-pin': settings['sales.shift-variance-pin'].unwrap(),
  'sales.voucher-quota': settings['sales.voucher-quota'].unwrap(),
  'sales.prescription-policy': settings['sales.prescription-policy'].unwrap(),
  'sales.loyalty': settings['sales.loyalty'].unwrap(),
  'sales.foreign-cash': settings['sales.foreign-cash'].unwrap(),
  'sales.quick-keys': settings['sales.quick-keys'].unwrap(),
  'catalog.weighed-schemes': settings['catalog.weighed-schemes'].unwrap(),
};
const storeSettings = z.object(editable);
export type StoreSettings = z.infer<typeof storeSettings>;
export type StoreSettingKey = keyof StoreSettings;
/** A setting with a value of its own. */
export type StoreSettingChange = {
  readonly [K in StoreSettingKey]: { readonly key: K; readonly value: StoreSettings[K] };
}[StoreSettingKey];

const edit = <K extends StoreSettingKey>(key: K) =>
  z.object({ commandId: z.uuid(), key: z.literal(key), value: editable[key] });
const storeSettingEdit = z.discriminatedUnion('key', [
  edit('sales.discount-limit'),
  edit('sales.blind-return-cap'),
  edit('sales.return-place'),
  edit('sales.shift-variance-limit'),
  edit('sales.shift-variance-pin'),
  edit('sales.voucher-quota'),
  edit('sales.prescription-policy'),
  edit('sales.loyalty'),
  edit('sales.foreign-cash'),
  edit('sales.quick-keys'),
  edit('catalog.weighed-schemes'),
]);
export type StoreSettingEdit = z.infer<typeof storeSettingEdit>;

/** What holds in this store at every till of it, and a manager's hand on it. */
export const storeSettingCalls = {
  read: oc.output(storeSettings).errors(signedIn),
  /** For every till of the store, from when it hears of it; audited with what it was before. */
  change: oc
    .input(storeSettingEdit)
    .output(z.object({}))
    .errors({
      ...signedIn,
      MISSING_RIGHT: { data: z.object({ permission: z.enum(permissions) }) },
      STORAGE: { data: z.object({ reason: z.enum(['disk-full', 'io']) }) },
      /** The store's own currency, or one twice. */
      BAD_CURRENCY: { data: z.object({ currency: z.string() }) },
      /** A layout of scale labels that cannot be read (catalog/weighed.ts); nothing was changed. */
      BAD_SCHEME: {
        data: z.object({
          reason: z.enum(['bad-prefix', 'bad-parts', 'prefix-taken']),
          prefix: z.string(),
        }),
      },
    }),
};
