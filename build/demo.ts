import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { SaleView } from '#shared/sales/calls.ts';
import type { CartView } from '#shared/sales/calls-cart.ts';
import { firstWhere } from './clients.ts';
import { type Cashier, createCashier, signIn } from './demo/cashier.ts';
import { type Comparison, compare } from './demo/compare.ts';
import { shelfOf } from './demo/shelf.ts';
import { createWorld, type RunningTill, type World } from './demo/world.ts';
import { employees } from './demo-data/people.ts';
import { seeded } from './demo-data/random.ts';
import { type Seed, writeSeed } from './seed.ts';

const help = `npm run demo [-- OPTIONS]
  Shows that nothing is lost: HQ and two tills as processes of their own sell with the network up, with HQ down and
  with a till killed in the middle of a sale; then HQ must equal the sum of the tills. No browser, about two minutes.
  --sales N        sales at each till with HQ up, and as many with HQ down (default 200)
  --catalog PATH   a medicine register to sell from instead of the demo's own catalogue (BDPM folder or CSV)
  --seed N         other customers (default 1)`;

const { values: options } = parseArgs({
  options: {
    sales: { type: 'string', default: '200' },
    catalog: { type: 'string' },
    seed: { type: 'string', default: '1' },
    help: { type: 'boolean', default: false },
  },
});
const salesEach = Number(options.sales);
const startedAt = performance.now();

/** One counter of the demo: a till, who stands there, and what it has told them. */
type Counter = {
  readonly name: string;
  readonly cashier: Cashier;
  readonly person: { readonly name: string; readonly pin: string };
  till: RunningTill;
  readonly acknowledged: SaleView[];
};

async function show(): Promise<void> {
  const world = createWorld({ say });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => void world.end().then(() => process.exit(1)));
  try {
    const since = Date.now();
    const { seed, counters, storeId } = await open(world, since);
    say(`${salesEach} sales at each till, HQ up`);
    await sellAtAll(counters);
    say('Stopping HQ: nobody at the counters notices');
    await world.stopHq();
    await sellThroughTheOutage(world, counters);
    say('HQ comes back');
    await world.startHq();
    const hq = await world.backOffice();
    await drain(counters, async () => {
      const { scopes } = await hq.auth.syncHealth();
      return new Map(scopes.map(({ scope, seq }) => [scope, seq]));
    });
    say('Comparing');
    const acknowledged = counters.flatMap((counter) => counter.acknowledged);
    const tills = counters.map(({ name, till }) => ({ name, till: till.till }));
    const { postgresLock } = world;
    const found = await compare({ storeId, hq, postgresLock, tills, acknowledged, since });
    report(found, { counters, packs: seed.register.packs.length });
  } catch (problem) {
    fail(problem instanceof Error ? (problem.stack ?? problem.message) : String(problem));
  } finally {
    await world.end();
  }
}

/** Writes the seed, starts HQ with it and two tills of one store, and signs the cashiers in. */
async function open(
  world: World,
  nowMs: number,
): Promise<{ seed: Seed; counters: Counter[]; storeId: string }> {
  say('Making the demo pharmacy');
  const catalog = options.catalog === undefined ? undefined : resolve(options.catalog);
  const file = join(world.folder, 'seed.ndjson');
  const written = await writeSeed({ file, catalog, nowMs });
  if (!written.ok) throw new Error(`${written.error.path} is no medicine register: ${written.error.code}.`);
  const seed = written.value;
  const store = seed.demo.organisation.stores[0];
  if (store === undefined) throw new Error('the demo has no store');
  say('Starting HQ');
  const ready = await world.startHq('--codes', '--seed', file, ...(catalog ? ['--catalog', catalog] : []));
  const items = shelfOf(seed, store);
  const [cashier, second] = ['Amélie Roux', 'Nadia Vercors'].map(personOf);
  const counters: Counter[] = [];
  for (const [code, person] of [
    ['T01', cashier],
    ['T02', second],
  ] as const) {
    if (person === undefined) throw new Error('nobody to stand at a till');
    const name = `${store.plan.code}-${code}`;
    const enrolment = ready.stores
      ?.find((one) => one.code === store.plan.code)
      ?.tills.find((one) => one.code === code)?.enrolmentCode;
    say(`Enrolling till ${name}`);
    const till = await world.startTill(name, '--hq', ready.url, '--code', enrolment ?? '');
    await signIn(till.till, person);
    const draw = seeded(Number(options.seed), `customers ${name}`);
    const { cashStepMinor } = store.row;
    const made = createCashier({ draw, items, cashStepMinor, pharmacist: personOf('Yasmine Moreau') });
    counters.push({ name, person, till, cashier: made, acknowledged: [] });
  }
  return { seed, counters, storeId: store.row.id };
}

function personOf(name: string): { name: string; pin: string } {
  const found = employees.find((one) => one.name === name);
  if (found === undefined) throw new Error(`${name} is not of the demo`);
  return found;
}

async function sell(counter: Counter, count: number): Promise<void> {
  for (let n = 0; n < count; n++) counter.acknowledged.push(await counter.cashier.sell(counter.till.till));
}

const sellAtAll = (counters: readonly Counter[], count = salesEach): Promise<unknown> =>
  Promise.all(counters.map((counter) => sell(counter, count)));

