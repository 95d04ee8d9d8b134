import { badgeOf } from '#shared/auth/badge.ts';
import type { InPlace } from '#shared/auth/calls.ts';
import { badgeLabel } from '#shared/catalog/badge-label.ts';
import { badgePaper } from '#shared/sales/badge-paper.ts';
import { auditChange } from '../audit-change.ts';
import { type Authorised, authorise } from '../authorise.ts';
import type { Counter } from '../counter.ts';
import { nothing } from '../once.ts';
import type { Pins } from '../pins.ts';
import type { LabelPrinter, PrintOutcome, ReceiptPrinter } from '../ports.ts';
import { refuse } from '../refuse.ts';
import type { Sessions } from '../sessions.ts';

type Deps = {
  readonly counter: Counter;
  readonly sessions: Sessions;
  readonly pins: Pins;
  /** The label printer there is now. */
  readonly labels: () => LabelPrinter | undefined;
  readonly printer: Pick<ReceiptPrinter, 'name' | 'print' | 'preview'>;
};
type PrintCommand = {
  readonly commandId: string;
  readonly personId: string;
  readonly inPlace?: InPlace | undefined;
};
type Printed = { readonly printer: string; readonly instead: string | null };

/**
 * Badges for the people of this store. A badge holds the person's id and nothing else (shared/auth/badge.ts): a new one
 * is the old one again, and a lost one opens no till, because the PIN is asked for.
 */
export function createBadgeDesk({ counter, sessions, pins, labels, printer }: Deps) {
  const { once } = counter;
  /** What came of the commands since this till started. */
  const outcomes = new Map<string, Promise<Printed>>();

  function badge(personId: string) {
    const { name } = counter.staff.find(personId) ?? refuse({ code: 'NOT_FOUND' });
    const { name: storeName, language } = counter.shop();
    return {
      words: { name, storeName, code: badgeOf(personId) },
      direction: language === 'ar' ? ('rtl' as const) : ('ltr' as const),
    };
  }

  async function toPaper(personId: string): Promise<Printed> {
    const { words, direction } = badge(personId);
    const device = labels();
    let instead: string | null = null;
    if (device) {
      const layout = badgeLabel(words, direction, device.dotsPerMm);
      const outcome = await device.print([{ layout, copies: 1 }]);
      if (outcome.state === 'printed') return { printer: device.name, instead: null };
      if (outcome.state === 'unknown') return notPrinted(outcome);
      instead = outcome.reason;
    }
    const outcome = await printer.print(badgePaper(words, direction));
    return outcome.state === 'printed' ? { printer: printer.name, instead } : notPrinted(outcome);
  }

  return {
    preview(personId: string) {
      if (!sessions.read(counter)) refuse({ code: 'NOT_SIGNED_IN' });
      const { words, direction } = badge(personId);
      const device = labels();
      return device
        ? device.preview(badgeLabel(words, direction, device.dotsPerMm))
        : printer.preview(badgePaper(words, direction));
    },

    async print({ commandId, personId, inPlace }: PrintCommand): Promise<Printed> {
      const by = await authorise({ counter, sessions, pins }, 'auth.people.edit', inPlace);
      badge(personId);
      const { fresh } = once.run({ what: 'badge', commandId, answer: nothing }, () => {
        note(counter, by, personId);
        return {};
      });
      counter.live.changed('sync');
      // Asked again after a restart: whether it came out nobody but the paper can say.
      if (!fresh) return outcomes.get(commandId) ?? notPrinted({ state: 'unknown', reason: 'till-stopped' });
      const started = toPaper(personId);
      outcomes.set(commandId, started);
      return started;
    },
  };
}

function note(counter: Counter, { actor, authorisedBy }: Authorised, personId: string): void {
  const change = auditChange(counter, counter.today(), {
    ...{ actorId: actor.personId, action: 'auth.badge-printed', subjectId: personId },
    details: authorisedBy === null ? null : { authorisedBy },
  });
  const by = authorisedBy ?? actor.personId;
  counter.replica.record({ type: 'badge', actor: by, subjectId: null, changes: [change] });
}

const notPrinted = ({ state, reason }: Exclude<PrintOutcome, { state: 'printed' }>): never =>
  refuse({ code: 'NOT_PRINTED', state, reason });
