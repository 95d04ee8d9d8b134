import type { App, DownloadItem, Session, WebContents, WebPreferences } from 'electron';
import { isOurs } from './screens.ts';

/** Command line switches that would open the till's pages to another program on the machine. */
const debuggingSwitches = ['remote-debugging-port', 'remote-debugging-pipe', 'remote-allow-origins'];

/** True when somebody started the packaged till so that its pages can be read and driven from outside. */
export function isBeingDebugged(app: Pick<App, 'isPackaged' | 'commandLine'>): boolean {
  return app.isPackaged && debuggingSwitches.some((name) => app.commandLine.hasSwitch(name));
}

/** What the till's window may do: show our pages in a sandbox, with one preload between them and us. */
export function lockedPreferences(preload: string, isPackaged: boolean): WebPreferences {
  return {
    preload,
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    safeDialogs: true,
    spellcheck: false, // its dictionaries come from the network, and names would be underlined
    devTools: !isPackaged,
  };
}

/** No permission, no device, no request to anywhere but our own screens, no download but what the till itself packs. */
export function lockSession(session: Session, isPackaged: boolean): void {
  session.setPermissionRequestHandler((_contents, _permission, callback) => callback(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
  session.on('will-download', (event, item) => {
    if (!isPackedHere(item)) event.preventDefault();
  });
  session.webRequest.onBeforeRequest(({ url }, callback) => callback({ cancel: !mayLoad(url, isPackaged) }));
}

/** Unsent work and diagnostics, made in the page itself (`Save to a file`); where they go, the person is asked. */
const isPackedHere = (item: Pick<DownloadItem, 'getURL' | 'getFilename'>): boolean =>
  item.getURL().startsWith('blob:pestle://till/') &&
  /\.pestle$|^pestle-diagnostics-\w+\.zip$/.test(item.getFilename());

/** The page stays where it is and opens nothing. */
export function lockContents(contents: WebContents): void {
  const stay = (event: { readonly url: string; readonly preventDefault: () => void }) => {
    if (!isOurs(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-redirect', (event) => event.preventDefault()); // our own screens never redirect
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame) event.preventDefault(); // our own screens have no frames
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

function mayLoad(url: string, isPackaged: boolean): boolean {
  if (isOurs(url) || url.startsWith('data:') || url.startsWith('blob:pestle://till/')) return true;
  return !isPackaged && url.startsWith('devtools://');
}
