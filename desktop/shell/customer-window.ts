import type { BrowserWindow, Display } from 'electron';
import type { Electron } from './electron.ts';
import { lockedPreferences } from './lockdown.ts';
import { screensUrl } from './screens.ts';
import type { WindowDeps } from './window.ts';

export type CustomerWindowDeps = Omit<WindowDeps, 'electron'> & {
  readonly electron: Pick<Electron, 'app' | 'BrowserWindow' | 'screen'>;
  /** Called with each window that is opened, before its page asks for anything. */
  readonly opened: (window: BrowserWindow) => void;
};

/** Between a page's death and the next try. */
const pauseMs = 1000;

export type CustomerWindow = {
  /** As chosen at this counter; until somebody does, it is wanted. */
  readonly set: (on: boolean) => void;
  /** With the app. */
  readonly close: () => void;
};

/**
 * Keeps a window for the customer on the second display for as long as there is one and it is wanted, full screen and
 * without keys; `--no-customer-window` leaves that display alone whatever is chosen.
 */
export function keepCustomerWindow(deps: CustomerWindowDeps): CustomerWindow {
  const { app, screen } = deps.electron;
  if (app.commandLine.hasSwitch('no-customer-window')) return { set: () => {}, close: () => {} };
  let open: { readonly window: BrowserWindow; readonly displayId: number } | null = null;
  let wanted = true;
  const look = (): void => {
    const displays = wanted ? screen.getAllDisplays() : [];
    const second = displays.find(({ id }) => id !== screen.getPrimaryDisplay().id);
    if (open && open.displayId !== second?.id) close();
    if (second && !open) open = { window: openOn(second, deps), displayId: second.id };
  };
  const close = (): void => {
    if (open && !open.window.isDestroyed()) open.window.destroy();
    open = null;
  };
  look();
  screen.on('display-added', look);
  screen.on('display-removed', look);
  return {
    set(on) {
      wanted = on;
      look();
    },
    close() {
      screen.off('display-added', look);
      screen.off('display-removed', look);
      close();
    },
  };
}

function openOn(
  { bounds }: Display,
  { electron, preload, log, wait, opened }: CustomerWindowDeps,
): BrowserWindow {
  const window = new electron.BrowserWindow({
    ...bounds,
    title: 'Pestle',
    show: false,
    frame: false,
    fullscreen: true,
    // What is typed and scanned goes to the cashier's window.
    focusable: false,
    skipTaskbar: true,
    autoHideMenuBar: true,
    webPreferences: lockedPreferences(preload, electron.app.isPackaged),
  });
  window.once('ready-to-show', () => window.showInactive());
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    log('customer-window-gone', { reason, exitCode });
    if (reason !== 'clean-exit')
      void wait(pauseMs).then(() => window.isDestroyed() || window.webContents.reload());
  });
  opened(window);
  void window.loadURL(`${screensUrl}?view=customer`);
  return window;
}
