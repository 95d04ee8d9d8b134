import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ElectronStandIn } from './stand-in/electron.ts';
import { eventually, makePlace, type StartOptions, startShell } from './stand-in/start.ts';
import { ContentsStandIn, FrameStandIn } from './stand-in/window.ts';

let place: ReturnType<typeof makePlace>;
let shell: ElectronStandIn;

beforeEach(() => {
  place = makePlace();
  mkdirSync(place.screens);
  place.write('screens/index.html', '<!doctype html><title>Pestle</title>');
  // A till that says it is open and waits: what the shell does with it is the subject here.
  place.write('till.mjs', idleTill);
});

afterEach(async () => {
  for (const till of shell?.processes ?? []) till.kill();
  place.remove();
});

const idleTill = `
process.parentPort.on('message', ({ data }) => {
  if (data.kind === 'open') process.parentPort.postMessage({ kind: 'opened' });
  if (data.kind === 'close') process.exit(0);
});`;

/** A counter that wants no window for the customer until it is asked something. */
const choosingTill = `
process.parentPort.on('message', ({ data }) => {
  const wanted = (on) => process.parentPort.postMessage({ kind: 'customer-window', on });
  if (data.kind === 'open') wanted(false);
  if (data.kind === 'ask-standing') wanted(true);
  if (data.kind === 'close') process.exit(0);
});`;

/** A counter where nobody is in the middle of anything. */
const idleStanding = {
  ...{ cartLines: 0, openCardAttempts: 0, openShifts: 0, upkeep: false, schema: 7 },
  ...{ databaseBytes: 1, freeBytes: 1e9, hqUrl: 'https://hq.example' },
};
const updatableTill = `
process.parentPort.on('message', ({ data }) => {
  const say = (message) => process.parentPort.postMessage(message);
  if (data.kind === 'open') say({ kind: 'opened' });
  if (data.kind === 'ask-standing') say({ kind: 'standing', standing: ${JSON.stringify(idleStanding)} });
  if (data.kind === 'close') process.exit(0);
});`;

const start = async (options: StartOptions = {}) => {
  shell = await startShell(place, { tillEntry: join(place.folder, 'till.mjs'), ...options });
  return shell;
};

/** The shell's window, whose page has been given a port to the till. */
async function openWindow(options: StartOptions = {}) {
  await start(options);
  const window = shell.windows[0];
  if (!window) throw new Error('no window was opened');
  await eventually(() => window.webContents.mainFrame.handed.length).toBe(1);
  return window;
}

/** Whether an event that goes out this way has its default prevented. */
function isPrevented(emit: (event: { preventDefault: () => void }) => void): boolean {
  let prevented = false;
  emit({
    preventDefault: () => {
      prevented = true;
    },
  });
  return prevented;
}

describe('the window', () => {
  test('shows sandboxed pages of our own scheme without Node, and no developer tools once packaged', async () => {
    const { options, webContents } = await openWindow();
    expect(options.webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      spellcheck: false,
      devTools: false,
    });
    expect(webContents.mainFrame.url).toBe('pestle://till/index.html');
    expect(shell.said).toEqual(expect.arrayContaining(['sandbox', 'no menu']));
    expect(shell.schemes).toMatchObject([
      { scheme: 'pestle', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ]);
    expect(shell.schemes[0]?.privileges).not.toHaveProperty('bypassCSP');
  });

  test('has developer tools in the source tree', async () => {
    const { options } = await openWindow({ isPackaged: false });
    expect(options.webPreferences?.devTools).toBe(true);
  });

  test('goes nowhere else, opens nothing and embeds nothing', async () => {
    const { webContents } = await openWindow();
    const tried = (name: string, url: string, isMainFrame = true) =>
      isPrevented((event) => webContents.emit(name, { ...event, url, isMainFrame }));
    for (const url of ['https://example.com/', 'file:///etc/passwd', 'pestle://tillx/', 'pestle://other/']) {
      expect(tried('will-navigate', url), url).toBe(true);
      expect(tried('will-redirect', url), url).toBe(true);
    }
    expect(tried('will-frame-navigate', 'pestle://till/index.html', false)).toBe(true);
    expect(tried('will-attach-webview', 'https://example.com/')).toBe(true);
    expect(webContents.openHandler?.({ url: 'pestle://till/index.html' })).toEqual({ action: 'deny' });
    expect(tried('will-navigate', 'pestle://till/index.html'), 'its own page again').toBe(false);
  });

  test('is brought forward when Pestle is started a second time', async () => {
    const window = await openWindow();
    window.minimized = true;
    window.done.length = 0;
    shell.app.emit('second-instance');
    expect(window.done).toEqual(['restore', 'show', 'focus']);
  });

  test('loads its page again when the page dies, and gets a port again', async () => {
    const { webContents } = await openWindow();
    webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 });
    await eventually(() => webContents.mainFrame.handed.length).toBe(2);
    expect(place.log().join()).toContain('"event":"window-gone","reason":"crashed","exitCode":5');
  });
});

