import { z } from 'zod';
import type { InPlace } from '#shared/auth/calls.ts';
import type { Permission } from '#shared/auth/permissions.ts';
import type { Change } from '#shared/replica/changeset.ts';
import {
  type Comparison,
  comparison,
  type ShiftCount,
  type ShiftView,
  type XReport,
  type ZReport,
  zReport,
} from '#shared/sales/calls-shift.ts';
import type { RowOf } from '#shared/schema.ts';
import { auditChange } from '../audit-change.ts';
import { type Authorised, authorise } from '../authorise.ts';
import type { Counter, Today } from '../counter.ts';
import type { Pins } from '../pins.ts';
import { refuse } from '../refuse.ts';
import type { Sessions } from '../sessions.ts';
import type { OpenShift } from '../store/read-shifts.ts';
import type { PrintQueue } from './print-queue.ts';
import { cashIn, closeRow, compareWith, countedOf, grandTotalWith } from './shift-close.ts';
import type { Drawer } from './shift-drawer.ts';
import { createShiftFacts } from './shift-facts.ts';
import { ensureShift, leftInDrawer, newShift } from './shift-open.ts';
import { createShiftReports } from './shift-reports.ts';

type Deps = {
  readonly counter: Counter;
  readonly sessions: Sessions;
  readonly pins: Pins;
  readonly prints: PrintQueue;
  readonly drawer: Drawer;
};

type MoveCommand = {
  readonly commandId: string;
  readonly kind: RowOf<'cash_movement'>['kind'];
  readonly amountMinor: number;
  readonly reason: string;
  readonly inPlace?: InPlace | undefined;
};

type CloseCommand = {
  readonly commandId: string;
  readonly shiftId: string;
  readonly count: ShiftCount;
  readonly leftMinor: number;
  readonly reason?: string | undefined;
  readonly inPlace?: InPlace | undefined;
  readonly unapproved: boolean;
};

const opened = z.object({ shiftId: z.string() });
const movement = z.object({ movementId: z.string() });
const printing = z.object({ printJobId: z.string() });
const closed = zReport.extend({ printJobId: z.string() });
const pastRight = {
  'pay-in': 'sales.cash.move',
  'pay-out': 'sales.cash.move',
  'no-sale': 'sales.no-sale',
} as const;

