import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, expect, test } from 'vitest';
import { composeTill } from '../desktop/hosts/compose.ts';
import { keepCrash, whereItBroke } from '../desktop/hosts/crash-file.ts';
import { createFileLog } from '../desktop/hosts/log.ts';
import { paper } from '../desktop/hosts/test.ts';
import { createTillRouter } from '../desktop/till/router.ts';
import { commandId, openShop, payCash, refusalOf, scanPack, signIn } from './proof/open-shop.ts';
import { people } from './proof/shop.ts';
import { root } from './tools.ts';

/** A customer, as nobody else in the house is called, and what must be as secret. */
const NAME = 'Quatrefages Zenobie';
const PHONE = '0698712345';
const PIN = '913377';
const planted = ['quatrefages', 'zenobie', PHONE, PHONE.slice(1), PIN, people.manager.pin];
/** The parts of a text that a person could be known by. */
const foundIn = (text: string) => planted.filter((one) => text.toLowerCase().includes(one));

let shop: Awaited<ReturnType<typeof openShop>>;
let folder: string;
beforeAll(async () => {
  shop = await openShop();
  folder = shop.folder;
});

/** The till again, with the log file that a host gives it. */
function openLogged() {
  const log = createFileLog(join(folder, 'logs/till.log'), Date.now);
  const composed = composeTill({
    ...{
      folder,
      vault: shop.vault,
      clock: shop.clock,
      uptime: shop.clock.uptime,
      migrations: 'migrations/sqlite',
    },
    ...{ log: { warn: log }, version: '1.2.3' },
    printer: { ...paper(), print: () => Promise.reject(new Error(`no paper for ${NAME} ${PHONE}`)) },
  });
  if (!composed.ok) throw new Error(composed.error.code);
  return { ...composed.value, log, client: createRouterClient(createTillRouter(composed.value.till)) };
}

test('a person’s name, telephone and PIN planted all over are in no log, no crash file and no bundle', async () => {
  await shop.close();
  const { till, close, log, client } = openLogged();
  await signIn({ client }, 'manager');
  const email = `${NAME.split(' ')[1]}@example.com`;
  const customer = { name: NAME, phone: PHONE, email, address: NAME, note: `${NAME} ${PIN}`, consent: true };
  await client.sales.customers.create({ commandId: commandId(), customer });
  await client.sales.customers.find({ text: NAME });
  const { db, transact, replica, storeId, ids } = till.enrolled().counter;
  // Where people write what they like: settings, texts of the cart, receipts to print, reasons, folders.
  transact('plant', () =>
    replica.record({
      ...{ type: 'setting', actor: people.manager.personId, subjectId: NAME },
      changes: ['receipt.header', 'sales.prescription-policy', NAME].map((key) => ({
        ...{ t: 'setting', op: 'set' as const, id: ids.next() },
        cols: { storeId, key, value: `${NAME} ${PHONE}` },
      })),
    }),
  );
  await client.catalog.search({ text: NAME, limit: 5 });
  await refusalOf(client.auth.signIn({ personId: people.manager.personId, pin: PIN }));
  await payCash({ client } as Pick<typeof shop, 'client'>, (await scanPack({ client }, 'syrup')).cart);
  const backups = mkdtempSync(join(tmpdir(), `${NAME.replace(' ', '-')}-`));
  await client.auth.planBackups({ folder: backups, everyHours: 1, keep: 2 });
  await client.auth.backUpNow();
  db.prepare(`UPDATE print_job SET doc = ?, error = ?`).run(JSON.stringify({ to: NAME }), `${NAME} ${PHONE}`);
  db.prepare(`INSERT INTO preference (key, value) VALUES (?, ?)`).run(NAME, JSON.stringify(PHONE));
  db.prepare(`UPDATE cart SET content = json_set(content, '$.note', ?)`).run(NAME);
  // Errors that quote what was typed, as logs and crashes get them.
  for (const one of [NAME, NAME.toLowerCase(), 'ZENOBIE', 'zenobie', PHONE, PIN])
    for (const key of ['problem', 'detail', 'subject', 'message', 'text', 'was', 'query'])
      log('planted', { [key]: one, nested: { [key]: one }, list: [one] });
  log('planted', { problem: String(new TypeError(`${NAME} has no ${PHONE}`)) });
  keepCrash(folder, whereItBroke(new RangeError(`${NAME} ${PIN}`)), { version: '1.2.3', at: 1 });
  keepCrash(folder, whereItBroke(NAME), { version: '1.2.3', at: 2 });

  const { base64, fileName } = await client.auth.diagnostics();
  const bundle = Object.entries(unzipSync(Buffer.from(base64, 'base64'))).map(
    ([name, bytes]) => [name, strFromU8(bytes)] as const,
  );
  expect(bundle.map(([name]) => name)).toEqual(
    expect.arrayContaining(['about.json', 'sync.json', 'devices.json', 'settings.json', 'logs/till.log']),
  );
  expect(bundle.some(([name]) => name.startsWith('crashes/'))).toBe(true);
  for (const [name, text] of [...bundle, [fileName, ''] as const])
    expect([name, foundIn(name), foundIn(text)]).toEqual([name, [], []]);
  const text = Object.fromEntries(bundle);
  expect(JSON.parse(text['about.json'] ?? '')).toMatchObject({ version: '1.2.3', phase: 'ready' });
  expect(text['logs/till.log']).toContain('"problem":"TypeError"');
  expect(text['settings.json']).toContain('sales.prescription-policy');
  for (const kind of ['logs', 'crashes'])
    for (const name of readdirSync(join(folder, kind)))
      expect(foundIn(readFileSync(join(folder, kind, name), 'utf8'))).toEqual([]);
  await close();
});

test('the same search finds the names where they may stand', () => {
  expect(foundIn(`to ${NAME}, ${PHONE}`)).toEqual(['quatrefages', 'zenobie', PHONE, PHONE.slice(1)]);
});

test('a till that dies of an error under Node leaves where it broke, and not what the error says', async () => {
  const home = mkdtempSync(join(tmpdir(), 'pestle-crash-'));
  const preload = join(home, 'die.mjs');
  writeFileSync(preload, `setTimeout(() => { throw new RangeError('${NAME} ${PHONE}'); }, 1500);`);
  const args = ['--import', preload, join(root, 'desktop/hosts/node.ts'), '--data', home, '--port', '0'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (said += String(bytes)));
  const code = await new Promise((resolve) => child.once('exit', resolve));
  const kept = readdirSync(join(home, 'crashes')).map((name) =>
    readFileSync(join(home, 'crashes', name), 'utf8'),
  );
  expect(code).toBe(1);
  expect(kept).toEqual([expect.stringContaining('"name":"RangeError"')]);
  expect(kept[0]).toContain('die.mjs:1:');
  expect(foundIn(said + kept.join())).toEqual([]);
});
