import { mayUpdate, type TillStanding, type UpdateOffer } from '#shared/auth/update-policy.ts';
import type { FileLog } from '../hosts/log.ts';

/** Where newer versions come from: what the shell needs of electron-updater, and nothing more of it. */
export type UpdateSource = {
  /** The newest version that is offered; null where there is none. */
  readonly find: () => Promise<UpdateOffer | null>;
  /** Fetches it, and checks who signed it. */
  readonly fetch: () => Promise<void>;
  /** Ends the app and starts the new version's installer. */
  readonly install: () => void;
};

export type UpdatesDeps = {
  readonly source: UpdateSource;
  readonly installed: string;
  /** Asks the till; null where it does not answer. */
  readonly standing: () => Promise<TillStanding | null>;
  /** Lets the till close its database; done when its process has ended. */
  readonly close: () => Promise<void>;
  readonly log: FileLog;
};

/** How often a newer version is looked for, and how often a till that is busy is asked again. */
const FIND_MS = 6 * 3_600_000;
const ASK_MS = 5 * 60_000;

/**
 * Brings the app to a newer version when nobody is in the middle of anything (shared/auth/update-policy.ts): found and
 * fetched in the background, installed after the till has said yes and closed its database. What fails is tried again at
 * the next turn; selling never waits for it.
 */
export function createUpdates({ source, installed, standing, close, log }: UpdatesDeps) {
  let fetched: UpdateOffer | null = null;
  let busy = false;

  async function find(): Promise<void> {
    const offer = await source.find();
    if (offer === null || offer.version === fetched?.version) return;
    const till = await standing();
    const idle = till && { ...till, cartLines: 0, openCardAttempts: 0, openShifts: 0, upkeep: false };
    const answer = idle && mayUpdate(installed, offer, idle);
    if (answer && !answer.ok) return log('update-refused', { code: answer.error.code });
    await source.fetch();
    fetched = offer;
    log('update-fetched');
  }

  async function install(): Promise<void> {
    const till = fetched && (await standing());
    if (!fetched || !till) return;
    const answer = mayUpdate(installed, fetched, till);
    if (!answer.ok) return log('update-waits', { code: answer.error.code });
    await close();
    source.install();
  }

  /** One at a time; a network that is away is no error. */
  const turn = async (work: () => Promise<void>): Promise<void> => {
    if (busy) return;
    busy = true;
    await work().catch((problem: unknown) =>
      log('update-failed', { name: problem instanceof Error ? problem.name : 'unknown' }),
    );
    busy = false;
  };
  const findNow = () => turn(find);
  const installIfIdle = () => turn(install);
  return {
    findNow,
    installIfIdle,
    start(): void {
      void findNow();
      setInterval(() => void findNow(), FIND_MS).unref();
      setInterval(() => void installIfIdle(), ASK_MS).unref();
    },
  };
}
