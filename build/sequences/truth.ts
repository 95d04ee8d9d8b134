import type { Database } from 'better-sqlite3';
import { problemsInBooks } from '../proof/books.ts';
import { rowsOf } from '../proof/rows.ts';
import { packId } from '../proof/shop.ts';
import { heldAt } from './act.ts';
import { terminalSpeaks } from './act-card.ts';
import { isExpected } from './act-shift.ts';
import { Fault, must } from './attempt.ts';
import { openOnes } from './card-model.ts';
import type { AttemptModel, Sold } from './model.ts';
import { CREDIT_LIMIT, VOUCHER } from './terms.ts';
import type { World } from './world.ts';

/** Holds everything a till tells against the model, and its books against themselves. */
export async function holdsTrue(world: World): Promise<void> {
  const { counter, model } = world;
  await terminalSpeaks(world);
  const problems = [...problemsInBooks(counter.db(), counter.publicKey), ...returnProblems(counter.db())];
  must(problems.length === 0, 'the books:', problems);
  dayIsTrue(world, await counter.client().sales.dayTotals({}));
  await ledgersAreTrue(world);
  await shiftIsTrue(world);
  await returnablesAreTrue(world);
  stockIsTrue(world);
  await terminalIsTrue(world);
  const held = (await heldAt(counter)).toSorted();
  const meant = model.held.map(({ heldId }) => heldId).toSorted();
  must(JSON.stringify(held) === JSON.stringify(meant), 'put aside are', held);
}

type Day = Awaited<ReturnType<ReturnType<World['counter']['client']>['sales']['dayTotals']>>[number];

function dayIsTrue({ model }: World, days: readonly Day[]): void {
  const { sales, returns, totalMinor, taxMinor, roundingMinor } = model.day;
  if (sales === 0) {
    must(days.length === 0, 'a day without sales has', days);
    return;
  }
  const [day] = days;
  if (!day || days.length > 1) throw new Fault('everything was sold on one day');
  const told = [day.sales, day.returns, day.totalMinor, day.taxMinor, day.cashRoundingMinor, day.netMinor];
  const meant = [sales, returns, totalMinor, taxMinor, roundingMinor, totalMinor - taxMinor];
  must(JSON.stringify(told) === JSON.stringify(meant), `the day should be ${meant} and is`, told);
  isExpected(day.tenders, model.dayTenders);
  const tax = day.taxes.reduce((sum, one) => sum + one.taxMinor, 0);
  must(tax === taxMinor, `the tax of the day by rate is not ${taxMinor} but`, tax);
}

async function ledgersAreTrue({ counter, model }: World): Promise<void> {
  const { sales } = counter.client();
  for (const who of ['nora', 'consulate'] as const) {
    const { balanceMinor, limitMinor, points } = await sales.account({ customerId: counter.customers[who] });
    const told = [balanceMinor, limitMinor, points];
    const meant = [model.owed.get(who) ?? 0, CREDIT_LIMIT, model.points.get(who) ?? 0];
    must(told.join() === meant.join(), `owed, limit and points of ${who}: ${meant}, not`, told);
  }
  const { balanceMinor } = await sales.voucher({ code: VOUCHER.code });
  must(balanceMinor === model.vouchers.get(VOUCHER.code), 'on the voucher is', balanceMinor);
  const told = rowsOf(counter.db(), VOUCHERS).map((row) => JSON.stringify(row));
  const meant = [...model.vouchers].map(([code, left]) => JSON.stringify({ code, left }));
  must(told.toSorted().join() === meant.toSorted().join(), `${meant} is left, not`, told);
  const dollars = JSON.stringify(rowsOf(counter.db(), DOLLARS));
  must(
    dollars === JSON.stringify([{ dollars: model.foreignMinor }]),
    `dollars: ${model.foreignMinor}, not`,
    dollars,
  );
}
const VOUCHERS = `SELECT code, sum(amount_minor) AS left FROM voucher_entry GROUP BY code`;
const DOLLARS = `SELECT coalesce(sum(foreign_minor), 0) AS dollars FROM foreign_cash`;

