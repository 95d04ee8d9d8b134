import { type Catalogue, demoCatalogue } from './catalogue.ts';
import { type DemoOrganisation, demoOrganisation, type OrgKeys, type SignIn } from './organisation.ts';
import { changesOf, type DemoChange, type DemoOptions } from './rows.ts';
import { demoSales, type SaleRows } from './sales.ts';
import { demoSettings } from './settings.ts';
import type { RegisterRows } from './shelf.ts';
import { type DemoStock, demoStock } from './stock.ts';

/** The demo as changes, in parts that a host writes one after the other, parents before children. */
export type Demo = {
  /** Made for whoever signs in: names and PINs. */
  readonly signIns: readonly SignIn[];
  readonly organisation: DemoOrganisation;
  /** Scope `org`: org, stores, tills, devices, roles, people, settings; with the demo's own catalogue when it has one. */
  org(): Generator<DemoChange>;
  /** Scope `store:<id>` of each store: staff without PIN verifiers, batches, receipts of goods, decisions. */
  readonly stores: readonly DemoStoreChanges[];
};

export type DemoStoreChanges = {
  readonly storeId: string;
  readonly storeCode: string;
  /** Settings and prices of this store are in its own scope too. */
  setUp(): Generator<DemoChange>;
  /** One array a sale, oldest first: what a till would have put into one changeset. */
  history(): Generator<readonly DemoChange[]>;
};

/** The fictional pharmacy whole: organisation, 5,000 packs, 10,000 batches, 90 days of sales. */
export function demoOrg(options: DemoOptions, keys?: OrgKeys): Demo {
  const catalogue = demoCatalogue(options);
  return demoOf(options, { register: catalogue, own: catalogue, ...(keys && { keys }) });
}

/** People, stock and history for packs that are there already, of an imported register; the catalogue is left alone. */
export const stockAndPeopleFor = (options: DemoOptions, register: RegisterRows, keys?: OrgKeys): Demo =>
  demoOf(options, { register, own: null, ...(keys && { keys }) });

type Making = { readonly register: RegisterRows; readonly own: Catalogue | null; readonly keys?: OrgKeys };

function demoOf(options: DemoOptions, { register, own, keys }: Making): Demo {
  const organisation = demoOrganisation(options, keys);
  const stocks = organisation.stores.map((store) => demoStock(options, { store, register }));
  const settings = demoSettings(options, { stores: organisation.stores, register });
  return {
    signIns: organisation.signIns,
    organisation,
    *org() {
      yield* organisationChanges(organisation);
      if (own !== null) yield* catalogueChanges(own);
      yield* changesOf(
        'setting',
        settings.filter(({ storeId }) => storeId === null),
      );
    },
    stores: stocks.map((stock) => ({
      storeId: stock.store.row.id,
      storeCode: stock.store.plan.code,
      *setUp() {
        const { id } = stock.store.row;
        yield* changesOf(
          'setting',
          settings.filter(({ storeId }) => storeId === id),
        );
        if (own !== null)
          yield* changesOf(
            'price',
            own.prices.filter(({ storeId }) => storeId === id),
          );
        yield* stockChanges(stock);
      },
      *history() {
        for (const rows of demoSales(options, stock, register)) yield saleChanges(rows);
      },
    })),
  };
}

function* organisationChanges({
  orgs,
  stores,
  devices,
  roles,
  people,
}: DemoOrganisation): Generator<DemoChange> {
  yield* changesOf('org', orgs);
  yield* changesOf(
    'store',
    stores.map(({ row }) => row),
  );
  yield* changesOf(
    'till',
    stores.flatMap(({ tills }) => tills),
  );
  yield* changesOf('device', devices);
  yield* changesOf('role', roles);
  yield* changesOf('person', people);
}

function* catalogueChanges({
  taxClasses,
  taxRates,
  medicines,
  packs,
  packCodes,
  prices,
}: Catalogue): Generator<DemoChange> {
  yield* changesOf('tax_class', taxClasses);
  yield* changesOf('tax_rate', taxRates);
  yield* changesOf('medicine', medicines);
  yield* changesOf('pack', packs);
  yield* changesOf('pack_code', packCodes);
  yield* changesOf(
    'price',
    prices.filter(({ storeId }) => storeId === null),
  );
}

function* stockChanges({ store, batches, movements, decisions }: DemoStock): Generator<DemoChange> {
  yield* changesOf(
    'staff',
    store.staff.map(({ row }) => row),
  );
  yield* changesOf('batch', batches);
  yield* changesOf('stock_movement', movements);
  yield* changesOf('batch_decision', decisions);
}

const saleChanges = ({ sale, lines, taxes, tenders, movements }: SaleRows): DemoChange[] => [
  ...changesOf('sale', [sale]),
  ...changesOf('sale_line', lines),
  ...changesOf('sale_tax', taxes),
  ...changesOf('tender', tenders),
  ...changesOf('stock_movement', movements),
];