/** Shifts at this counter: opening, money beside sales, and the close that always succeeds. */
export function createShiftDesk(deps: Deps) {
  const { counter, sessions, prints, drawer } = deps;
  const { once } = counter;
  const facts = createShiftFacts(counter);
  const reports = createShiftReports(counter);

  const announce = (): void => counter.live.changed('sync');

  function theOpen(shiftId?: string): OpenShift {
    const open = counter.shifts.open();
    return open && (shiftId === undefined || open.id === shiftId) ? open : refuse({ code: 'NO_SHIFT' });
  }

  function x(): XReport {
    const open = theOpen();
    const { expected, totals } = facts.figures(open);
    return {
      open: viewOf(counter, open),
      at: counter.clock.nowMs(),
      expected: [...expected],
      totals: { ...totals, taxes: totals.taxes.map((tax) => ({ ...tax, taxPct3: [...tax.taxPct3] })) },
    };
  }

  /** Cash in or out, or none: the shift if it is the first, the movement, the audit; then the drawer. */
  async function move({
    commandId,
    kind,
    amountMinor,
    reason,
    inPlace,
  }: MoveCommand): Promise<{ movementId: string }> {
    const before = once.answered(commandId, movement);
    if (before) return before;
    const by = await authorise(deps, pastRight[kind], inPlace);
    const { answer, fresh } = once.run({ what: 'shift', commandId, answer: movement }, () => {
      const today = counter.today();
      const shift = ensureShift(counter, by.actor.personId, today);
      const row: RowOf<'cash_movement'> = {
        ...{
          id: counter.ids.next(),
          storeId: counter.storeId,
          tillId: counter.tillId,
          shiftId: shift.shiftId,
        },
        ...{
          kind,
          amountMinor,
          reason,
          at: today.nowMs,
          businessDate: today.business,
          actorId: by.actor.personId,
        },
      };
      const audit = auditChange(counter, today, {
        ...{ actorId: by.actor.personId, action: `sales.${kind}`, subjectId: row.id, reason },
        details: { amountMinor, ...lentBy(by) },
      });
      const changes: Change[] = [...shift.changes, { t: 'cash_movement', op: 'insert', row }, audit];
      const act = { actor: by.authorisedBy ?? by.actor.personId, subjectId: null, changes };
      if (kind === 'no-sale') counter.replica.record({ type: 'no-sale', ...act });
      else counter.replica.record({ type: 'cash-movement', ...act });
      return { movementId: row.id };
    });
    if (fresh) drawer.kick();
    announce();
    return answer;
  }

  function close(command: CloseCommand, lent: Authorised['authorisedBy']): z.infer<typeof closed> {
    const closer = sessions.read(counter) ?? refuse({ code: 'NOT_SIGNED_IN' });
    const today = counter.today();
    const shift = theOpen(command.shiftId);
    const figures = facts.figures(shift);
    const counted = countedOf(command.count);
    if (command.leftMinor > cashIn(counted)) refuse({ code: 'LEFT_TOO_MUCH' });
    const compared = compareWith(counter, { shift, figures, closer, counted });
    const missing = lent === null ? compared.needsRight : null;
    if (missing !== null && !command.unapproved) refuse({ code: 'MISSING_RIGHT', permission: missing });
    if ((compared.needsReason || missing !== null) && command.reason === undefined)
      refuse({ code: 'REASON_NEEDED' });
    const row = closeRow(counter, {
      ...{
        shift,
        figures,
        count: command.count,
        varianceMinor: compared.varianceMinor,
        leftMinor: command.leftMinor,
      },
      ...{ closerId: closer.personId, reason: command.reason ?? null, today },
      grandTotalMinor: grandTotalWith(counter, figures, () => facts.soldUntilFirstClose(shift.id)),
    });
    const audit = closingAudit(counter, today, { row, openedById: shift.actorId, lent, missing });
    counter.replica.record({
      type: 'shift-close',
      actor: lent ?? closer.personId,
      subjectId: row.id,
      changes: [{ t: 'shift_close', op: 'insert', row }, ...audit],
    });
    const report = reports.find(row.id);
    if (!report) throw new Error('a close just written can be read');
    const printJobId = prints.add({ saleId: row.id, kind: 'report', doc: reports.docOfZ(report, false) });
    return { ...report, printJobId };
  }

  return {
    state(): ShiftView {
      const open = counter.shifts.open();
      return {
        open: open && viewOf(counter, open),
        ...{ leftMinor: leftInDrawer(counter), today: counter.today().business, drawer: drawer.last() },
      };
    },

    open({ commandId, floatMinor }: { commandId: string; floatMinor: number }): { shiftId: string } {
      const { personId } = sessions.require(counter, 'sales.shift');
      const { answer } = once.run({ what: 'shift', commandId, answer: opened }, () => {
        if (counter.shifts.open()) refuse({ code: 'SHIFT_OPEN' });
        const row = newShift(counter, {
          actorId: personId,
          today: counter.today(),
          kind: 'counted',
          floatMinor,
        });
        const changes: Change[] = [{ t: 'shift', op: 'insert', row }];
        counter.replica.record({ type: 'shift', actor: personId, subjectId: null, changes });
        return { shiftId: row.id };
      });
      announce();
      return answer;
    },

    move,

    x(): XReport {
      sessions.require(counter, 'sales.shift');
      return x();
    },
    /** Audited: whoever counts after it does not count blind. */
    printX(commandId: string): { printJobId: string } {
      const { personId, name } = sessions.require(counter, 'sales.shift');
      const { answer } = once.run({ what: 'shift', commandId, answer: printing }, () => {
        const report = x();
        const told = {
          action: 'sales.x-report',
          subjectId: report.open.shiftId,
        };
        const audit = auditChange(counter, counter.today(), { actorId: personId, ...told });
        counter.replica.record({ type: 'shift', actor: personId, subjectId: null, changes: [audit] });
        const doc = reports.docOfX(report, name);
        return { printJobId: prints.add({ saleId: report.open.shiftId, kind: 'report', doc }) };
      });
      announce();
      prints.kick();
      return answer;
    },

    /** Shows what the books expect only once the count is written down: a count that was seen to be wrong stays known. */
    compare({
      commandId,
      shiftId,
      count,
    }: {
      commandId: string;
      shiftId: string;
      count: ShiftCount;
    }): Comparison {
      const closer = sessions.read(counter) ?? refuse({ code: 'NOT_SIGNED_IN' });
      const { answer } = once.run({ what: 'shift', commandId, answer: comparison }, () => {
        const shift = theOpen(shiftId);
        const counted = countedOf(count);
        const compared = compareWith(counter, { shift, figures: facts.figures(shift), closer, counted });
        const audit = auditChange(counter, counter.today(), {
          ...{ actorId: closer.personId, action: 'sales.shift-counted', subjectId: shiftId, reason: null },
          details: { cashMinor: cashIn(counted), varianceMinor: compared.varianceMinor },
        });
        counter.replica.record({ type: 'shift', actor: closer.personId, subjectId: null, changes: [audit] });
        return compared;
      });
      announce();
      return answer;
    },

    async close(command: CloseCommand): Promise<z.infer<typeof closed>> {
      const before = once.answered(command.commandId, closed);
      if (before) return before;
      const lent = await lentFor(command);
      const { answer } = once.run({ what: 'shift', commandId: command.commandId, answer: closed }, () =>
        close(command, lent),
      );
      announce();
      prints.kick();
      return answer;
    },

    reports(limit: number): ZReport[] {
      sessions.require(counter, 'sales.shift');
      return reports.list(limit);
    },
    docOf: (closeId: string) => reports.docOfZ(reports.find(closeId) ?? refuse({ code: 'NOT_FOUND' }), false),

    /** Prints a Z-report again, with the word COPY, and leaves an audit entry. */
    reprint(commandId: string, closeId: string): { printJobId: string } {
      const { personId } = sessions.require(counter, 'sales.reprint');
      const { answer } = once.run({ what: 'shift', commandId, answer: printing }, () => {
        const report = reports.find(closeId) ?? refuse({ code: 'NOT_FOUND' });
        const told = { action: 'sales.z-reprint', subjectId: closeId };
        const audit = auditChange(counter, counter.today(), { actorId: personId, ...told });
        counter.replica.record({ type: 'reprint', actor: personId, subjectId: null, changes: [audit] });
        return {
          printJobId: prints.add({ saleId: closeId, kind: 'report', doc: reports.docOfZ(report, true) }),
        };
      });
      announce();
      prints.kick();
      return answer;
    },
  };

  /** Who lent the right that closing with this count needs; null where nobody had to or nobody did. */
  async function lentFor({ shiftId, count, inPlace }: CloseCommand): Promise<string | null> {
    if (!inPlace) return null;
    const closer = sessions.read(counter) ?? refuse({ code: 'NOT_SIGNED_IN' });
    const shift = theOpen(shiftId);
    const figures = facts.figures(shift);
    const { needsRight } = compareWith(counter, { shift, figures, closer, counted: countedOf(count) });
    return needsRight === null ? null : (await authorise(deps, needsRight, inPlace)).authorisedBy;
  }
}

