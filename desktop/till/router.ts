import { implement, ORPCError } from '@orpc/server';
import type { SyncState } from '#shared/auth/calls.ts';
import { nextVersion } from '#shared/auth/update-policy.ts';
import { tillContract } from '#shared/contract.ts';
import { listBatches } from './list-batches.ts';
import { refuse } from './refuse.ts';
import type { Till } from './till.ts';
import { noTraining, type Training } from './training.ts';
import { practiceTill } from './training-till.ts';

/**
 * What a counter answers: its till, and under `practice` the till of the training that is on. Which of the two a call is
 * for stands in its path alone, so that none meant for the one can reach the other.
 */
export function createTillRouter(till: Till & { readonly training?: Training }) {
  const { training = noTraining } = till;
  return { ...routerOf(till, training), practice: routerOf(practiceTill(till, training), training) };
}

/** The contract, call by call. What a call does stands in its domain; here it is only named. */
function routerOf(till: Till, training: Training) {
  const os = implement(tillContract).use(async ({ next }) => {
    try {
      return await next();
    } catch (problem) {
      throw typed(problem);
    }
  });
  const on = till.enrolled;
  /** Something was written: HQ hears of it now, if it is there. */
  const sent = async <T>(answer: T | Promise<T>): Promise<T> => {
    const done = await answer;
    on().link.wake();
    return done;
  };
  return os.router({
    auth: {
      state: os.auth.state.handler(({ signal }) => till.live.watch('state', till.state, signal)),
      join: os.auth.join.handler(({ input }) => till.join(input)),
      rejoin: os.auth.rejoin.handler(({ input }) => till.rejoin(input)),
      signIn: os.auth.signIn.handler(({ input }) => on().people.signIn(input.personId, input.pin)),
      signOut: os.auth.signOut.handler(() => {
        on().people.signOut();
        return {};
      }),
      sync: os.auth.sync.handler(({ signal }) =>
        till.live.watch('sync', () => till.sync() ?? notLinked, signal),
      ),
      setLink: os.auth.setLink.handler(({ input }) => {
        on().link.set(input.on);
        return {};
      }),
      syncNow: os.auth.syncNow.handler(async () => {
        await on().link.now();
        return {};
      }),
      syncReport: os.auth.syncReport.handler(() => on().syncReport()),
      saveUnsent: os.auth.saveUnsent.handler(() => {
        const { counter, sessions, saveUnsent } = on();
        if (!sessions.read(counter)) refuse({ code: 'NOT_SIGNED_IN' });
        return saveUnsent();
      }),
      time: os.auth.time.handler(({ signal }) => till.live.watch('time', till.time, signal)),
      confirmTime: os.auth.confirmTime.handler(async ({ input }) => {
        const answer = await on().confirmTime(input);
        on().link.wake();
        return answer;
      }),
      backup: os.auth.backup.handler(({ signal }) => till.live.watch('backup', on().backups.state, signal)),
      backUpNow: os.auth.backUpNow.handler(() => on().backups.now()),
      planBackups: os.auth.planBackups.handler(({ input }) => sent(on().backups.plan(input))),
      diagnostics: os.auth.diagnostics.handler(() => till.diagnostics()),
      versions: os.auth.versions.handler(() => {
        const { installed, fetched } = till.versions();
        return { installed, next: nextVersion(installed, fetched, till.standing()) };
      }),
      counterSettings: os.auth.counterSettings.handler(() => on().settings.read()),
      changeCounterSettings: os.auth.changeCounterSettings.handler(({ input }) =>
        sent(on().settings.change(input)),
      ),
      drives: os.auth.drives.handler(() => till.drives()),
      scanners: {
        scanners: os.auth.scanners.scanners.handler(({ signal }) => till.scanners.watch(signal)),
        scans: os.auth.scanners.scans.handler(({ input, signal }) =>
          till.scanners.scans(input.after, signal),
        ),
        learn: os.auth.scanners.learn.handler(({ input }) =>
          till.scanners.learn(input.scannerId, input.profile),
        ),
        serialPorts: os.auth.scanners.serialPorts.handler(() => till.scanners.serialPorts()),
        readSerial: os.auth.scanners.readSerial.handler(({ input }) =>
          till.scanners.readSerial(input.path, input.baud),
        ),
      },
      printers: {
        report: os.auth.printers.report.handler(() => on().printers.report()),
        status: os.auth.printers.status.handler(({ input }) =>
          on().printers.status(input.address, input.profile),
        ),
        choose: os.auth.printers.choose.handler(({ input }) => sent(on().printers.choose(input))),
        testPrint: os.auth.printers.testPrint.handler(({ input }) =>
          on().printers.testPrint(input.address, input.profile),
        ),
        testDrawer: os.auth.printers.testDrawer.handler(({ input }) =>
          sent(on().printers.testDrawer(input.commandId)),
        ),
        printAgain: os.auth.printers.printAgain.handler(({ input }) =>
          sent(on().printers.printAgain(input.jobId)),
        ),
        cameOut: os.auth.printers.cameOut.handler(({ input }) => sent(on().printers.cameOut(input.jobId))),
      },
      devices: {
        report: os.auth.devices.report.handler(() => on().devices.report()),
        choose: os.auth.devices.choose.handler(({ input }) => sent(on().devices.choose(input))),
        test: os.auth.devices.test.handler(({ input }) => on().devices.test(input)),
      },
      storeSettings: {
        read: os.auth.storeSettings.read.handler(() => on().storeSettings.read()),
        change: os.auth.storeSettings.change.handler(({ input }) => sent(on().storeSettings.change(input))),
      },
      training: {
        state: os.auth.training.state.handler(({ signal }) => training.watch(signal)),
        begin: os.auth.training.begin.handler(({ input }) => training.begin(input)),
        end: os.auth.training.end.handler(({ input }) => training.end(input.trainingId)),
      },
      audit: {
        list: os.auth.audit.list.handler(({ input }) => on().audit.list(input)),
        choices: os.auth.audit.choices.handler(() => on().audit.choices()),
        csv: os.auth.audit.csv.handler(({ input, signal }) => on().audit.csv(input, signal)),
        verify: os.auth.audit.verify.handler(({ signal }) => on().audit.verify(signal)),
      },
      badges: {
        preview: os.auth.badges.preview.handler(({ input }) => on().badges.preview(input.personId)),
        print: os.auth.badges.print.handler(({ input }) => sent(on().badges.print(input))),
      },
      findBackups: os.auth.findBackups.handler(({ input }) => till.findBackups(input.place)),
      restore: os.auth.restore.handler(({ input }) => till.restore(input)),
      recover: os.auth.recover.handler(({ input }) => till.recover(input)),
    },
    catalog: {
      substitutes: os.catalog.substitutes.handler(({ input }) => on().substitutes(input)),
      search: os.catalog.search.handler(({ input }) => on().search.find(input.text, input.limit)),
      quickKeys: os.catalog.quickKeys.handler(() => on().search.quickKeys()),
      labels: {
        preview: os.catalog.labels.preview.handler(({ input }) =>
          on().labels.preview(input.packId, input.template),
        ),
        print: os.catalog.labels.print.handler(({ input }) =>
          on().labels.print(input.commandId, input.labels),
        ),
        template: os.catalog.labels.template.handler(() => ({ template: on().labels.template() })),
        saveTemplate: os.catalog.labels.saveTemplate.handler(({ input }) =>
          sent(on().labels.saveTemplate(input.commandId, input.template)),
        ),
      },
    },
    inventory: {
      batches: os.inventory.batches.handler(({ input }) => listBatches(on().counter, input.packId)),
      elsewhere: os.inventory.elsewhere.handler(({ input }) => on().elsewhere(input)),
      oversold: os.inventory.oversold.handler(() => on().oversell.list()),
      swapBatch: os.inventory.swapBatch.handler(({ input }) => {
        const { oversell, link } = on();
        oversell.swap(input);
        link.wake();
        return {};
      }),
      undoSwap: os.inventory.undoSwap.handler(({ input }) => {
        const { oversell, link } = on();
        oversell.undo(input);
        link.wake();
        return {};
      }),
    },
    sales: {
      weigh: os.sales.weigh.handler(() => on().weigh()),
      receiptDesign: os.sales.receiptDesign.handler(() => on().designer.read()),
      previewReceiptDesign: os.sales.previewReceiptDesign.handler(({ input }) =>
        on().designer.preview(input),
      ),
      saveReceiptDesign: os.sales.saveReceiptDesign.handler(({ input }) =>
        sent(on().designer.save(input.commandId, input.design)),
      ),
      receiptFiles: {
        save: os.sales.receiptFiles.save.handler(({ input }) => sent(on().receiptFiles.save(input))),
        sample: os.sales.receiptFiles.sample.handler(({ input }) =>
          on().receiptFiles.sample(input.design, input.format),
        ),
      },
      customerDisplay: os.sales.customerDisplay.handler(({ signal }) => {
        const { display } = on();
        return till.live.watch('cart', display.view, signal);
      }),
      shift: {
        state: os.sales.shift.state.handler(({ signal }) =>
          till.live.watch('shift', on().shifts.state, signal),
        ),
        open: os.sales.shift.open.handler(({ input }) => sent(on().shifts.open(input))),
        x: os.sales.shift.x.handler(() => on().shifts.x()),
        printX: os.sales.shift.printX.handler(({ input }) => on().shifts.printX(input.commandId)),
        move: os.sales.shift.move.handler(({ input }) => sent(on().shifts.move(input))),
        noSale: os.sales.shift.noSale.handler(({ input }) =>
          sent(on().shifts.move({ ...input, kind: 'no-sale', amountMinor: 0 })),
        ),
        compare: os.sales.shift.compare.handler(({ input }) => sent(on().shifts.compare(input))),
        close: os.sales.shift.close.handler(({ input }) => sent(on().shifts.close(input))),
        reports: os.sales.shift.reports.handler(({ input }) => on().shifts.reports(input.limit)),
        reportPreview: os.sales.shift.reportPreview.handler(({ input }) => on().previewReport(input.closeId)),
        reprint: os.sales.shift.reprint.handler(({ input }) =>
          sent(on().shifts.reprint(input.commandId, input.closeId)),
        ),
      },
      customers: {
        find: os.sales.customers.find.handler(({ input }) => on().customers.find(input)),
        get: os.sales.customers.get.handler(({ input }) => on().customers.get(input.customerId)),
        create: os.sales.customers.create.handler(({ input }) => sent(on().customers.create(input))),
        edit: os.sales.customers.edit.handler(({ input }) => sent(on().customers.edit(input))),
        alike: os.sales.customers.alike.handler(({ input }) => on().customers.alike(input.customerId)),
        merge: os.sales.customers.merge.handler(({ input }) => sent(on().customers.merge(input))),
        erase: os.sales.customers.erase.handler(({ input }) => sent(on().customers.erase(input))),
      },
      returns: {
        find: os.sales.returns.find.handler(({ input }) => on().returns.find(input.text)),
        sale: os.sales.returns.sale.handler(({ input }) => on().returns.sale(input.saleId)),
        quote: os.sales.returns.quote.handler(({ input }) => on().returns.quote(input)),
        make: os.sales.returns.make.handler(({ input }) => sent(on().returns.make(input))),
        refundedBy: os.sales.returns.refundedBy.handler(({ input }) =>
          on().returns.refundedBy(input.attemptId),
        ),
        article: os.sales.returns.article.handler(({ input }) => on().blindReturns.article(input.code)),
        quoteBlind: os.sales.returns.quoteBlind.handler(({ input }) => on().blindReturns.quote(input)),
        makeBlind: os.sales.returns.makeBlind.handler(({ input }) => sent(on().blindReturns.make(input))),
        exchange: os.sales.returns.exchange.handler(({ input }) => on().exchange.prepare(input)),
        exchangeWaiting: os.sales.returns.exchangeWaiting.handler(() => on().exchange.view()),
        besideExchange: os.sales.returns.besideExchange.handler(({ input }) => ({
          tenders: on().exchange.beside(input.saleId),
        })),
        dropExchange: os.sales.returns.dropExchange.handler(() => on().exchange.drop()),
        preview: os.sales.returns.preview.handler(({ input }) => on().previewReturn(input.returnId)),
        reprint: os.sales.returns.reprint.handler(({ input }) =>
          sent(on().returns.reprint(input.commandId, input.returnId)),
        ),
      },
      secondRefunds: {
        list: os.sales.secondRefunds.list.handler(() => on().secondRefunds.list()),
        settle: os.sales.secondRefunds.settle.handler(async ({ input }) => {
          await sent(on().secondRefunds.settle(input));
          return {};
        }),
      },
      foreignCash: os.sales.foreignCash.handler(() => [...on().counter.setting('sales.foreign-cash')]),
      cards: {
        state: os.sales.cards.state.handler(({ signal }) =>
          till.live.watch('cards', on().cards.state, signal),
        ),
        charge: os.sales.cards.charge.handler(({ input }) => sent(on().cards.charge(input))),
        ask: os.sales.cards.ask.handler(({ input }) => sent(on().cards.ask(input.attemptId))),
        settle: os.sales.cards.settle.handler(({ input }) => sent(on().cards.settle(input))),
        giveBack: os.sales.cards.giveBack.handler(({ input }) => sent(on().cards.giveBack(input))),
      },
      invoices: {
        of: os.sales.invoices.of.handler(({ input }) => on().invoices.of(input.saleId)),
        make: os.sales.invoices.make.handler(({ input }) => sent(on().invoices.make(input))),
      },
      cart: os.sales.cart.handler(({ signal }) => {
        const { desk } = on();
        return till.live.watch('cart', desk.view, signal);
      }),
      scan: os.sales.scan.handler(({ input: { commandId, ...scanned } }) =>
        on().desk.scan(commandId, scanned),
      ),
      add: os.sales.add.handler(({ input: { commandId, ...added } }) => on().desk.add(commandId, added)),
      addUnlisted: os.sales.addUnlisted.handler(({ input: { commandId, ...added } }) =>
        on().desk.addUnlisted(commandId, added),
      ),
      setQuantity: os.sales.setQuantity.handler(({ input }) =>
        on().desk.setQuantity(input.commandId, input.lineId, input.quantity),
      ),
      swapPack: os.sales.swapPack.handler(({ input }) => on().desk.swapPack(input.commandId, input)),
      removeLine: os.sales.removeLine.handler(({ input }) =>
        on().desk.removeLine(input.commandId, input.lineId),
      ),
      setDiscount: os.sales.setDiscount.handler(({ input }) => on().terms.setDiscount(input)),
      setCustomer: os.sales.setCustomer.handler(({ input }) =>
        on().terms.setCustomer(input.commandId, input.customerId),
      ),
      setTypedPrice: os.sales.setTypedPrice.handler(({ input }) =>
        on().terms.setTypedPrice(input.commandId, input.lineId, input.priceMinor),
      ),
      setNote: os.sales.setNote.handler(({ input }) =>
        on().terms.setNote(input.commandId, input.lineId, input.note),
      ),
      setCoupon: os.sales.setCoupon.handler(({ input }) =>
        on().terms.setCoupon(input.commandId, input.code, input.taken),
      ),
      redeemPoints: os.sales.redeemPoints.handler(({ input }) =>
        on().terms.redeemPoints(input.commandId, input.points),
      ),
      account: os.sales.account.handler(({ input }) => on().accounts.account(input.customerId)),
      setAccount: os.sales.setAccount.handler(({ input }) => sent(on().accounts.setAccount(input))),
      payAccount: os.sales.payAccount.handler(({ input }) => sent(on().accounts.payAccount(input))),
      voucher: os.sales.voucher.handler(({ input }) => on().accounts.voucher(input.code)),
      priceCheck: os.sales.priceCheck.handler(({ input }) => on().priceCheck(input)),
      hold: os.sales.hold.handler(({ input }) => sent(on().held.hold(input.commandId, input.name))),
      held: os.sales.held.handler(({ signal }) => till.live.watch('held', on().held.waiting, signal)),
      recall: os.sales.recall.handler(({ input }) => sent(on().held.recall(input.commandId, input.heldId))),
      discardHeld: os.sales.discardHeld.handler(async ({ input }) => {
        await sent(on().held.discard(input.heldId));
        return {};
      }),
      undo: os.sales.undo.handler(({ input }) => on().desk.undo(input.commandId)),
      clear: os.sales.clear.handler(({ input }) => on().desk.clear(input.commandId)),
      pay: os.sales.pay.handler(async ({ input }) => {
        const { completing, link } = on();
        const sale = await completing.pay(input);
        link.wake();
        return sale;
      }),
      sales: os.sales.sales.handler(({ input }) => on().sales.list(input.limit)),
      receiptPreview: os.sales.receiptPreview.handler(({ input }) => on().preview(input.saleId)),
      reprint: os.sales.reprint.handler(({ input }) => {
        const { completing, link } = on();
        const answer = completing.reprint(input.commandId, input.saleId);
        link.wake();
        return answer;
      }),
      printJobs: os.sales.printJobs.handler(({ signal }) =>
        till.live.watch('prints', on().prints.jobs, signal),
      ),
      dayTotals: os.sales.dayTotals.handler(({ input }) => on().sales.dayTotals(input.businessDate)),
    },
    reports: {
      open: os.reports.open.handler(({ input }) => sent(on().reports.open(input.inPlace))),
      leave: os.reports.leave.handler(() => on().reports.leave()),
      read: os.reports.read.handler(({ input, signal }) => on().reports.read(input, signal)),
      print: os.reports.print.handler(({ input }) => on().reports.print(input)),
      csv: os.reports.csv.handler(({ input, signal }) => on().reports.csv(input, signal)),
    },
  });
}

const notLinked: SyncState = {
  ...{
    link: 'offline',
    trouble: null,
    nextTryAt: null,
    since: 0,
    waiting: 0,
    oldestWaitingAt: null,
    attention: 0,
    lastPushAt: null,
    lastPullAt: null,
  },
  scopes: [],
};

/** A full or failing disk is an answer, not a crash: SQLite has rolled the transaction back. */
function typed(problem: unknown): unknown {
  const code = problem instanceof Error && 'code' in problem ? String(problem.code) : '';
  if (code === 'SQLITE_FULL') return new ORPCError('STORAGE', { data: { reason: 'disk-full' } });
  return code.startsWith('SQLITE_IOERR') ? new ORPCError('STORAGE', { data: { reason: 'io' } }) : problem;
}
