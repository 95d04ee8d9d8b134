import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Browser } from '@playwright/test';
import { WebSocketServer } from 'ws';
import { stopwatchOf } from './screen-page.ts';
import { bareSales, bareScans, openBare, rowsOfSale } from './till-bare.ts';

/** What a key costs with nothing of ours: a text changed; a code looked up and a line added; a sale written. */
export type BareTimes = {
  readonly paint: readonly number[];
  readonly scan: readonly number[];
  readonly pay: readonly number[];
};
type Work = { readonly folder: string; readonly sold: { readonly folder: string; readonly saleId: string } };

/**
 * The same browser with a bare page, which asks a bare socket, behind which is the bare library on a copy of the same
 * database. `sold` is a sale of the till's, whose rows are written again and again.
 */
export async function bareScreen(
  browser: Browser,
  { folder, sold }: Work,
  { codes, rounds }: { codes: (n: number) => string; rounds: number },
): Promise<BareTimes> {
  const theirs = openBare(sold.folder);
  const rows = rowsOfSale(theirs, sold.saleId);
  theirs.close();
  const db = openBare(folder);
  const [scan, pay] = [bareScans(db), bareSales(db)];
  // A page of its own origin: Chromium lets about:blank speak to nobody on this machine.
  const host = createServer((_, response) =>
    response.setHeader('content-type', 'text/html').end('<!doctype html>'),
  );
  const server = new WebSocketServer({ server: host });
  server.on('connection', (socket) =>
    socket.on('message', (said) => {
      const code = String(said);
      if (code === 'pay') pay(anew(rows));
      else scan(code);
      socket.send(code);
    }),
  );
  host.listen(0, '127.0.0.1');
  await once(host, 'listening');
  const { port } = host.address() as { port: number };
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${port}`);
  await page.evaluate(`(${String(barePage)})(${port})`);
  await page.waitForFunction('globalThis.isOpen');
  const watch = await stopwatchOf(page);
  const times = { paint: [] as number[], scan: [] as number[], pay: [] as number[] };
  for (let n = 0; n < rounds; n++) {
    const lines = `document.querySelectorAll('li').length === ${n + 1}`;
    times.paint.push(await watch.press(['x'], `text.textContent.length === ${n + 1}`));
    times.scan.push(await watch.scan(codes(n), lines));
    times.pay.push(await watch.press(['F9'], `total.textContent === 'paid ${n + 1}'`));
  }
  await page.close();
  for (const client of server.clients) client.terminate();
  server.close();
  host.close();
  db.close();
  return times;
}

/** The rows of a sale with ids that are not taken. */
function anew(rows: ReturnType<typeof rowsOfSale>): ReturnType<typeof rowsOfSale> {
  const mark = randomUUID();
  const ids = new Map<unknown, string>();
  for (const { table, rows: some } of rows)
    for (const row of some) ids.set(row.id ?? row.dseq, `${mark}-${table}-${ids.size}`);
  return rows.map(({ table, rows: some }) => ({
    table,
    rows: some.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([column, value]) => [
          column,
          column === 'dseq' ? Number(value) + counted++ : (ids.get(value) ?? value),
        ]),
      ),
    ),
  }));
}
let counted = 1_000_000;

/** Runs in the page: a list, a total, and a socket. */
function barePage(port: number): void {
  document.body.innerHTML = '<p id="text"></p><b id="total"></b><ul></ul>';
  const at = (id: string) => document.querySelector(`#${id}`) ?? document.body;
  const socket = new WebSocket(`ws://127.0.0.1:${port}`);
  let paid = 0;
  let typed = '';
  socket.onopen = () => Reflect.set(globalThis, 'isOpen', true);
  socket.onmessage = ({ data }) => {
    if (data === 'pay') at('total').textContent = `paid ${++paid}`;
    else
      document
        .querySelector('ul')
        ?.append(Object.assign(document.createElement('li'), { textContent: data }));
  };
  addEventListener('keydown', ({ key }) => {
    if (key === 'F9') socket.send('pay');
    else if (key === 'x') at('text').textContent += 'x';
    else if (key === 'Enter') {
      socket.send(typed);
      typed = '';
    } else typed += key;
  });
}
