import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { checkTill } from './check.ts';

const SELLER = fileURLToPath(new URL('seller.ts', import.meta.url));
const LONGEST_MS = 400;

/** Kills a selling till `count` times at random moments; after each its books are checked. Problems say which kill. */
export async function killLoop(count: number): Promise<{ sales: number; problems: readonly string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'pestle-kill-'));
  const problems: string[] = [];
  let sales = 0;
  try {
    for (let i = 1; i <= count; i++) {
      sales = Math.max(sales, await sellUntilKilled(folder));
      const [problem] = checkTill(folder, sales);
      if (problem) problems.push(`kill ${i}: ${problem}`);
    }
    return { sales, problems };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The number of the last sale the seller acknowledged before it was killed; 0 if none. */
async function sellUntilKilled(folder: string): Promise<number> {
  const seller = spawn(process.execPath, [SELLER, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  let acked = 0;
  for await (const line of createInterface({ input: seller.stdout })) {
    if (line === 'READY') void pause(Math.random() * LONGEST_MS).then(() => seller.kill('SIGKILL'));
    else acked = Number(line);
  }
  return acked;
}
