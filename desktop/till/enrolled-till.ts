import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import type { TillState } from '#shared/auth/calls.ts';
import type { Ids } from '#shared/kernel/ids.ts';
import type { Weighing } from '#shared/sales/weighing.ts';
import { createAuditDesk } from './auth/audit.ts';
import { createBackups } from './auth/backups.ts';
import { createBadgeDesk } from './auth/badges.ts';
import { createTimeDesk } from './auth/confirm-time.ts';
import { createCounterSettings } from './auth/counter-settings.ts';
import { createDeviceDesk } from './auth/device-desk.ts';
import { createPeople } from './auth/people.ts';
import { createPrinterDesk } from './auth/printer-desk.ts';
import { createStoreSettings } from './auth/store-settings.ts';
import { createTillTime } from './auth/till-time.ts';
import { createCounterSearch } from './catalog/counter-search.ts';
import { createLabelDesk } from './catalog/labels.ts';
import { createSearchIndex } from './catalog/search-index.ts';
import { searchProjections } from './catalog/search-projection.ts';
import { createCounter } from './counter.ts';
import { createElsewhere } from './inventory/elsewhere.ts';
import { createOversell } from './inventory/oversell.ts';
import { stockProjections } from './inventory/projections.ts';
import type { Live } from './live.ts';
import { createPins } from './pins.ts';
import type { TillPorts } from './ports.ts';
import { auditRepair } from './replication/audit-repair.ts';
import { electricFeed, plainFeed } from './replication/feed.ts';
import { createLink } from './replication/link.ts';
import { readDeviceKey } from './replication/rejoin.ts';
import { createUnsentSaver } from './replication/save-unsent.ts';
import { createSyncReport } from './replication/sync-report.ts';
import { createTakeIn } from './replication/take-in.ts';
import { createLocalReports } from './reports/local-reports.ts';
import { createAccounts } from './sales/accounts.ts';
import { createCardDesk } from './sales/card-desk.ts';
import { createCartDesk } from './sales/cart-desk.ts';
import { createCartPricer } from './sales/cart-pricer.ts';
import { createCartTerms } from './sales/cart-terms.ts';
import { createCounterSales } from './sales/counter-sales.ts';
import { createCustomerDisplay } from './sales/customer-display.ts';
import { createCustomerDesk } from './sales/customers-desk.ts';
import { createFiscalQueue } from './sales/fiscal-queue.ts';
import { heldProjections } from './sales/held-projection.ts';
import { createHeldSales } from './sales/held-sales.ts';
import { createInvoices } from './sales/invoices.ts';
import { createPriceCheck } from './sales/price-check.ts';
import { createPrintQueue } from './sales/print-queue.ts';
import { createSaleReader } from './sales/read-sales.ts';
import { createReceiptDesigner, withLogo } from './sales/receipt-design.ts';
import { createReceiptFiles } from './sales/receipt-files.ts';
import { createReturnDesk } from './sales/returns.ts';
import { createBlindReturns } from './sales/returns-blind.ts';
import { createExchange } from './sales/returns-exchange.ts';
import { createSecondRefunds } from './sales/second-refunds.ts';
import { createShiftDesk } from './sales/shift-desk.ts';
import { createDrawer } from './sales/shift-drawer.ts';
import { shiftProjections } from './sales/shift-open.ts';
import { createSubstitutes } from './sales/substitutes.ts';
import { createSessions } from './sessions.ts';
import { createBaseMark } from './store/base-mark.ts';
import { createSealer } from './store/crypto.ts';
import { createHeadKeeper } from './store/head-keeper.ts';
import { createIdentityStore } from './store/identity.ts';
import { createPreferences } from './store/preferences.ts';
import { createStore } from './store/store.ts';
import { createSweep } from './store/sweep.ts';
import { noLink } from './training-link.ts';

export type EnrolledTill = ReturnType<typeof createEnrolledTill>;

type Deps = {
  readonly db: Database;
  readonly ports: TillPorts;
  readonly live: Live;
  readonly ids: Ids;
  /** HQ's key as it was shown when this till joined, until the org's own row has come. */
  readonly shownHqKey: string;
  /** HQ has given this till to another store, and nothing of it waits any more. */
  readonly onMoved: (storeId: string) => void;
};

