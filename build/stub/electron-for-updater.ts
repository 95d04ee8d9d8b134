import { EventEmitter } from 'node:events';
import { type RequestOptions, request } from 'node:http';

/**
 * What electron-updater takes from the `electron` module, where its runtime is not installed: an app of one version, and
 * Node's http in the place of Chromium's, which has the same requests and answers.
 */
export function electronForUpdater({ version, userData }: { version: string; userData: string }) {
  const app = Object.assign(new EventEmitter(), {
    isPackaged: true,
    whenReady: async () => {},
    getVersion: () => version,
    getName: () => 'pestle',
    getAppPath: () => userData,
    getPath: () => userData,
    quit: () => void app.emit('quit', {}, 0),
  });
  return {
    app,
    autoUpdater: new EventEmitter(),
    session: { fromPartition: () => ({}) },
    net: { request: (options: RequestOptions) => request({ ...options, agent: false }) },
  };
}
