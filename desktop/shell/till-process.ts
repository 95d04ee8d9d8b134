import type { MessagePortMain, UtilityProcess } from 'electron';
import type { FetchedUpdate, TillStanding } from '#shared/auth/update-policy.ts';
import type { FileLog } from '../hosts/log.ts';
import { type OpenMessage, type ShellMessage, tillMessage } from '../hosts/shell-messages.ts';
import type { Electron } from './electron.ts';

export type TillProcessDeps = {
  readonly electron: Pick<Electron, 'utilityProcess' | 'MessageChannelMain'>;
  /** The bundled till (till.mjs). */
  readonly entry: string;
  readonly open: Omit<OpenMessage, 'kind'>;
  readonly log: FileLog;
  readonly wait: (ms: number) => Promise<void>;
  /** The till can be asked; called again after every restart. */
  readonly opened: () => void;
  /** Whether the counter wants a window for the customer; not called where nobody chose. */
  readonly customerWindow: (on: boolean) => void;
  /** It will not run: its store refuses (`code`), or it crashed once too often (`CRASHED`). */
  readonly gaveUp: (code: string) => void;
};

/** How long to wait after each crash in a row; one more crash, and a person has to decide. */
const pausesMs = [250, 500, 1000, 2000, 5000];
/** After this long without a crash the next one is a first again. */
const steadyAfterMs = 60_000;
/** For the till to close its database; SQLite survives a kill, but opening is slower after it. */
const graceMs = 10_000;
/** For the till to say what it is in the middle of. */
const answerMs = 5_000;

export type TillProcess = ReturnType<typeof startTillProcess>;

/** The till in a process of its own: started at once, again when it crashes, and closed in order. */
export function startTillProcess(deps: TillProcessDeps) {
  let child: UtilityProcess | null = null;
  let isOpen = false;
  let isClosing = false;
  let crashes = 0;
  let heard: ((standing: TillStanding) => void) | null = null;

  function start(): void {
    const till = deps.electron.utilityProcess.fork(deps.entry, [], {
      serviceName: 'Pestle till',
      // glibc keeps a heap for each of up to 8 threads a core, also of those that have ended: 50 MB of a till.
      env: { MALLOC_ARENA_MAX: '2', ...process.env },
    });
    child = till;
    let refusal: string | null = null;
    const steady = setTimeout(() => {
      crashes = 0;
    }, steadyAfterMs);
    till.on('message', (message) => {
      refusal ??= hear(message);
      if (refusal !== null) till.kill();
    });
    till.once('exit', (code) => {
      clearTimeout(steady);
      child = null;
      isOpen = false;
      if (isClosing) return;
      deps.log('till-exit', { code, crashes });
      if (refusal === null) void startAgain();
      else deps.gaveUp(refusal);
    });
    say(till, { kind: 'open', ...deps.open });
  }

  /** Gives the code when the till refuses to open its store. */
  function hear(message: unknown): string | null {
    const { data } = tillMessage.safeParse(message);
    if (data?.kind === 'opened' && !isOpen) {
      isOpen = true;
      deps.opened();
    } else if (data?.kind === 'log') deps.log(data.event, data.details);
    else if (data?.kind === 'standing') heard?.(data.standing);
    else if (data?.kind === 'customer-window') deps.customerWindow(data.on);
    else if (data?.kind === 'crashed') deps.log('till-crashed', { name: data.name, frames: data.frames });
    return data?.kind === 'refused' ? data.code : null;
  }

  async function startAgain(): Promise<void> {
    const pause = pausesMs[crashes];
    crashes += 1;
    if (pause === undefined) return deps.gaveUp('CRASHED');
    await deps.wait(pause);
    if (!isClosing) start();
  }

  start();
  return {
    /** One end of a new way to the till, the other being the till's already; null while it is not there. */
    connect(): MessagePortMain | null {
      if (!child || !isOpen) return null;
      const { port1, port2 } = new deps.electron.MessageChannelMain();
      say(child, { kind: 'connect' }, [port1]);
      return port2;
    },
    /** What the till is in the middle of; null where it does not answer. */
    async standing(): Promise<TillStanding | null> {
      const till = child;
      if (!till || !isOpen) return null;
      return new Promise((resolve) => {
        const give = (standing: TillStanding | null) => {
          clearTimeout(impatient);
          heard = null;
          resolve(standing);
        };
        const impatient = setTimeout(() => give(null), answerMs);
        heard = give;
        say(till, { kind: 'ask-standing' });
      });
    },
    /** Which newer version lies here, for the person at the counter. It forgets when it is started anew. */
    hearUpdate(update: FetchedUpdate | null): void {
      if (child && isOpen) say(child, { kind: 'update-fetched', update });
    },
    /** After it gave up, or was closed for an installer that did not start. */
    tryAgain(): void {
      crashes = 0;
      isClosing = false;
      if (!child) start();
    },
    /** Whether it was closed and its process has ended. */
    hasClosed: (): boolean => isClosing && child === null,
    /** Lets the till close its database; done when its process has ended. */
    async close(): Promise<void> {
      isClosing = true;
      if (!child) return;
      const till = child;
      const ended = new Promise<void>((resolve) => till.once('exit', () => resolve()));
      say(till, { kind: 'close' });
      const impatient = setTimeout(() => till.kill(), graceMs);
      await ended;
      clearTimeout(impatient);
    },
  };
}

function say(till: UtilityProcess, message: ShellMessage, ports: MessagePortMain[] = []): void {
  till.postMessage(message, ports);
}
