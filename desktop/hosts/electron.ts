import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { RPCHandler } from '@orpc/server/message-port';
import type { FetchedUpdate } from '#shared/auth/update-policy.ts';
import { createTillRouter } from '../till/router.ts';
import { type Composition, composeTill, type RunningTill } from './compose.ts';
import { createCounterDevices } from './counter-devices.ts';
import { keepCrash, whereItBroke } from './crash-file.ts';
import { createReceiptDesk } from './receipt-desk.ts';
import { createCounterScanners } from './scanners.ts';
import { type OpenMessage, shellMessage, type TillMessage } from './shell-messages.ts';
import { openVaultUnder } from './vault-instead.ts';

/** Electron's way from a utility process to the shell. */
type Shell = typeof process.parentPort;

/**
 * The till as a utility process of Electron: opens its store when the shell says so, and serves the contract over
 * every port it is handed. It ends when the shell asks, when nobody caught an error, and at no other time.
 */
export function runTill(shell: Shell, end: (code: number) => void): void {
  const tell = (message: TillMessage) => shell.postMessage(message);
  let running: (RunningTill & { readonly serve: RPCHandler<Record<never, never>> }) | null = null;
  let opened: OpenMessage | null = null;
  let fetched: FetchedUpdate | null = null;
  shell.on('message', ({ data, ports: [port] }) => {
    const message = shellMessage.parse(data);
    if (message.kind === 'open') {
      opened = message;
      running = openTill(message, { tell, fetchedUpdate: () => fetched });
    } else if (message.kind === 'connect' && running && port) {
      running.serve.upgrade(port);
      port.start();
    } else if (message.kind === 'ask-standing') {
      const standing = running?.till.standing();
      if (standing) tell({ kind: 'standing', standing });
    } else if (message.kind === 'update-fetched') fetched = message.update;
    else if (message.kind === 'close') void (running?.close() ?? Promise.resolve()).then(() => end(0));
  });
  const crash = (problem: unknown) => {
    const broke = whereItBroke(problem);
    if (opened) keepCrash(opened.folder, broke, { version: opened.version, at: Date.now() });
    tell({ kind: 'crashed', ...broke });
    end(1);
  };
  process.on('uncaughtException', crash);
  process.on('unhandledRejection', crash);
}

function openTill(
  open: OpenMessage,
  { tell, fetchedUpdate }: { readonly tell: Tell } & Pick<Composition, 'fetchedUpdate'>,
) {
  const { folder, migrations, fonts, vaultKeysHex, version } = open;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const scanners = createCounterScanners({ file: join(folder, 'devices.json') });
  const composed = composeTill({
    folder,
    devices: {
      scanners,
      ...createCounterDevices({
        ...{ file: join(folder, 'devices.json'), fonts },
        showCustomerWindow: (on) => tell({ kind: 'customer-window', on }),
      }),
    },
    migrations,
    version,
    fetchedUpdate,
    vault: openVaultUnder(join(folder, 'vault.json'), vaultKeysHex),
    worker: open.checkWorker,
    logs: open.logs,
    printer: createReceiptDesk({ file: join(folder, 'devices.json'), fonts }),
    log: { warn: (event, details = {}) => tell({ kind: 'log', event, details }) },
  });
  if (!composed.ok) return refused(composed.error.code, tell);
  composed.value.till.start();
  scanners.start();
  tell({ kind: 'opened' });
  void composed.value.checkAside(open.checkWorker);
  const close = async () => {
    await scanners.stop();
    await composed.value.close();
  };
  return { ...composed.value, close, serve: new RPCHandler(createTillRouter(composed.value.till)) };
}

type Tell = (message: TillMessage) => void;

/** The shell tells the person, and ends this process. */
function refused(code: string, tell: Tell): null {
  tell({ kind: 'refused', code });
  return null;
}

if ('parentPort' in process && process.parentPort) runTill(process.parentPort, (code) => process.exit(code));