/** What an audit says of a right that was lent in place. */
const lentBy = ({ authorisedBy }: Authorised): Record<string, string> =>
  authorisedBy === null ? {} : { authorisedBy };

/** An ordinary close of one's own shift needs no line of its own: the close is there. */
function closingAudit(
  counter: Counter,
  today: Today,
  {
    row,
    openedById,
    lent,
    missing,
  }: { row: RowOf<'shift_close'>; openedById: string; lent: string | null; missing: Permission | null },
): Change[] {
  if (missing === null && lent === null && row.actorId === openedById) return [];
  const action = missing === null ? 'sales.shift-closed' : 'sales.shift-closed-unapproved';
  const details = {
    ...{ varianceMinor: row.varianceMinor, openedBy: openedById },
    ...(lent !== null && { authorisedBy: lent }),
    ...(missing !== null && { missing }),
  };
  const told = { actorId: row.actorId, action, subjectId: row.id, reason: row.reason, details };
  return [auditChange(counter, today, told)];
}

function viewOf({ staff, db }: Counter, shift: OpenShift): NonNullable<ShiftView['open']> {
  const name =
    staff.find(shift.actorId)?.name ??
    db.prepare<[string], string>(`SELECT name FROM person WHERE id = ?`).pluck().get(shift.actorId) ??
    '';
  const { id: shiftId, at: since, businessDate, actorId: openedById, floatMinor } = shift;
  return {
    shiftId,
    since,
    businessDate,
    openedById,
    openedBy: name,
    automatic: shift.kind === 'automatic',
    floatMinor,
  };
}