async function shiftIsTrue({ counter, model }: World): Promise<void> {
  const { shift } = counter.client().sales;
  if (model.shift) isExpected((await shift.x()).expected, model.shift.money);
  else for await (const { open } of await shift.state()) return must(open === null, 'a shift is open', open);
}

async function returnablesAreTrue({ counter, model }: World): Promise<void> {
  for (const { saleId, lines } of model.sales) {
    const told = (await counter.client().sales.returns.sale({ saleId })).lines;
    const left = told.map((line) => [line.soldBase, line.backBase, line.leftBase, line.amountMinor]);
    const meant = lines.map((line) => [
      line.base,
      line.backBase,
      line.base - line.backBase,
      line.amountMinor,
    ]);
    must(JSON.stringify(left) === JSON.stringify(meant), `sold, back, left should be ${meant} and are`, left);
  }
}

/** Goods that are destroyed come back into the books and go out of them: they stay gone. */
function stockIsTrue({ counter, model }: World): void {
  for (const article of ['dolorane', 'syrup', 'drops', 'gauze'] as const satisfies readonly Sold[]) {
    const [gone] = rowsOf(counter.db(), GONE, packId(article));
    const meant = { gone: model.gone.get(article) ?? 0 };
    must(JSON.stringify(gone) === JSON.stringify(meant), `${meant.gone} of ${article} are gone, not`, gone);
  }
}
const GONE = `SELECT coalesce(-sum(qty_base), 0) AS gone FROM stock_movement
  WHERE pack_id = ? AND kind IN ('sell', 'customerReturn', 'dispose')`;

/** The till has every order and no other; its bank has what the till says; a person sees what is left to see to. */
async function terminalIsTrue({ counter, model }: World): Promise<void> {
  const { moved } = counter.terminal;
  for (const { id, kind, state, amountMinor } of model.attempts) {
    const minor = moved.get(id) ?? 0;
    const meant = kind === 'charge' ? amountMinor : -amountMinor;
    const known = state === 'unknown' || minor === (state === 'approved' ? meant : 0);
    must(known, `the bank has ${minor} of what is ${state}:`, { kind, amountMinor });
  }
  const told = rowsOf(counter.db(), ATTEMPTS).map((row) => JSON.stringify(row));
  const meant = model.attempts.map(({ id, state }) =>
    JSON.stringify({ id, state: state === 'unknown' ? null : state }),
  );
  must(told.toSorted().join() === meant.toSorted().join(), `the attempts should be ${meant} and are`, told);
  for await (const { attempts } of await counter.client().sales.cards.state()) {
    const shown = attempts.map(({ attemptId, state }) => `${attemptId} ${state}`).toSorted();
    const open = [...openOnes(model), ...model.attempts.filter(isUnwritten)];
    const seen = open.map(({ id, state }) => `${id} ${state}`).toSorted();
    must(shown.join() === seen.join(), `to see to are ${seen}, not`, shown);
    break;
  }
}
const isUnwritten = ({ kind, state, chargeId, written }: AttemptModel): boolean =>
  kind === 'refund' && state === 'approved' && chargeId === null && !written;
const ATTEMPTS = `SELECT a.id, (SELECT outcome FROM card_outcome o WHERE o.attempt_id = a.id) AS state FROM card_attempt a`;

const returnProblems = (db: Database): readonly string[] =>
  Object.entries(ofReturns).flatMap(([what, sql]) =>
    rowsOf(db, sql).map((row) => `${what}: ${JSON.stringify(row)}`),
  );

