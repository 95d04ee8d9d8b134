import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { tillContract } from '#shared/contract.ts';
import type { ElectronStandIn } from './stand-in/electron.ts';
import { eventually, makePlace, startShell } from './stand-in/start.ts';
import type { ContentsStandIn } from './stand-in/window.ts';

let place: ReturnType<typeof makePlace>;
let shell: ElectronStandIn;

beforeEach(() => {
  place = makePlace();
  mkdirSync(place.screens);
  place.write('screens/index.html', '<!doctype html>');
});
afterEach(() => {
  for (const till of shell.processes) till.kill();
  place.remove();
});

test('a page speaks to the real till over its port, and again after the till was killed', async () => {
  shell = await startShell(place);
  const { webContents } = shell.windows[0] ?? never();
  expect(await phaseSeen(webContents, 0)).toBe('first-run');

  shell.processes[0]?.kill();
  expect(await phaseSeen(webContents, 1)).toBe('first-run');
  expect(shell.processes).toHaveLength(2);

  const quit = new Promise((resolve) => shell.app.once('quit', resolve));
  shell.app.emit('window-all-closed');
  await quit;
  expect(existsSync(join(place.userData, 'till/till.db'))).toBe(true);
  expect(existsSync(join(place.userData, 'till/till.db-wal')), 'closed in order').toBe(false);
});

test('a person at the till learns of a version that the shell has fetched', async () => {
  shell = await startShell(place);
  const { webContents } = shell.windows[0] ?? never();
  const client = clientOf(await portOf(webContents, 0));
  const { installed } = await client.auth.versions();
  expect(await client.auth.versions()).toEqual({ installed, next: null });
  const update = { version: '99.0.0', schema: null, tried: true };
  shell.processes[0]?.postMessage({ kind: 'update-fetched', update });
  await expect
    .poll(() => client.auth.versions())
    .toEqual({ installed, next: { version: '99.0.0', waitsFor: 'TRIED_TODAY' } });
});

test('a call under way when the till dies is told so', async () => {
  shell = await startShell(place);
  const { webContents } = shell.windows[0] ?? never();
  const states = await clientOf(await portOf(webContents, 0)).auth.state();
  await states.next();
  const following = states.next();
  shell.processes[0]?.kill();
  await expect(following).rejects.toThrow(/closed|abort/i);
});

test('a till whose vault was sealed by another keystore says so, and neither it nor its database is touched', async () => {
  mkdirSync(join(place.userData, 'till'), { recursive: true });
  const sealed = '{"format":1,"nonce":"AAAA","sealed":"AAAA","tag":"AAAA"}';
  place.write('user/till/vault.json', sealed);
  place.write('user/till/vault-key', '{"format":1,"sealed":"AAAA"}');
  place.write('user/till/till.db', 'enciphered');
  shell = await startShell(place);
  expect(await phaseSeen((shell.windows[0] ?? never()).webContents, 0)).toBe('key-lost');
  const quit = new Promise((resolve) => shell.app.once('quit', resolve));
  shell.app.emit('window-all-closed');
  await quit;
  const text = (name: string) => readFileSync(join(place.userData, 'till', name), 'utf8');
  expect([text('vault.json'), text('till.db')]).toEqual([sealed, 'enciphered']);
  expect(existsSync(join(place.userData, 'till/till.db-wal'))).toBe(false);
});

test('a damaged vault without a database is moved aside when the new one is written', async () => {
  mkdirSync(join(place.userData, 'till'), { recursive: true });
  place.write('user/till/vault.json', '{"format":1');
  shell = await startShell(place);
  expect(await phaseSeen((shell.windows[0] ?? never()).webContents, 0)).toBe('first-run');
  const aside = readdirSync(join(place.userData, 'till')).find((name) => name.startsWith('replaced-')) ?? '';
  expect(readFileSync(join(place.userData, 'till', aside, 'vault.json'), 'utf8')).toBe('{"format":1');
});

async function phaseSeen(contents: ContentsStandIn, nth: number): Promise<string> {
  const states = await clientOf(await portOf(contents, nth)).auth.state();
  const { done, value } = await states.next();
  return done ? 'none' : value.phase;
}

type Port = ContentsStandIn['page']['messages'][number]['ports'][number];

/** The nth port the page was given, waited for. */
async function portOf({ page }: ContentsStandIn, nth: number): Promise<Port> {
  await eventually(() => page.messages.length).toBeGreaterThan(nth);
  return page.messages[nth]?.ports[0] ?? never();
}

function clientOf(port: Port): ContractRouterClient<typeof tillContract> {
  port.start();
  return createORPCClient(new RPCLink({ port }));
}

function never(): never {
  throw new Error('it is not there');
}