/** A counter put together: its store, its link to HQ, and the desks that the router asks. Another for each database. */
export function createEnrolledTill({ db, ports, live, ids, shownHqKey, onMoved }: Deps) {
  const identity = createIdentityStore(db);
  const { vault, log } = ports;
  const time = createTillTime(db, { ...ports, live });
  const key = readDeviceKey(db, vault);
  if (key === null) throw new Error('the key vault has lost the device key: npm run recover makes another');
  const sealer = createSealer(key.privatePem);
  const index = createSearchIndex(db);
  const customers = createCustomerDesk(db, { ...ports, hqUrl: identity.read().hqUrl });
  const projections = [
    ...stockProjections(db),
    ...searchProjections(index),
    ...customers.projections,
    ...heldProjections(live),
    ...shiftProjections(live),
  ];
  const onSlow = (what: string, ms: number) => log.warn('slow', { what, ms: Math.round(ms) });
  const store = createStore({
    ...{ db, sealer, clock: time.clock, ids, live, projections, onSlow },
    wall: time.wall,
  });
  const head = createHeadKeeper(vault, store, log);
  if (head.mendRestored()) log.warn('restored-database', { inc: identity.read().inc });
  const counter = createCounter(store);
  const sessions = createSessions();
  const pins = ports.training?.pins ?? createPins(vault);
  const clientele = customers.at(counter, sessions);
  const pricer = createCartPricer(counter);
  /** What hangs on the counter now: another once somebody chose so. */
  const hung = () => ports.setup?.now() ?? ports;
  const desk = createCartDesk(counter, { sessions, pricer, nameOf: clientele.nameOf });
  const terms = createCartTerms({ counter, sessions, pins, desk, pricer, isCustomer: clientele.exists });
  const substitutes = createSubstitutes(counter, { pricer, customerOf: desk.customerId });
  const sales = createSaleReader(counter);
  const fiscal = createFiscalQueue({
    ...{ counter, log, provider: ports.fiscal },
    onWritten: () => link.wake(),
  });
  const prints = createPrintQueue(counter, { ...ports, marked: fiscal.marked });
  let progress = { step: 'snapshot' as 'snapshot' | 'index', rowsDone: 0, rowsTotal: 0 };
  const link = (ports.training ? noLink : createLink)({
    ...ports,
    store,
    sealer,
    onProgress: (rowsDone, rowsTotal) => {
      progress = { step: 'snapshot', rowsDone, rowsTotal };
      live.changed('state');
    },
    feed: ports.plainFeed ? plainFeed : electricFeed,
    afterSnapshot: async (scope, selling) => {
      if (scope === 'org') await rebuildIndex(selling ? undefined : FIRST_INDEX_PACKS);
      if (scope === 'party') customers.reset();
      base.look();
    },
    monoMs: time.monoMs,
    onTime: (reply) => time.heard({ ...reply, hqKey: hqKey() }),
    exchange: customers.sync,
    onRepair: (scope, seq) => auditRepair(counter, scope, seq),
    onMoved,
    onRevoked: () => {
      if (preferences.isSet('revoked')) return;
      preferences.set('revoked');
      sessions.end();
      live.changed('state');
    },
  });
  const hqKey = () => String(db.prepare(`SELECT signing_key FROM org`).pluck().get() ?? shownHqKey);
  const preferences = createPreferences(db);
  const rebuildIndex = async (packsAtOnce?: number): Promise<void> => {
    for (const { done, total } of index.rebuildInSlices(packsAtOnce)) {
      progress = { step: 'index', rowsDone: done, rowsTotal: total };
      live.changed('state');
      await nextTurn();
    }
    base.look();
    live.changed('state');
  };
  const base = createBaseMark(db, index.rebuildPending);
  const display = createCustomerDisplay({ ...{ counter, desk, sales, log }, pole: () => hung().display });
  const cards = createCardDesk({ counter, sessions, terminal: () => hung().terminal, log });
  const returns = createReturnDesk({ counter, sessions, pins, prints, cards });
  const exchange = createExchange({ counter, sessions, returns, cards });
  const completing = createCounterSales({
    ...{ counter, sessions, pins, desk, sales, prints, exchange, cards },
  });
  const drawer = createDrawer({ printer: ports.printer, clock: time.clock, live });
  const shifts = createShiftDesk({ counter, sessions, pins, prints, drawer });
  const designer = createReceiptDesigner({ counter, sessions, printer: ports.printer });
  const backups = createBackups(counter, { ...ports, sessions });
  const sweep = createSweep(store);
  const people = createPeople(counter, { sessions, pins });
  /** What an earlier version could not read of the feed, this one may. */
  const replayDeferred = async (): Promise<void> => {
    if ((await createTakeIn(store).replayDeferred()) === 0) return;
    for (const topic of ['sync', 'state', 'cart'] as const) live.changed(topic);
  };
  return {
    ...{ counter, sessions, pins, people, desk, sales, prints, completing, shifts, link, time },
    confirmTime: createTimeDesk(counter, { time, pins }),
    customers: clientele,
    terms,
    accounts: createAccounts({ counter, sessions, pins, isCustomer: clientele.exists }),
    invoices: createInvoices({ counter, sessions, sales, papers: ports.papers, keys: ports.subjectKeys }),
    held: createHeldSales({ counter, sessions, desk, pricer }),
    search: createCounterSearch(counter),
    ...{ substitutes, priceCheck: createPriceCheck(counter, substitutes) },
    printers: createPrinterDesk({ counter, sessions, printer: ports.printer, fiscal, prints }),
    display,
    designer,
    receiptFiles: createReceiptFiles({
      ...{ counter, sessions, printer: ports.printer, marked: fiscal.marked, sampleOf: designer.sample },
      copyOf: {
        sale: (saleId) => completing.receipt(saleId, { copy: true }),
        return: (returnId) => returns.receipt(returnId, { copy: true }),
      },
    }),
    weigh: async (): Promise<Weighing> => (await hung().scale?.weigh()) ?? { code: 'no-scale' },
    labels: createLabelDesk({ counter, sessions, printer: () => hung().labels }),
    badges: createBadgeDesk({
      ...{ counter, sessions, pins, printer: ports.printer, labels: () => hung().labels },
    }),
    devices: createDeviceDesk({ counter, sessions, cards, setup: ports.setup }),
    storeSettings: createStoreSettings(counter, sessions),
    ...{ oversell: createOversell(counter, sessions), elsewhere: createElsewhere(counter) },
    secondRefunds: createSecondRefunds(counter, sessions),
    reports: createLocalReports({ counter, sessions, pins, prints }),
    audit: createAuditDesk({ counter, sessions, publicKey: key.publicKey }),
    syncReport: createSyncReport(counter),
    saveUnsent: createUnsentSaver(counter, sealer),
    backups,
    settings: createCounterSettings(counter, sessions),
    ...{ returns, exchange, cards },
    blindReturns: createBlindReturns({ counter, sessions, pins, prints }, returns),
    previewReturn: (returnId: string) =>
      ports.printer.preview(fiscal.marked(returns.receipt(returnId), returnId)),
    /** The receipt as the printer would draw it. */
    preview: (saleId: string) =>
      ports.printer.preview(
        withLogo(
          fiscal.marked(completing.receipt(saleId, { copy: false }), saleId),
          counter.setting('sales.receipt-design').logo,
        ),
      ),
    /** A Z-report likewise. */
    previewReport: (closeId: string) => ports.printer.preview(fiscal.marked(shifts.docOf(closeId), closeId)),
    state(): TillState {
      if (preferences.isSet('revoked')) return { phase: 'revoked', waiting: link.state().waiting };
      return base.isWhole() ? people.state() : { phase: 'joining', ...progress };
    },
    async stop(): Promise<void> {
      cards.stop();
      fiscal.stop();
      sweep.stop();
      await backups.stop();
      await link.stop();
      display.stop();
      await prints.stop();
      time.stop();
      head.stop();
    },
    start(): void {
      replayDeferred().catch((problem) => log.warn('replay-failed', { problem: String(problem) }));
      link.start();
      head.start();
      prints.kick();
      fiscal.start();
      customers.start();
      if (base.isWhole()) display.start();
      backups.start();
      sweep.start();
      // A rebuild that the last stop cut off goes on where it was; search finds what is indexed meanwhile.
      if (index.rebuildPending()) void rebuildIndex();
    },
  };
}

/** Packs indexed in one transaction before anyone can sell: large, because each pays the disk's sync. */
const FIRST_INDEX_PACKS = 2_000;
