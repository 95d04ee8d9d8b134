import type { TenderKind } from '#shared/sales/tender-kinds.ts';
import { sum } from './arithmetic.ts';
import { must } from './attempt.ts';
import { type Client, manager } from './counter.ts';
import { add, shiftOf } from './model.ts';
import { type Doing, type World, wants } from './world.ts';

export async function openShift({ model }: World, { move, give }: Doing<'open shift'>): Promise<string> {
  const { floatMinor } = move;
  const made = await give(({ sales }, commandId) => sales.shift.open({ commandId, floatMinor }));
  if (!made.ok) return wants(made.code, model.shift ? 'SHIFT_OPEN' : 'no refusal');
  must(model.shift === null, 'a shift was opened in a shift');
  model.shift = { money: new Map([['cash', floatMinor]]) };
  return 'done';
}

export async function moveCash(
  { model }: World,
  move: Doing<'move cash' | 'no sale'>['move'],
  give: Doing<'move cash'>['give'],
): Promise<string> {
  const reason = 'change';
  const made = await give(({ sales: { shift } }, commandId) =>
    move.do === 'no sale'
      ? shift.noSale({ commandId, reason, inPlace: manager })
      : shift.move({ commandId, kind: move.kind, amountMinor: move.minor, reason, inPlace: manager }),
  );
  if (!made.ok) return wants(made.code, 'no refusal');
  const { money } = shiftOf(model);
  if (move.do === 'move cash') add(money, 'cash', move.kind === 'pay-in' ? move.minor : -move.minor);
  return 'done';
}

export async function closeShift(
  { model, counter }: World,
  { move, give }: Doing<'close shift'>,
): Promise<string> {
  if (!model.shift) return 'nothing';
  const { money } = model.shift;
  const shiftId = await openShiftId(counter.client());
  const others = (['card', 'mobile', 'voucher'] as const).flatMap((kind) => {
    const amountMinor = money.get(kind) ?? 0;
    return amountMinor > 0 ? [{ kind, amountMinor }] : [];
  });
  const cashMinor = Math.max(0, (money.get('cash') ?? 0) + move.wrongBy);
  const leftMinor = Math.floor((cashMinor * move.leave) / 100);
  const count = { denominations: [], otherCashMinor: cashMinor, others };
  const made = await give(({ sales }, commandId) =>
    sales.shift.close({ commandId, shiftId, count, leftMinor, reason: 'counted', unapproved: true }),
  );
  if (!made.ok) return wants(made.code, 'no refusal: closing always succeeds');
  const { expected, varianceMinor, zNo, grandTotalMinor } = made.value;
  isExpected(expected, money);
  must(varianceMinor === cashMinor - (money.get('cash') ?? 0), 'the variance is', varianceMinor);
  must(Number(zNo.split('-').at(-1)) === model.closes + 1, `Z-report ${model.closes + 1} is called`, zNo);
  must(grandTotalMinor === model.grandTotalMinor, `${model.grandTotalMinor} in all, not`, grandTotalMinor);
  model.closes += 1;
  model.leftMinor = leftMinor;
  model.shift = null;
  return 'done';
}

/** A shift's report has what went through the model's hands. */
export function isExpected(
  expected: readonly { readonly kind: TenderKind; readonly amountMinor: number }[],
  money: ReadonlyMap<TenderKind, number>,
): void {
  for (const [kind, minor] of money) {
    const told = sum(expected.flatMap((one) => (one.kind === kind ? [one.amountMinor] : [])));
    must(told === minor, `of ${kind} there should be ${minor}, the report has`, told);
  }
  const unknown = expected.filter(({ kind, amountMinor }) => amountMinor !== 0 && !money.has(kind));
  must(unknown.length === 0, 'the report has of nowhere', unknown);
}

async function openShiftId(client: Client): Promise<string> {
  for await (const { open } of await client.sales.shift.state()) return open?.shiftId ?? '';
  return '';
}
