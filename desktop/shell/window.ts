import type { BrowserWindow } from 'electron';
import type { FileLog } from '../hosts/log.ts';
import type { Electron } from './electron.ts';
import { lockedPreferences } from './lockdown.ts';
import { screensUrl } from './screens.ts';

export type WindowDeps = {
  readonly electron: Pick<Electron, 'app' | 'BrowserWindow'>;
  readonly preload: string;
  readonly log: FileLog;
  readonly wait: (ms: number) => Promise<void>;
};

/** Between a page's death and the next try, so that one that dies at once does not take the machine with it. */
const pauseMs = 1000;

/** The till's one window, shown when there is something to see. A page that dies is loaded again. */
export function openWindow({ electron, preload, log, wait }: WindowDeps): BrowserWindow {
  const window = new electron.BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 1024,
    minHeight: 640,
    title: 'Pestle',
    show: false,
    autoHideMenuBar: true,
    webPreferences: lockedPreferences(preload, electron.app.isPackaged),
  });
  window.once('ready-to-show', () => window.show());
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    log('window-gone', { reason, exitCode });
    if (reason !== 'clean-exit')
      void wait(pauseMs).then(() => window.isDestroyed() || window.webContents.reload());
  });
  void window.loadURL(screensUrl);
  return window;
}

/** Brings the window to the person who started Pestle a second time. */
export function bringForward(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