/** Sales with HQ down; half way the last till dies twice: with a cart open, and with a payment under way. */
async function sellThroughTheOutage(world: World, counters: readonly Counter[]): Promise<void> {
  const victim = counters.at(-1);
  if (victim === undefined) return;
  const half = Math.floor(salesEach / 2);
  await sellAtAll(counters, half);
  const others = sellAtAll(counters.slice(0, -1), salesEach - half);
  await dieWithACart(world, victim);
  const paid = await dieWhilePaying(world, victim);
  victim.acknowledged.push(paid);
  await sell(victim, salesEach - half - 1);
  await others;
  say('All sold; what HQ has not seen waits at the tills:');
  for (const { name, till } of counters) {
    const sync = await firstWhere(till.till.auth.sync(), () => true, 5_000);
    say(`  ${name}: ${sync.link}, ${sync.waiting} waiting`);
  }
}

async function dieWithACart(world: World, counter: Counter): Promise<void> {
  const { cart } = await counter.cashier.fill(counter.till.till);
  say(`kill -9 of ${counter.name} with ${cart.lines.length} lines in the cart`);
  await restart(world, counter);
  const found = await firstWhere(counter.till.till.sales.cart(), () => true, 5_000);
  if (contentOf(found) !== contentOf(cart)) throw new Error('the cart is not as the cashier left it');
  await expectAllThere(counter);
  say('  back: the cart is as it was, every sale is there');
}

/** The answer is lost with the till. The same command again must make one sale, whether or not the first did. */
async function dieWhilePaying(world: World, counter: Counter): Promise<SaleView> {
  const { till } = counter.till;
  const open = await firstWhere(till.sales.cart(), () => true, 5_000);
  const cart =
    open.lines.length > 0
      ? { cart: open, called: open.blockers.length > 0 }
      : await counter.cashier.fill(till);
  const command = await counter.cashier.payment(till, cart);
  const lost = till.sales.pay(command).then(
    () => 'answered',
    () => 'lost',
  );
  say(`kill -9 of ${counter.name} with a payment under way`);
  await restart(world, counter);
  const paid = await counter.till.till.sales.pay(command);
  await expectAllThere(counter);
  say(
    `  back (the first answer was ${await lost}): paid again by the same command, one sale: ${paid.receiptNo}`,
  );
  return paid;
}

async function restart(world: World, counter: Counter): Promise<void> {
  await counter.till.kill();
  counter.till = await world.startTill(counter.name);
  await signIn(counter.till.till, counter.person);
}

const contentOf = ({ lines, totalMinor }: CartView): string =>
  JSON.stringify([
    lines.map(({ packId, qtyBase, amountMinor }) => [packId, qtyBase, amountMinor]),
    totalMinor,
  ]);

/** Every sale of the last 500 that a cashier was told of is in the till's own list. */
async function expectAllThere({ till, acknowledged, name }: Counter): Promise<void> {
  const there = new Set((await till.till.sales.sales({ limit: 500 })).map((sale) => sale.saleId));
  const missing = acknowledged.slice(-490).filter((sale) => !there.has(sale.saleId));
  if (missing.length > 0)
    throw new Error(`${name} has lost ${missing.map((sale) => sale.receiptNo).join(', ')}`);
}

/** Waits until nothing waits at any till and every till has all that HQ has numbered. */
async function drain(
  counters: readonly Counter[],
  heads: () => Promise<ReadonlyMap<string, number>>,
): Promise<void> {
  const from = performance.now();
  await Promise.all(
    counters.map(({ till }) => firstWhere(till.till.auth.sync(), ({ waiting }) => waiting === 0, DRAIN_MS)),
  );
  const outboxes = performance.now();
  const wanted = await heads();
  await Promise.all(
    counters.map(({ till }) =>
      firstWhere(
        till.till.auth.sync(),
        ({ scopes }) => scopes.every(({ scope, seq }) => seq >= (wanted.get(scope) ?? 0)),
        DRAIN_MS,
      ),
    ),
  );
  const [pushed, all] = [outboxes - from, performance.now() - from].map((ms) => (ms / 1000).toFixed(1));
  say(`Outboxes empty after ${pushed} s, every till up to date after ${all} s`);
}
const DRAIN_MS = 90_000;

function report(
  { sales, totalMinor, figures, batches, wrong }: Comparison,
  { counters, packs }: { readonly counters: readonly Counter[]; readonly packs: number },
): void {
  for (const [what, amount] of figures)
    console.log(
      `  ${what.padEnd(16)} ${what === 'sales' ? String(amount).padStart(12) : euros(amount).padStart(12)}`,
    );
  const refused = counters.flatMap(({ cashier }) => [...cashier.refused()]);
  const byCode = Map.groupBy(refused, ([code]) => code);
  const counted = [...byCode].map(([code, some]) => `${code} ${some.reduce((sum, [, n]) => sum + n, 0)}`);
  console.log(`  refused at the counters: ${counted.join(', ') || 'nothing'}`);
  console.log(
    `  on hand compared for ${batches} batches at HQ and ${counters.length} tills; ${packs} packs in the catalogue`,
  );
  const expected = counters.length * 2 * salesEach;
  const differing = sales === expected ? wrong : [`${sales} sales instead of ${expected}`, ...wrong];
  for (const what of differing.slice(0, 30)) console.error(`  ${what}`);
  if (differing.length > 0) fail(`HQ != sum of tills: ${differing.length} differences`);
  else console.log(`HQ == sum of tills: ${sales} sales, ${euros(totalMinor)}`);
}

const euros = (minor: number): string => `${(minor / 100).toFixed(2)} EUR`;

function say(line: string): void {
  console.log(`${((performance.now() - startedAt) / 1000).toFixed(1).padStart(6)} s  ${line}`);
}

function fail(line: string): void {
  console.log(line);
  process.exitCode = 1;
}

// Last, when everything above is there.
if (options.help) console.log(help);
else if (!Number.isInteger(salesEach) || salesEach < 1)
  fail(`--sales wants a number, not "${options.sales}".`);
else await show();
