import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  protocol,
  safeStorage,
  screen,
  session,
  utilityProcess,
} from 'electron';
import { runShell } from './shell.ts';
import { openUpdateSource } from './update-source.ts';

const here = import.meta.dirname; // dist/shell, in the source tree as in the package
const appFolder = join(here, '../..');

// Not awaited: Electron says "ready" only when this module has been evaluated, and the shell waits for it.
runShell({
  electron: {
    app,
    BrowserWindow,
    dialog,
    ipcMain,
    Menu,
    MessageChannelMain,
    protocol,
    safeStorage,
    screen,
    session,
    utilityProcess,
  },
  paths: {
    screens: join(appFolder, 'dist/screens'),
    preload: join(here, 'preload.cjs'),
    tillEntry: join(here, 'till.mjs'),
    checkWorker: join(here, 'quick-check-worker.mjs'),
    migrations: join(appFolder, 'migrations/sqlite'),
    // Unpacked from the archive, because Skia opens them itself; without an archive the path has nothing to replace.
    fonts: join(appFolder.replace(/app\.asar$/, 'app.asar.unpacked'), 'node_modules/@expo-google-fonts'),
  },
  updates: () => openUpdateSource(app),
  nowMs: Date.now,
  wait: (ms) => wait(ms),
}).catch((problem: unknown) => {
  console.error(problem);
  app.exit(1);
});
