import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import type { TillState, TimeState } from '#shared/auth/calls.ts';
import type { ScannersView } from '#shared/auth/calls-scanners.ts';
import type { FoundBackup, RecoveryPapers } from '#shared/auth/calls-upkeep.ts';
import type { TillStanding } from '#shared/auth/update-policy.ts';
import { createIds } from '#shared/kernel/ids.ts';
import { fingerprintOf } from '#shared/replica/fingerprint.ts';
import { incarnationLetter } from '#shared/sales/receipt-number.ts';
import type { Weighing } from '#shared/sales/weighing.ts';
import { changeOwnSetting } from './audit-setting.ts';
import { createAuditDesk } from './auth/audit.ts';
import { createBackups } from './auth/backups.ts';
import { createBadgeDesk } from './auth/badges.ts';
import { createTimeDesk } from './auth/confirm-time.ts';
import { createCounterSettings } from './auth/counter-settings.ts';
import { createDeviceDesk } from './auth/device-desk.ts';
import { packDiagnostics } from './auth/diagnostics.ts';
import { createPeople } from './auth/people.ts';
import { createPrinterDesk } from './auth/printer-desk.ts';
import { createScannerDesk } from './auth/scanners.ts';
import { createStoreSettings } from './auth/store-settings.ts';
import { createTillTime } from './auth/till-time.ts';
import { standingForUpdate } from './auth/update-standing.ts';
import { createCounterSearch } from './catalog/counter-search.ts';
import { createLabelDesk } from './catalog/labels.ts';
import { createSearchIndex } from './catalog/search-index.ts';
import { searchProjections } from './catalog/search-projection.ts';
import { createCounter } from './counter.ts';
import { createElsewhere } from './inventory/elsewhere.ts';
import { createOversell } from './inventory/oversell.ts';
import { stockProjections } from './inventory/projections.ts';
import { createLive } from './live.ts';
import { createPins } from './pins.ts';
import type { Restoration, TillPorts } from './ports.ts';
import { refuse } from './refuse.ts';
import { auditRepair } from './replication/audit-repair.ts';
import { electricFeed, plainFeed } from './replication/feed.ts';
import { type JoinInput, joinHq } from './replication/join.ts';
import { createLink } from './replication/link.ts';
import { askToRejoin, becomeDevice, readDeviceKey } from './replication/rejoin.ts';
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
import { createSealer, sha256 } from './store/crypto.ts';
import { createHeadKeeper } from './store/head-keeper.ts';
import { createIdentityStore } from './store/identity.ts';
import { moveTo } from './store/move.ts';
import { createPreferences } from './store/preferences.ts';
import { createStore } from './store/store.ts';
import { createSweep } from './store/sweep.ts';
import { noLink } from './training-link.ts';

export type Till = ReturnType<typeof createTill>;

