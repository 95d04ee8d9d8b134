import type { ConnectionState } from './connection.ts';

/**
 * One port to hold on to while the till process, and with it the real port, may be replaced: calls that were under
 * way on the old one are told that it closed, and asked again they go to the new one.
 */
export function createSteadyPort(changed: (state: ConnectionState) => void) {
  let current: MessagePort | null = null;
  const onMessage = createCallbacks<unknown>();
  const onClose = createCallbacks<void>();
  const lose = (port: MessagePort) => {
    if (port !== current) return;
    current = null;
    changed('lost');
    onClose.call();
  };
  return {
    adopt(port: MessagePort): void {
      if (current) lose(current);
      current = port;
      port.addEventListener('message', (event) => port === current && onMessage.call(event.data));
      port.addEventListener('close', () => lose(port));
      port.start();
      changed('open');
    },
    postMessage(data: unknown, transfer: Transferable[] = []): void {
      if (!current) throw new Error('The till is not there.');
      current.postMessage(data, transfer);
    },
    onMessage: { addListener: onMessage.add },
    onDisconnect: { addListener: onClose.add },
  };
}

function createCallbacks<T>() {
  const all = new Set<(value: T) => void>();
  return {
    add: (callback: (value: T) => void): void => void all.add(callback),
    call(value: T): void {
      for (const callback of all) callback(value);
    },
  };
}
