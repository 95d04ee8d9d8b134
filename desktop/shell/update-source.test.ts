import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { createUpdateSource, openUpdateSource, type Updater } from './update-source.ts';

const release = { version: '1.3.0', files: [], path: '', sha512: '', releaseDate: '2026-01-01' };

/** Speaks electron-updater's interface, and writes down what is asked of it; the real one: build/updates.test.ts. */
function standIn({ updateInfo = release, problem }: { updateInfo?: typeof release; problem?: Error } = {}) {
  const asked: unknown[] = [];
  const updater: Updater = Object.assign(new EventEmitter(), {
    ...{ autoDownload: true, autoInstallOnAppQuit: true, allowDowngrade: true, disableWebInstaller: false },
    logger: console,
    setFeedURL: (to: unknown) => void asked.push(to),
    async checkForUpdates() {
      if (problem) throw problem;
      return {
        ...{ isUpdateAvailable: updateInfo.version !== '1.2.0', updateInfo },
        versionInfo: updateInfo,
      };
    },
    async downloadUpdate() {
      asked.push('download');
      return [];
    },
    quitAndInstall: (...how: boolean[]) => {
      asked.push(['install', ...how]);
      if (problem) updater.emit('error', problem);
    },
  });
  return { updater, asked, source: createUpdateSource(updater) };
}

test('the updater does nothing by itself, and writes nothing anywhere', () => {
  const { updater, asked } = standIn();
  expect(updater).toMatchObject({
    ...{ autoDownload: false, autoInstallOnAppQuit: false, allowDowngrade: false },
    ...{ disableWebInstaller: true, logger: null },
  });
  expect(asked).toEqual([]);
});

test('HQ is asked at its own address, for one range at a time', async () => {
  const { source, asked } = standIn();
  await source.find('https://hq.example:4601');
  await source.fetch();
  expect(asked).toEqual([
    { provider: 'generic', url: 'https://hq.example:4601/updates/', useMultipleRangeRequest: false },
    'download',
  ]);
});

test('how many migrations a version brings is taken from its release, where it says so', async () => {
  const found = (more: object) =>
    standIn({ updateInfo: { ...release, ...more } }).source.find('https://hq.example');
  expect(await found({ vendor: { schema: 9, more: 'of a later day' } })).toEqual({
    version: '1.3.0',
    schema: 9,
  });
  expect(await found({})).toEqual({ version: '1.3.0', schema: null });
  expect(await found({ vendor: null })).toEqual({ version: '1.3.0', schema: null });
  expect(await found({ version: '1.2.0' })).toBeNull();
  await expect(found({ vendor: { schema: 'nine' } })).rejects.toThrow(/schema/);
});

test('an HQ without a release offers none; one that is away is an error', async () => {
  const none = Object.assign(new Error('Cannot find channel "latest.yml"'), {
    code: 'ERR_UPDATER_CHANNEL_FILE_NOT_FOUND',
  });
  expect(await standIn({ problem: none }).source.find('https://hq.example')).toBeNull();
  const away = standIn({ problem: new Error('net::ERR_INTERNET_DISCONNECTED') });
  await expect(away.source.find('https://hq.example')).rejects.toThrow(/DISCONNECTED/);
});

test('an installer is started without questions; one that does not start is an error', async () => {
  const { source, asked } = standIn({ problem: new Error('EACCES') });
  await expect(source.install()).rejects.toThrow('EACCES');
  expect(asked).toEqual([['install', true, true]]);
});

test('the source tree does not update itself, and no Linux package that the system looks after', async () => {
  expect(await openUpdateSource({ isPackaged: false })).toBeNull();
  if (process.platform === 'linux') expect(await openUpdateSource({ isPackaged: true })).toBeNull();
});
