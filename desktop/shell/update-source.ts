import { once } from 'node:events';
import type { AppUpdater } from 'electron-updater';
import { z } from 'zod';
import type { UpdateSource } from './updates.ts';

/**
 * electron-updater in the shape the shell wants, with the updater of this system. Null where Pestle does not update
 * itself: from the source tree, and on Linux where it is no AppImage but the system's own package.
 */
export async function openUpdateSource(app: { readonly isPackaged: boolean }): Promise<UpdateSource | null> {
  if (!app.isPackaged || (process.platform === 'linux' && process.env.APPIMAGE === undefined)) return null;
  // Not electron-updater's own choice: on Linux it goes by a file that making the .deb leaves in the AppImage too.
  const { AppImageUpdater, MacUpdater, NsisUpdater } = await import('electron-updater');
  const platforms: Partial<Record<NodeJS.Platform, new () => AppUpdater>> = {
    darwin: MacUpdater,
    win32: NsisUpdater,
  };
  return createUpdateSource(new (platforms[process.platform] ?? AppImageUpdater)());
}

/** What is used of electron-updater. */
export type Updater = Pick<
  AppUpdater,
  | 'autoDownload'
  | 'autoInstallOnAppQuit'
  | 'allowDowngrade'
  | 'disableWebInstaller'
  | 'logger'
  | 'setFeedURL'
  | 'checkForUpdates'
  | 'downloadUpdate'
  | 'quitAndInstall'
> &
  NodeJS.EventEmitter;

/** From the start of an installer to the end of this app; macOS unpacks and checks the new one in between. */
const ENDS_WITHIN_MS = 120_000;

/**
 * Asks HQ itself (its folder `updates`, sync-server/http/updates.ts): a shop has no second address to keep. It decides
 * nothing by itself: when to fetch, and when to install, is ours.
 */
export function createUpdateSource(updater: Updater): UpdateSource {
  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = false;
  updater.allowDowngrade = false;
  updater.disableWebInstaller = true;
  updater.logger = null; // its lines name addresses and folders; what matters stands in the shell's own log
  return {
    async find(hqUrl) {
      const url = new URL('/updates/', hqUrl).href;
      // HQ answers one range at a time.
      updater.setFeedURL({ provider: 'generic', url, useMultipleRangeRequest: false });
      const found = await updater.checkForUpdates().catch(nullWhereNoneIsOffered);
      if (!found?.isUpdateAvailable) return null;
      const { version, vendor } = release.parse(found.updateInfo);
      return { version, schema: vendor?.schema ?? null };
    },
    async fetch() {
      await updater.downloadUpdate();
    },
    async install() {
      const failed = once(updater, 'error', { signal: AbortSignal.timeout(ENDS_WITHIN_MS) });
      updater.quitAndInstall(true, true); // without questions, and Pestle is started again after it
      const [problem] = await failed;
      throw problem;
    },
  };
}

/** The part of latest.yml that is looked at here; `vendor` is ours, put there by build/package.ts. */
const release = z.object({
  version: z.string(),
  vendor: z.object({ schema: z.int().positive() }).nullish(),
});

/** An HQ where nobody put a release has no latest.yml. */
function nullWhereNoneIsOffered(problem: unknown): null {
  if (problem instanceof Error && 'code' in problem && problem.code === 'ERR_UPDATER_CHANNEL_FILE_NOT_FOUND')
    return null;
  throw problem;
}
