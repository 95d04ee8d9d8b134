import { EventEmitter } from 'node:events';

type Callback<T> = (answer: T) => void;
type Handlers = {
  mayAsk?: (contents: unknown, permission: string, callback: Callback<boolean>) => void;
  mayCheck?: () => boolean;
  mayUseDevice?: () => boolean;
  beforeRequest?: (details: { url: string }, callback: Callback<{ cancel: boolean }>) => void;
  spellChecker?: boolean;
};

/** Stands in for the default session: keeps what was set on it, to be asked as Chromium would. */
export function createSession() {
  const set: Handlers & { cacheCleared: number } = { cacheCleared: 0 };
  const setter =
    <K extends keyof Handlers>(name: K) =>
    (value: Handlers[K]) => {
      Object.assign(set, { [name]: value });
    };
  return Object.assign(new EventEmitter(), {
    set,
    setPermissionRequestHandler: setter('mayAsk'),
    setPermissionCheckHandler: setter('mayCheck'),
    setDevicePermissionHandler: setter('mayUseDevice'),
    setSpellCheckerEnabled: setter('spellChecker'),
    webRequest: { onBeforeRequest: setter('beforeRequest') },
    clearCache: async () => {
      set.cacheCleared += 1;
    },
  });
}