describe('the customer’s window', () => {
  test('opens on the second display, full screen, takes no keys, and gets a port of its own', async () => {
    await start({ displays: 2 });
    const [main, customer] = shell.windows;
    if (!main || !customer) throw new Error('two windows on two displays');
    await customer.loaded;
    expect(customer.webContents.mainFrame.url).toBe('pestle://till/index.html?view=customer');
    expect(customer.options).toMatchObject({ x: 1920, fullscreen: true, focusable: false });
    expect(customer.options.webPreferences).toEqual(main.options.webPreferences);
    await eventually(() => customer.webContents.mainFrame.handed.length).toBe(1);
    await eventually(() => main.webContents.mainFrame.handed.length).toBe(1);
    expect(customer.done).toEqual(['showInactive']);
  });

  test('comes and goes with its display, and with the till’s window', async () => {
    const main = await openWindow();
    expect(shell.windows).toHaveLength(1);
    shell.screen.setDisplays(2);
    shell.screen.setDisplays(1);
    expect(shell.windows[1]?.destroyed).toBe(true);
    shell.screen.setDisplays(2);
    main.destroy();
    expect(shell.windows.map(({ destroyed }) => destroyed)).toEqual([true, true, true]);
    shell.screen.setDisplays(1);
    shell.screen.setDisplays(2);
    expect(shell.windows).toHaveLength(3);
  });

  test('goes and comes as the counter chooses', async () => {
    place.write('till.mjs', choosingTill);
    await start({ displays: 2 });
    await eventually(() => shell.windows[1]?.destroyed).toBe(true);
    shell.processes[0]?.postMessage({ kind: 'ask-standing' });
    await eventually(() => shell.windows.length).toBe(3);
    expect(shell.windows[2]?.options).toMatchObject({ x: 1920, fullscreen: true });
    await Promise.all(shell.windows.map(({ loaded }) => loaded));
  });

  test('is left out where a switch says so', async () => {
    await start({ displays: 2, switches: ['no-customer-window'] });
    expect(shell.windows).toHaveLength(1);
  });
});

describe('the session', () => {
  test('grants no permission and no device, and reaches our screens alone', async () => {
    await openWindow();
    const { set } = shell.session;
    const answers: unknown[] = [];
    for (const permission of ['media', 'geolocation', 'notifications', 'usb', 'hid', 'clipboard-read'])
      set.mayAsk?.({}, permission, (answer) => answers.push(answer));
    expect(answers).toEqual([false, false, false, false, false, false]);
    expect([set.mayCheck?.(), set.mayUseDevice?.(), set.spellChecker, set.cacheCleared]).toEqual([
      false,
      false,
      false,
      1,
    ]);
    expect(loaded('https://example.com/x.js')).toBe(false);
    expect(loaded('pestle://till.example/x.js')).toBe(false);
    expect(loaded('devtools://devtools/bundled/x.js')).toBe(false);
    expect(loaded('pestle://till/assets/x.js')).toBe(true);
  });

  test('downloads the file of unsent work its own page made, and nothing else', async () => {
    await openWindow();
    const stopped = (url: string, name: string) =>
      isPrevented((event) =>
        shell.session.emit('will-download', event, { getURL: () => url, getFilename: () => name }),
      );
    expect(stopped('blob:pestle://till/1', 'pestle-S01-T01A-2026-11-24.pestle')).toBe(false);
    expect(stopped('blob:pestle://till/1', 'run.exe')).toBe(true);
    expect(stopped('https://example.com/a.pestle', 'a.pestle')).toBe(true);
    expect(stopped('blob:https://example.com/1', 'a.pestle')).toBe(true);
  });

  const loaded = (url: string) => {
    const answers: boolean[] = [];
    shell.session.set.beforeRequest?.({ url }, ({ cancel }) => answers.push(cancel));
    return answers[0] === false;
  };
});

describe('the port to the till', () => {
  test('is posted to the page of our origin and to no other', async () => {
    const { webContents } = await openWindow();
    expect(webContents.page.messages).toMatchObject([
      { data: 'till-port', target: 'pestle://till', ports: [expect.anything()] },
    ]);
  });

  test('is refused to a frame within, to a foreign page and to contents that are not the window', async () => {
    const { webContents } = await openWindow();
    const inner = new FrameStandIn('pestle://till/index.html');
    const stranger = new ContentsStandIn({
      app: shell.app,
      ipcMain: shell.ipcMain,
      preload: '',
      fetchPage: async () => new Response(),
    });
    stranger.mainFrame.url = 'pestle://till/index.html';
    shell.ipcMain.emit('till-port-wanted', { sender: webContents, senderFrame: inner });
    shell.ipcMain.emit('till-port-wanted', { sender: webContents, senderFrame: null });
    shell.ipcMain.emit('till-port-wanted', { sender: stranger, senderFrame: stranger.mainFrame });
    webContents.mainFrame.url = 'https://example.com/';
    shell.ipcMain.emit('till-port-wanted', { sender: webContents, senderFrame: webContents.mainFrame });
    expect([inner.handed, stranger.mainFrame.handed]).toEqual([[], []]);
    expect(webContents.mainFrame.handed).toHaveLength(1); // the one it got when it was still ours
  });
});