/** One counter over an open database: enrolled or not. The hosts give it its ports and serve its router. */
export function createTill(opened: Database, given: TillPorts) {
  /** Another once a backup was restored. */
  let db = opened;
  let ports = given;
  let identity = createIdentityStore(db);
  const live = createLive();
  const ids = createIds(ports);
  /** HQ's key as it was shown when this till joined, until the org's own row has come. */
  let shownHqKey = '';
  let restoring = false;
  let enrolled = identity.find() ? enter() : null;

  /** Everything of an enrolled till. */
  function enter() {
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
    const desk = createCartDesk(counter, {
      ...{ sessions, pricer, nameOf: clientele.nameOf },
    });
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
      onMoved: (storeId) => void move(storeId),
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
      previewReport: (closeId: string) =>
        ports.printer.preview(fiscal.marked(shifts.docOf(closeId), closeId)),
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

  /** Moved to another store: everything of the old one goes, and the till comes up anew without a base. */
  async function move(storeId: string): Promise<void> {
    await enrolled?.stop();
    moveTo(db, storeId);
    enrolled = enter();
    enrolled.start();
    for (const topic of ['state', 'cart', 'sync'] as const) live.changed(topic);
  }

  /** Who is signed in set up a scanner; before anybody is there is no name to tell. */
  function auditScanners(before: ScannersView, after: ScannersView): void {
    if (!enrolled) return;
    const { counter, sessions } = enrolled;
    const actorId = sessions.read(counter)?.personId;
    if (actorId === undefined) return;
    const told = { actorId, setting: 'till.scanners', type: 'scanner-setup', before, after } as const;
    changeOwnSetting(counter, told, () => {});
  }

  function state(): TillState {
    if (enrolled) return enrolled.state();
    if (!ports.lost) return { phase: 'first-run' };
    const { why, lastWrittenAt, bytes, folder } = ports.lost;
    return { phase: 'key-lost', why, lastWrittenAt, bytes, folder };
  }

  /** The till goes on over the database that was brought back; where that failed, over what it had. */
  async function takeOver(bringBack: () => Promise<Restoration>): Promise<BroughtBack> {
    restoring = true;
    const done = await bringBack().finally(() => {
      restoring = false;
    });
    ({ db } = done);
    ports = { ...ports, subjectKeys: done.subjectKeys };
    identity = createIdentityStore(db);
    if (!done.outcome.ok) return refuse({ ...done.outcome.error });
    ports = { ...ports, lost: undefined };
    enrolled = enter();
    enrolled.start();
    for (const topic of ['state', 'cart', 'sync'] as const) live.changed(topic);
    const { inc } = identity.read();
    return { letter: incarnationLetter(inc), waiting: enrolled.link.state().waiting };
  }

  /** What this till knows of itself, for support. A backup's folder may be called by a person's name. */
  function told() {
    const { plan, lastGood = null, ...backup } = enrolled?.backups.state() ?? {};
    return {
      phase: state().phase,
      sync: enrolled?.link.state() ?? null,
      time: enrolled?.time.state() ?? noTime,
      backup: {
        ...backup,
        lastGood: lastGood && { ...lastGood, folder: undefined },
        everyHours: plan?.everyHours,
      },
    };
  }

  return {
    live,
    scanners: createScannerDesk(ports.scanners, live, auditScanners),
    /** The enrolled till, or the refusal that there is none yet. */
    enrolled: () => enrolled ?? refuse({ code: 'NOT_ENROLLED' }),
    state,
    sync: () => enrolled?.link.state() ?? null,
    time: (): TimeState => enrolled?.time.state() ?? noTime,

    async join(input: JoinInput): Promise<{ storeName: string; tillName: string }> {
      // What joined over the database of a till whose key is gone would be in its place.
      if (enrolled || restoring || ports.lost) refuse({ code: 'ALREADY_ENROLLED' });
      const joined = await joinHq(input, {
        ...ports,
        fingerprintOf: (hqKey) => fingerprintOf(sha256(Buffer.from(hqKey, 'base64url'))),
      });
      const { device, inc, storeId, tillId, hqUrl } = joined;
      db.transaction(() => identity.enrol({ device, inc, storeId, tillId, hqUrl })).immediate();
      shownHqKey = joined.hqKey;
      enrolled = enter();
      live.changed('state');
      await enrolled.link.now();
      if (enrolled.state().phase === 'joining') return { storeName: '', tillName: '' };
      return { storeName: enrolled.counter.shop().name, tillName: enrolled.counter.till().name };
    },

    /**
     * A till that HQ has revoked is put to work again with a new code: as a new device, with all it has. It sells under
     * its next letter; what it had not sent goes up as the former device signed it.
     */
    async rejoin({ code }: { readonly code: string }): Promise<Record<string, never>> {
      if (!enrolled) return refuse({ code: 'NOT_ENROLLED' });
      if (enrolled.state().phase !== 'revoked') refuse({ code: 'NOT_REVOKED' });
      const { hqUrl } = identity.read();
      const joined = await askToRejoin(db, { code, hqUrl, how: 'kept-vault' }, ports);
      await enrolled.stop();
      becomeDevice(db, ports.vault, joined);
      enrolled = enter();
      enrolled.start();
      for (const topic of ['state', 'cart', 'sync'] as const) live.changed(topic);
      return {};
    },

    /**
     * A till that belongs to no store becomes that of a backup, under its next letter: what the backup had not sent goes to
     * HQ, what HQ has beyond it comes back.
     */
    async restore({ path, papers }: RestoreInput): Promise<BroughtBack> {
      if (enrolled || restoring) refuse({ code: 'ALREADY_ENROLLED' });
      return takeOver(() => ports.restore(path, papers));
    },
    /** Its own database comes back by the org's recovery key; all it had not sent goes up as it was signed. */
    async recover(papers: RecoveryPapers): Promise<BroughtBack> {
      const lost = ports.lost ?? refuse({ code: 'KEY_NOT_LOST' });
      if (restoring) refuse({ code: 'UNDER_WAY' });
      return takeOver(() => lost.recover(papers));
    },
    findBackups(place: string | undefined): FoundBackup[] {
      if (enrolled) refuse({ code: 'ALREADY_ENROLLED' });
      return [...ports.findBackups(place)];
    },
    drives: () => [...ports.drives()],
    diagnostics: () => packDiagnostics(db, told(), { ...ports, ...ports.setup?.now() }),
    versions: () => ({ installed: ports.version, fetched: ports.fetchedUpdate?.() ?? null }),
    /** Null while another database takes this one's place. */
    standing: (): TillStanding | null =>
      restoring
        ? null
        : // Nobody can say what a till without its key was in the middle of.
          standingForUpdate(db, ports.lost !== undefined || (enrolled?.backups.state().running ?? false)),

    start(): void {
      enrolled?.start();
    },
    /** Closes everything in order; the database last, by the host. */
    async stop(): Promise<void> {
      await enrolled?.stop();
    },
  };
}

const noTime: TimeState = { aheadMs: 0, skewMs: null, confirm: null };
/** The letter its receipts go on under, and how many changes go up. */
type BroughtBack = { readonly letter: string; readonly waiting: number };
type RestoreInput = { readonly path: string; readonly papers?: RecoveryPapers | undefined };

/** Packs indexed in one transaction before anyone can sell: large, because each pays the disk's sync. */
const FIRST_INDEX_PACKS = 2_000;
