import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { chromium } from '@playwright/test';
import WebSocket from 'ws';
import { z } from 'zod';
import { findChromium } from '../chromium.ts';
import { signInAs } from '../e2e/till-screens.ts';
import { people } from '../proof/shop.ts';
import { root } from '../tools.ts';
import { buildWeb } from '../web.ts';
import { oneFigure, type Report, timesFigure } from './figures.ts';
import { type BareTimes, bareScreen } from './screen-bare.ts';
import { soldTill } from './screen-database.ts';
import { type DayTill, sellingDay } from './screen-day.ts';
import { type Action, actions, droppedKeys, sellOnce } from './screen-hands.ts';
import { eanOf, PACKS } from './till-database.ts';
import { rssMbOf } from './till-process.ts';

const ROUNDS = Number(process.env.PESTLE_BENCH_ROUNDS ?? 40);
const KEYS = 200;

/**
 * The sell screen in Chromium over a till with 100,000 packs, 300,000 batches and 500,000 sold lines: every action from
 * its key to the painted frame, keys typed fast, and a long day. Beside it the same with bare libraries and a bare page.
 */
export async function screenBench(report: Report): Promise<void> {
  if (!(await buildWeb({ only: 'screens' }))) throw new Error('the screens could not be built');
  const [ours, bare] = [await soldTill('ours'), await soldTill('bare')];
  const till = await startScreenTill(ours);
  const executablePath = findChromium();
  const browser = await chromium.launch({
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    ...(executablePath !== undefined && { executablePath }),
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
    await page.addInitScript(`localStorage.setItem('pestle.locale', 'en')`);
    await page.goto(till.screen);
    await signInAs(page, 'cashier');
    const times = new Map<Action, number[]>(actions.map((action) => [action, []]));
    const add = (action: Action, ms: number) => times.get(action)?.push(ms);
    for (let n = 0; n < WARM; n++) await sellOnce(page, n, { code, words, add: () => {} });
    for (let n = WARM; n < WARM + ROUNDS; n++) await sellOnce(page, n, { code, words, add });
    const dropped = await droppedKeys(page, KEYS);
    const [last] = await till.client.sales.sales({ limit: 1 });
    const work = { folder: bare, sold: { folder: ours, saleId: last?.saleId ?? '' } };
    const alone = await bareScreen(browser, work, { codes: code, rounds: ROUNDS * 3 });
    for (const action of actions)
      report(
        timesFigure(`screen_${action}`, times.get(action) ?? [], { bare: alone[bareOf(action)], at: 'p99' }),
      );
    report({
      ...oneFigure('screen_keys_dropped', dropped, { unit: 'count', n: KEYS }),
      says: 'of 20 a second',
    });
    await till.client.auth.signIn({ ...people.cashier });
    await sellingDay(report, { ...till, folder: ours }, code);
  } finally {
    await browser.close();
    await till.stop();
    for (const folder of [ours, bare]) rmSync(folder, { recursive: true, force: true });
  }
}
/** Rounds that are not counted: the browser compiles what it runs often. */
const WARM = 3;

/** What a bare page has to do for it: change a text, write a cart, or write a sale. */
function bareOf(action: Action): keyof BareTimes {
  if (action === 'pay') return 'pay';
  return ['type', 'next'].includes(action) || action.endsWith('_open') ? 'paint' : 'scan';
}

/** Spread over the catalogue, so that no page is warm because the last scan was next to it. */
const code = (n: number): string => eanOf((n * 7_919) % PACKS);
/** None of them begins an article of the test shop, of which some need a prescription. */
const typed = ['para', 'omep', 'keto', 'metf', 'pred', 'diaz', 'levo', 'simv', 'clop', 'bisop'] as const;
const words = (n: number): string => typed[n % typed.length] ?? 'para';

const ready = z.object({ url: z.string(), token: z.string() });

async function startScreenTill(folder: string) {
  const child = spawn(process.execPath, [join(root, 'build/bench/screen-till.ts'), folder], {
    ...{ cwd: root, stdio: ['pipe', 'pipe', 'inherit'] },
  });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const { url, token } = await new Promise<z.infer<typeof ready>>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', (line) => resolve(ready.parse(JSON.parse(line))));
    child.once('exit', () => reject(new Error('the till ended before it was ready')));
  });
  const socket = new WebSocket(url.replace('http', 'ws'), ['pestle', `bearer.${token}`]);
  const client: DayTill['client'] = createORPCClient(
    new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }),
  );
  return {
    client,
    screen: `${url}/#token=${token}`,
    rssMb: () => rssMbOf(child.pid ?? 0),
    pass: (ms: number) => void child.stdin.write(`pass ${ms}\n`),
    async stop() {
      socket.close();
      child.stdin.end();
      await gone;
    },
  };
}