describe('starting', () => {
  test('a second instance leaves at once', async () => {
    await start({ isFirstInstance: false });
    expect([shell.exits, shell.windows.length, shell.processes.length]).toEqual([[0], 0, 0]);
  });

  test('a packaged till refuses to be driven through a debugging port', async () => {
    await start({ switches: ['remote-debugging-port'] });
    expect([shell.exits, shell.windows.length, shell.processes.length]).toEqual([[0], 0, 0]);
  });

  test('without a protected keystore it says so in the language of the computer and writes nothing', async () => {
    await start({ backend: 'basic_text', isAvailable: false, locale: 'fr-FR' });
    expect(shell.dialogs[0]?.message).toMatch(/trousseau/);
    expect([shell.exits, shell.windows.length, shell.processes.length]).toEqual([[1], 0, 0]);
    expect(place.log().join()).toContain('"code":"NO_KEYSTORE"');
  });
});

describe('a till process that fails', () => {
  test('is started anew with growing pauses until a person has to decide', async () => {
    place.write('till.mjs', 'process.exit(3)');
    const pauses: number[] = [];
    await start({
      answers: [0, 1], // try again, then quit
      wait: async (ms) => {
        pauses.push(ms);
      },
    });
    await eventually(() => shell.dialogs.length).toBe(2);
    expect(pauses).toEqual([250, 500, 1000, 2000, 5000, 250, 500, 1000, 2000, 5000]);
    expect(shell.dialogs[0]).toMatchObject({ buttons: ['Try again', 'Quit'] });
    expect(place.log().filter((line) => line.includes('"event":"till-exit","code":3'))).toHaveLength(12);
  });

  test('that refuses its store is not started again', async () => {
    place.write(
      'till.mjs',
      `process.parentPort.on('message', () => process.parentPort.postMessage({ kind: 'refused', code: 'NEWER_SCHEMA' }));`,
    );
    await start();
    await eventually(() => shell.dialogs.length).toBe(1);
    expect(shell.dialogs[0]).toMatchObject({
      message: expect.stringMatching(/newer Pestle/),
      buttons: ['Quit'],
    });
    expect(shell.processes).toHaveLength(1);
  });

  test('leaves no names behind in the log', async () => {
    place.write(
      'till.mjs',
      `process.parentPort.on('message', ({ data }) => {
        if (data.kind !== 'open') return;
        process.parentPort.postMessage({ kind: 'log', event: 'slow', details: { what: 'Marie Curie', ms: 80 } });
        process.parentPort.postMessage({ kind: 'opened' });
      });`,
    );
    await openWindow();
    expect(place.log().at(-1)).toBe(
      '{"at":"2026-01-01T00:00:00.000Z","event":"slow","what":"(left out)","ms":80}',
    );
  });
});

describe('quitting', () => {
  test('waits until the till has closed', async () => {
    await openWindow();
    const codes: number[] = [];
    shell.processes[0]?.once('exit', (code: number) => codes.push(code));
    const quit = new Promise((resolve) => shell.app.once('quit', resolve));
    shell.app.emit('window-all-closed');
    await quit;
    expect(codes).toEqual([0]);
    expect(shell.processes).toHaveLength(1);
  });
});

describe('a newer version', () => {
  const source = (install: () => Promise<never>) => ({
    find: async () => ({ version: '0.0.1', schema: 7 }),
    fetch: async () => {},
    install,
  });
  async function openWithUpdate(install: () => Promise<never>) {
    vi.useFakeTimers({ toFake: ['setInterval'] });
    place.write('till.mjs', updatableTill);
    const window = await openWindow({ updates: source(install) });
    vi.advanceTimersByTime(5 * 60_000);
    vi.useRealTimers();
    return window;
  }

  test('is installed when the till has closed, and nothing holds up the app’s end then', async () => {
    const ended: unknown[] = [];
    const quit = new Promise((resolve) => {
      void openWithUpdate(() => {
        shell.app.once('quit', resolve);
        ended.push(shell.processes.length);
        shell.app.quit();
        ended.push('quit at once');
        return new Promise(() => {});
      });
    });
    await quit;
    expect(ended).toEqual([1, 'quit at once']);
    expect(place.log().join()).not.toContain('till-exit');
  });

  test('whose installer does not start leaves the till open again', async () => {
    const { webContents } = await openWithUpdate(async () => {
      throw new Error('EACCES');
    });
    await eventually(() => webContents.mainFrame.handed.length).toBe(2);
    expect(shell.processes).toHaveLength(2);
    expect(place.log().join()).toContain('"event":"update-failed","name":"Error"');
  });
});
