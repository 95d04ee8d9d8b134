import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserWindow, IpcMainEvent, WebFrameMain } from 'electron';
import { createFileLog, type FileLog } from '../hosts/log.ts';
import { keepCustomerWindow } from './customer-window.ts';
import type { Electron } from './electron.ts';
import { isBeingDebugged, lockContents, lockSession } from './lockdown.ts';
import { isOurs, screensScheme, serveScreens } from './screens.ts';
import { type Sentences, sentenceAbout, sentencesFor } from './sentences.ts';
import { startTillProcess, type TillProcess } from './till-process.ts';
import { createUpdateTries } from './update-tries.ts';
import { createUpdates, type UpdateSource } from './updates.ts';
import { openVaultKeys } from './vault-key.ts';
import { bringForward, openWindow } from './window.ts';

export type ShellDeps = {
  readonly electron: Electron;
  /** Where the app's parts lie; they differ between the source tree and the package. */
  readonly paths: {
    readonly screens: string;
    readonly preload: string;
    readonly tillEntry: string;
    readonly checkWorker: string;
    readonly migrations: string;
    readonly fonts: string;
  };
  /** Where newer versions come from; null where the app does not update itself. Asked once the app is ready. */
  readonly updates: () => Promise<UpdateSource | null>;
  readonly nowMs: () => number;
  readonly wait: (ms: number) => Promise<void>;
};

/** Runs the desktop app: one instance, one window, one till process. To be called before the app is ready. */
export async function runShell(deps: ShellDeps): Promise<void> {
  const { app, protocol } = deps.electron;
  if (isBeingDebugged(app) || !app.requestSingleInstanceLock()) return app.exit(0);
  app.enableSandbox();
  protocol.registerSchemesAsPrivileged([screensScheme]);
  app.on('web-contents-created', (_event, contents) => lockContents(contents));
  await app.whenReady();
  const log = createFileLog(join(app.getPath('userData'), 'logs/shell.log'), deps.nowMs);
  const sentences = sentencesFor(app.getLocale());
  const folder = join(app.getPath('userData'), 'till');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const keys = openVaultKeys(deps.electron.safeStorage, join(folder, 'vault-key'));
  if (keys.ok) await openTill(deps, { log, sentences, folder, vaultKeysHex: keys.value });
  else {
    log('vault-refused', { code: keys.error.code });
    deps.electron.dialog.showErrorBox('Pestle', sentenceAbout(keys.error.code, sentences));
    app.exit(1);
  }
}

type Opened = {
  readonly log: FileLog;
  readonly sentences: Sentences;
  readonly folder: string;
  readonly vaultKeysHex: readonly string[];
};

async function openTill(deps: ShellDeps, { log, sentences, folder, vaultKeysHex }: Opened): Promise<void> {
  const { electron, paths } = deps;
  await prepareSession(electron);
  serveScreens(electron.protocol, paths.screens);
  const till: TillProcess = startTillProcess({
    electron,
    entry: paths.tillEntry,
    open: {
      folder,
      vaultKeysHex: [...vaultKeysHex],
      migrations: paths.migrations,
      fonts: paths.fonts,
      checkWorker: paths.checkWorker,
      logs: join(electron.app.getPath('userData'), 'logs'),
      version: electron.app.getVersion(),
    },
    log,
    wait: deps.wait,
    opened: () => ports.give(),
    customerWindow: (on) => customer.set(on),
    gaveUp: (code) => void askPerson(electron, { code, sentences, till }),
  });
  const ports = createPortDesk(electron.ipcMain, till);
  const window = openWindow({ electron, preload: paths.preload, log, wait: deps.wait });
  ports.admit(window);
  const { preload } = paths;
  const customer = keepCustomerWindow({ electron, preload, log, wait: deps.wait, opened: ports.admit });
  window.on('closed', customer.close);
  electron.app.on('second-instance', () => bringForward(window));
  endInOrder(electron, till);
  await startUpdates(deps, till, log);
}

/** A till whose updater does not come up sells all the same. */
async function startUpdates(deps: ShellDeps, till: TillProcess, log: FileLog): Promise<void> {
  const { app } = deps.electron;
  const tries = createUpdateTries(join(app.getPath('userData'), 'update-try.json'), deps.nowMs);
  try {
    const source = await deps.updates();
    if (source) createUpdates({ source, installed: app.getVersion(), till, tries, log }).start();
  } catch (problem) {
    log('update-failed', { name: problem instanceof Error ? problem.name : 'unknown' });
  }
}

async function prepareSession({ app, Menu, session }: Electron): Promise<void> {
  lockSession(session.defaultSession, app.isPackaged);
  await session.defaultSession.clearCache();
  // macOS takes copy, paste and quit from its menu; elsewhere the menu's only use would be the developer tools.
  const roles = [{ role: 'appMenu' as const }, { role: 'editMenu' as const }];
  if (app.isPackaged)
    Menu.setApplicationMenu(process.platform === 'darwin' ? Menu.buildFromTemplate(roles) : null);
}

/** Hands ports to the till to the frames that may have them: the main frame of each of our windows, showing our page. */
function createPortDesk(ipcMain: Electron['ipcMain'], till: Pick<TillProcess, 'connect'>) {
  const windows = new Map<BrowserWindow, WebFrameMain | null>();
  function giveTo(asked: WebFrameMain | null): void {
    if (!asked || asked.isDestroyed() || !isOurs(asked.url)) return;
    const port = till.connect();
    if (port) asked.postMessage('till-port', null, [port]);
  }
  ipcMain.on('till-port-wanted', (event: IpcMainEvent) => {
    const frame = event.senderFrame;
    const window = [...windows.keys()].find(({ webContents }) => webContents === event.sender);
    if (!window || !frame) return;
    if (frame !== window.webContents.mainFrame || !isOurs(frame.url)) return;
    windows.set(window, frame);
    giveTo(frame);
  });
  return {
    /** From now on this window may ask, until it is closed. */
    admit(window: BrowserWindow): void {
      windows.set(window, null);
      window.once('closed', () => windows.delete(window));
    },
    /** A new port for the pages that asked before, because their till was started anew. */
    give(): void {
      for (const asked of windows.values()) giveTo(asked);
    },
  };
}

type Trouble = { readonly code: string; readonly sentences: Sentences; readonly till: TillProcess };

async function askPerson({ app, dialog }: Electron, { code, sentences, till }: Trouble): Promise<void> {
  const canHelp = code === 'CRASHED'; // what the store refuses it refuses again
  const { response } = await dialog.showMessageBox({
    type: 'error',
    title: 'Pestle',
    message: sentenceAbout(code, sentences),
    buttons: canHelp ? [sentences.tryAgain, sentences.quit] : [sentences.quit],
    noLink: true,
  });
  if (canHelp && response === 0) till.tryAgain();
  else app.quit();
}

/** The app ends when its window closes, and not before the till has closed its database. */
function endInOrder({ app }: Electron, till: TillProcess): void {
  app.on('window-all-closed', () => app.quit());
  app.on('before-quit', (event) => {
    if (till.hasClosed()) return;
    event.preventDefault();
    void till.close().then(() => app.quit());
  });
}
