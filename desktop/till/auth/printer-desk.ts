import type { ChosenPrinters, FiscalView, PrintersReport, Tried } from '#shared/auth/calls-printers.ts';
import { testPrint } from '#shared/sales/test-print.ts';
import { auditChange } from '../audit-change.ts';
import { changeOwnSetting } from '../audit-setting.ts';
import type { Counter } from '../counter.ts';
import { nothing } from '../once.ts';
import type { PrintOutcome, ReceiptPrinter } from '../ports.ts';
import { refuse } from '../refuse.ts';
import type { Sessions } from '../sessions.ts';

type Deps = {
  readonly counter: Counter;
  readonly sessions: Sessions;
  readonly printer: ReceiptPrinter;
  readonly fiscal: { readonly state: () => FiscalView | null };
  /** Of the queue: both are false where there is no such job. */
  readonly prints: {
    readonly again: (jobId: string) => boolean;
    readonly cameOut: (jobId: string) => boolean;
    /** The sale, return or report a job is of. */
    readonly subjectOf: (jobId: string) => string | null;
  };
};

/** The receipt printers as a person at the counter sees, chooses and tries them. */
export function createPrinterDesk({ counter, sessions, printer, fiscal, prints }: Deps) {
  const { setup } = printer;
  const signedIn = () => sessions.read(counter) ?? refuse({ code: 'NOT_SIGNED_IN' });
  return {
    async report(): Promise<PrintersReport> {
      signedIn();
      const found = await setup?.find();
      return {
        fiscal: fiscal.state(),
        ...{ chosen: setup?.chosen() ?? null, found: [...(found ?? [])] },
        profiles: [...(setup?.profiles ?? [])],
      };
    },
    status(address: string, profile: string) {
      signedIn();
      return setup ? setup.status(address, profile) : ready;
    },
    choose(chosen: ChosenPrinters): Record<never, never> {
      const { personId: actorId } = sessions.require(counter, 'auth.settings.edit');
      if (!setup) return refuse({ code: 'FIXED' });
      const told = { actorId, setting: 'till.printers', before: setup.chosen(), after: chosen };
      changeOwnSetting(counter, told, () => {
        if (!setup.choose(chosen)) refuse({ code: 'NO_ADDRESS' });
      });
      counter.live.changed('prints');
      return {};
    },
    async testPrint(address: string, profile: string): Promise<Tried> {
      signedIn();
      const shop = counter.shop();
      const profileName = setup?.profiles.find(({ id }) => id === profile)?.name ?? profile;
      const doc = testPrint({
        ...{ language: shop.language, shopName: shop.name, tillName: counter.till().name },
        ...{ printer: address, profile: profileName, at: atText(counter, shop) },
      });
      return triedFrom(setup ? await setup.test(address, profile, doc) : await printer.print(doc));
    },
    /** Audited before the drawer opens; asked twice by one command it opens once. */
    async testDrawer(commandId: string): Promise<Tried> {
      const { personId } = sessions.require(counter, 'sales.no-sale');
      if (!audit(counter, personId, commandId)) return { state: 'printed', reason: null };
      counter.live.changed('sync');
      return triedFrom(await printer.openDrawer());
    },
    printAgain: (jobId: string): Record<never, never> => settle(jobId, 'again'),
    cameOut: (jobId: string): Record<never, never> => settle(jobId, 'cameOut'),
  };

  /** A person's word on a job whose paper nobody else has seen: theirs to answer for. */
  function settle(jobId: string, how: 'again' | 'cameOut'): Record<never, never> {
    const { personId: actorId } = sessions.require(counter, 'sales.reprint');
    const subjectId = prints.subjectOf(jobId) ?? refuse({ code: 'NOT_FOUND' });
    counter.transact(
      'print job settled',
      () => {
        if (!prints[how](jobId)) refuse({ code: 'NOT_FOUND' });
        const action = how === 'again' ? 'sales.printed-late' : 'sales.print-seen';
        const changes = [auditChange(counter, counter.today(), { actorId, action, subjectId })];
        counter.replica.record({ type: 'reprint', actor: actorId, subjectId: null, changes });
      },
      'sync',
    );
    return {};
  }
}

const ready = { ready: true, reason: null, answers: false, paperLow: false };

const triedFrom = (outcome: PrintOutcome): Tried => ({
  state: outcome.state,
  reason: outcome.state === 'printed' ? null : outcome.reason,
});

/** False where this command was done before. */
function audit(counter: Counter, actorId: string, commandId: string): boolean {
  const { fresh } = counter.once.run({ what: 'drawer test', commandId, answer: nothing }, () => {
    const changes = [auditChange(counter, counter.today(), { actorId, action: 'drawer.tested' })];
    counter.replica.record({ type: 'no-sale', actor: actorId, subjectId: null, changes });
    return {};
  });
  return fresh;
}

function atText(
  counter: Counter,
  { zone, language }: { readonly zone: string; readonly language: string },
): string {
  const format = new Intl.DateTimeFormat(language, {
    timeZone: zone,
    dateStyle: 'medium',
    timeStyle: 'short',
  });
  return format.format(counter.today().nowMs);
}
