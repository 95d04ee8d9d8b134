import { EventEmitter } from 'node:events';
import type { CustomScheme } from 'electron';
import type { Electron } from '../electron.ts';
import { ChannelStandIn } from './port.ts';
import { createKeystore, type KeystoreOptions } from './safe-storage.ts';
import { createSession } from './session.ts';
import { UtilityProcessStandIn } from './utility-process.ts';
import { windowClass } from './window.ts';

export type StandInOptions = KeystoreOptions & {
  readonly userData: string;
  readonly preload: string;
  readonly isPackaged?: boolean;
  readonly isFirstInstance?: boolean;
  readonly switches?: readonly string[];
  readonly locale?: string;
  /** Displays on the machine; the first is the primary one. */
  readonly displays?: number;
  /** The button a person presses in each message box, in order; the last one again and again. */
  readonly answers?: readonly number[];
};

export type ElectronStandIn = ReturnType<typeof createElectronStandIn>;

/**
 * Stands in for the `electron` module where its runtime is not installed: the same events in the same order, real
 * threads for utility processes, real message ports, and the bundled preload run in a context of its own.
 */
export function createElectronStandIn(options: StandInOptions) {
  const said: string[] = [];
  const dialogs: { readonly message: string; readonly buttons: readonly string[] }[] = [];
  const exits: number[] = [];
  const schemes: CustomScheme[] = [];
  const handlers = new Map<string, (request: Request) => Promise<Response>>();
  const processes: UtilityProcessStandIn[] = [];
  const app = createApp(options, { said, exits });
  const ipcMain = new EventEmitter();
  const session = createSession();
  const screen = createScreen(options.displays ?? 1);
  const answers = [...(options.answers ?? [])];
  const BrowserWindow = windowClass({
    app,
    ipcMain,
    preload: options.preload,
    async fetchPage(url) {
      const handler = handlers.get(new URL(url).protocol.replace(':', ''));
      if (!handler) throw new Error(`ERR_UNKNOWN_URL_SCHEME ${url}`);
      return handler(new Request(url));
    },
  });
  const electron = {
    app,
    ipcMain,
    BrowserWindow,
    MessageChannelMain: ChannelStandIn,
    safeStorage: createKeystore(options),
    screen,
    session: { defaultSession: session },
    Menu: {
      buildFromTemplate: (template: unknown) => template,
      setApplicationMenu: (menu: unknown) => said.push(menu === null ? 'no menu' : 'menu'),
    },
    dialog: {
      showErrorBox: (_title: string, message: string) => dialogs.push({ message, buttons: [] }),
      async showMessageBox({ message, buttons }: { message: string; buttons: string[] }) {
        dialogs.push({ message, buttons });
        return { response: (answers.length > 1 ? answers.shift() : answers[0]) ?? buttons.length - 1 };
      },
    },
    protocol: {
      registerSchemesAsPrivileged(added: CustomScheme[]) {
        if (app.isReady()) throw new Error('schemes are registered before the app is ready');
        schemes.push(...added);
      },
      handle: (scheme: string, handler: (request: Request) => Promise<Response>) =>
        handlers.set(scheme, handler),
    },
    utilityProcess: {
      fork(modulePath: string) {
        const made = new UtilityProcessStandIn(modulePath);
        processes.push(made);
        return made;
      },
    },
  };
  return {
    /** As the shell takes it: the stand-in has what the shell uses, and none of the rest. */
    electron: electron as unknown as Electron,
    ...{ app, ipcMain, session, screen, schemes, handlers, processes, dialogs, exits, said },
    windows: BrowserWindow.all,
  };
}

/** The displays, side by side; `setDisplays` plugs one in or pulls one out. */
function createScreen(count: number) {
  let displays = Array.from({ length: count }, (_, i) => displayAt(i));
  return Object.assign(new EventEmitter(), {
    getAllDisplays: () => displays,
    getPrimaryDisplay: () => displays[0],
    setDisplays(this: EventEmitter, next: number) {
      const event = next > displays.length ? 'display-added' : 'display-removed';
      displays = Array.from({ length: next }, (_, i) => displayAt(i));
      this.emit(event);
    },
  });
}

const displayAt = (i: number) => ({ id: i + 1, bounds: { x: i * 1920, y: 0, width: 1920, height: 1080 } });

function createApp(
  { userData, isPackaged = true, isFirstInstance = true, switches = [], locale = 'en-GB' }: StandInOptions,
  { said, exits }: { readonly said: string[]; readonly exits: number[] },
) {
  let ready = false;
  return Object.assign(new EventEmitter(), {
    isPackaged,
    isReady: () => ready,
    whenReady: async () => {
      await Promise.resolve();
      ready = true;
    },
    commandLine: { hasSwitch: (name: string) => switches.includes(name) },
    requestSingleInstanceLock: () => isFirstInstance,
    enableSandbox: () => said.push(ready ? 'sandbox too late' : 'sandbox'),
    getPath: () => userData,
    getVersion: () => '0.0.0-test',
    getLocale: () => locale,
    exit: (code: number) => void exits.push(code),
    quit(this: EventEmitter) {
      let isPrevented = false;
      this.emit('before-quit', {
        preventDefault: () => {
          isPrevented = true;
        },
      });
      if (!isPrevented) this.emit('quit');
    },
  });
}