/** Each finds rows only where something is wrong. */
const ofReturns = {
  'a return is not the sum of its lines': `SELECT r.return_no FROM sale_return r WHERE r.line_count <>
      (SELECT count(*) FROM sale_return_line WHERE return_id = r.id) OR r.total_minor <>
      (SELECT sum(amount_minor) FROM sale_return_line WHERE return_id = r.id) + iif(r.tax_mode = 'exclusive', r.tax_minor, 0)`,
  'the tax of a return is not that of its lines and rates': `SELECT return_no FROM sale_return r WHERE
      tax_minor <> (SELECT sum(tax_minor) FROM sale_return_line WHERE return_id = r.id) OR
      tax_minor <> (SELECT sum(tax_minor) FROM sale_return_tax WHERE return_id = r.id)`,
  'a refund is not its total with its rounding': `SELECT return_no FROM sale_return r WHERE
      total_minor + cash_rounding_minor <> coalesce((SELECT sum(amount_minor) FROM refund_tender WHERE return_id = r.id), 0)`,
  'more came back than was sold': `SELECT l.id FROM sale_line l JOIN sale_return_line b ON b.sale_line_id = l.id
      GROUP BY l.id HAVING sum(b.qty_base) > l.qty_base OR sum(b.amount_minor) > l.amount_minor OR sum(b.tax_minor) > l.tax_minor`,
  'more of a batch came back than went': `SELECT l.id, b.batch_id FROM sale_return_line b JOIN sale_line l ON l.id = b.sale_line_id
      GROUP BY l.id, b.batch_id HAVING sum(b.qty_base) >
        (SELECT -sum(qty_base) FROM stock_movement WHERE document_id = l.sale_id AND document_line = l.line_no AND batch_id = b.batch_id)`,
  'an account or a voucher is not its sales and returns': `SELECT s.id FROM sale s JOIN tender t ON t.sale_id = s.id
      WHERE t.kind IN ('account', 'voucher') GROUP BY s.id, t.kind HAVING sum(t.amount_minor) <>
        iif(t.kind = 'account', (SELECT sum(amount_minor) FROM account_entry WHERE document_id = s.id),
          (SELECT -sum(amount_minor) FROM voucher_entry WHERE document_id = s.id AND kind = 'redeem'))`,
  'an exchange does not pay what it is worth': `SELECT s.id FROM tender t JOIN sale s ON s.id = t.sale_id WHERE t.kind = 'exchange'
      GROUP BY s.id HAVING sum(t.amount_minor) <> (SELECT sum(amount_minor) FROM refund_tender WHERE exchange_sale_id = s.id)`,
  'a return has no receipt to print, or two': `SELECT return_no FROM sale_return r WHERE
      (SELECT count(*) FROM print_job p WHERE p.sale_id = r.id AND p.kind = 'receipt') <> 1`,
  'an attempt came to two ends': `SELECT attempt_id FROM card_outcome GROUP BY attempt_id HAVING count(*) > 1`,
  'a sale was paid by what no terminal took': `SELECT t.id FROM tender t JOIN card_attempt a ON a.id = t.id WHERE a.kind <> 'charge'
      OR a.amount_minor <> t.amount_minor OR NOT EXISTS (SELECT 1 FROM card_outcome o WHERE o.attempt_id = a.id AND o.outcome = 'approved')`,
  'a return gave what no terminal gave': `SELECT t.id FROM refund_tender t JOIN card_attempt a ON a.id = t.id WHERE a.kind <> 'refund'
      OR a.amount_minor <> t.amount_minor OR NOT EXISTS (SELECT 1 FROM card_outcome o WHERE o.attempt_id = a.id AND o.outcome = 'approved')`,
  'terminals gave back more of a sale than they took': `SELECT r.sale_id FROM sale_return r JOIN refund_tender t ON t.return_id = r.id
      JOIN card_attempt a ON a.id = t.id GROUP BY r.sale_id HAVING sum(t.amount_minor) > (SELECT coalesce(sum(c.amount_minor), 0)
        FROM tender c JOIN card_attempt b ON b.id = c.id WHERE c.sale_id = r.sale_id)`,
  'a held sale was ended twice': `SELECT held_id FROM held_end GROUP BY held_id HAVING count(*) > 1`,
};
