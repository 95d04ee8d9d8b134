import { EventEmitter } from 'node:events';
import { runInNewContext } from 'node:vm';
import type { MessagePort } from 'node:worker_threads';
import type { BrowserWindowConstructorOptions } from 'electron';
import type { PortStandIn } from './port.ts';

/** What a window needs of the app around it. */
export type Surroundings = {
  readonly app: EventEmitter;
  readonly ipcMain: EventEmitter;
  /** The bundled preload, run in a context of its own with `require('electron')`, as a sandboxed one is. */
  readonly preload: string;
  readonly fetchPage: (url: string) => Promise<Response>;
};

/** A page as its own scripts see it. */
export type PageStandIn = {
  readonly origin: string;
  /** What was posted to the window: the data, for whom, with which ports. */
  readonly messages: {
    readonly data: unknown;
    readonly target: string;
    readonly ports: readonly MessagePort[];
  }[];
  /** Called for every message to the window. */
  onMessage: (() => void) | null;
};

export class FrameStandIn {
  url: string;
  destroyed = false;
  /** Ports the shell handed to this frame. */
  readonly handed: (readonly MessagePort[])[] = [];
  renderer = new EventEmitter();

  constructor(url: string) {
    this.url = url;
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }

  postMessage(channel: string, message: unknown, ports: readonly PortStandIn[] = []): void {
    const raw = ports.map((port) => port.raw);
    this.handed.push(raw);
    this.renderer.emit(channel, { ports: raw }, message);
  }
}

export class ContentsStandIn extends EventEmitter {
  readonly mainFrame = new FrameStandIn('');
  page: PageStandIn = { origin: '', messages: [], onMessage: null };
  openHandler: ((details: { readonly url: string }) => { readonly action: string }) | null = null;
  readonly #around: Surroundings;

  constructor(around: Surroundings) {
    super();
    this.#around = around;
  }

  setWindowOpenHandler(handler: ContentsStandIn['openHandler']): void {
    this.openHandler = handler;
  }

  /** Loads a page through the registered scheme, runs the preload in it and says `load`. */
  async load(url: string): Promise<void> {
    const response = await this.#around.fetchPage(url);
    if (!response.ok) throw new Error(`ERR_FAILED (${response.status}) loading ${url}`);
    const { protocol, host } = new URL(url);
    this.mainFrame.url = url;
    this.mainFrame.renderer = new EventEmitter();
    const page: PageStandIn = { origin: `${protocol}//${host}`, messages: [], onMessage: null };
    this.page = page;
    const ofWindow = new EventEmitter();
    runInNewContext(this.#around.preload, {
      require: () => ({ ipcRenderer: this.#ipcRenderer() }),
      window: {
        location: { origin: page.origin },
        addEventListener: (name: string, listener: () => void) => ofWindow.on(name, listener),
        postMessage: (data: unknown, target: string, ports: readonly MessagePort[]) => {
          page.messages.push({ data, target, ports });
          page.onMessage?.();
        },
      },
    });
    ofWindow.emit('load');
  }

  reload(): void {
    void this.load(this.mainFrame.url);
  }

  #ipcRenderer() {
    const { renderer } = this.mainFrame;
    return Object.assign(renderer, {
      send: (channel: string) =>
        this.#around.ipcMain.emit(channel, { sender: this, senderFrame: this.mainFrame }),
    });
  }
}

/** The BrowserWindow of this app: remembers what it was made with and what was done to it. */
export function windowClass(around: Surroundings) {
  return class WindowStandIn extends EventEmitter {
    static readonly all: WindowStandIn[] = [];
    readonly options: BrowserWindowConstructorOptions;
    readonly webContents = new ContentsStandIn(around);
    readonly done: string[] = [];
    minimized = false;
    loaded: Promise<void> = Promise.resolve();

    constructor(options: BrowserWindowConstructorOptions) {
      super();
      this.options = options;
      WindowStandIn.all.push(this);
      around.app.emit('web-contents-created', {}, this.webContents);
    }

    loadURL(url: string): Promise<void> {
      this.loaded = this.webContents.load(url).then(() => void this.emit('ready-to-show'));
      return this.loaded;
    }

    destroyed = false;
    isDestroyed = () => this.destroyed;
    destroy(): void {
      this.destroyed = true;
      this.emit('closed');
    }
    showInactive = () => void this.done.push('showInactive');
    isMinimized = () => this.minimized;
    restore = () => void this.done.push('restore');
    show = () => void this.done.push('show');
    focus = () => void this.done.push('focus');
  };
}
