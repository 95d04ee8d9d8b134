import { parseArgs } from 'node:util';
import { killLoop } from './kill.ts';
import { canCutPower, powerCuts } from './power.ts';

/** Proofs that what was acknowledged is on the disk: real kills and simulated power cuts of a till that sells. */
const USAGE = `npm run proof -- powercut|kill [options]
  powercut --cuts N     N power cuts (default 50), then the control with durability off, which must lose (default 5)
           --control N
  kill --kills N        N times kill -9 (default 100)
Exits 1 when anything acknowledged is lost or the books are not whole, or when the control loses nothing.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    cuts: { type: 'string', default: '50' },
    control: { type: 'string', default: '5' },
    kills: { type: 'string', default: '100' },
    help: { type: 'boolean', default: false },
  },
});
const [what] = positionals;
if (values.help || (what !== 'powercut' && what !== 'kill')) console.log(USAGE);
else if (what === 'kill') await kills(Number(values.kills));
else await cuts(Number(values.cuts), Number(values.control));

async function kills(count: number): Promise<void> {
  const { sales, problems } = await killLoop(count);
  for (const problem of problems) console.log(problem);
  console.log(`kills=${count} sales=${sales} kills_with_loss=${problems.length}`);
  if (problems.length > 0 || sales === 0) process.exitCode = 1;
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
