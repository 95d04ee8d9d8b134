import {
  type FetchedUpdate,
  mayUpdate,
  type TillStanding,
  type UpdateOffer,
} from '#shared/auth/update-policy.ts';
import type { FileLog } from '../hosts/log.ts';
import type { UpdateTries } from './update-tries.ts';

/** Where newer versions come from: what the shell needs of electron-updater, and nothing more of it. */
export type UpdateSource = {
  /** The newest version that this HQ offers, where it is newer than the installed one; else null. */
  readonly find: (hqUrl: string) => Promise<UpdateOffer | null>;
  /** Fetches what was found last, and checks that it is what was offered and, where the system can, who signed it. */
  readonly fetch: () => Promise<void>;
  /** Ends the app and starts the new version's installer. Comes back, with an error, only where that did not start. */
  readonly install: () => Promise<never>;
};

export type UpdatesDeps = {
  readonly source: UpdateSource;
  readonly installed: string;
  readonly till: {
    /** Null where it does not answer. */
    readonly standing: () => Promise<TillStanding | null>;
    /** Lets it close its database; done when its process has ended. */
    readonly close: () => Promise<void>;
    /** Starts it again. */
    readonly tryAgain: () => void;
    readonly hearUpdate: (update: FetchedUpdate | null) => void;
  };
  readonly tries: UpdateTries;
  readonly log: FileLog;
};

/** How often the till is asked, and every how many times HQ is too: each six hours. */
const TURN_MS = 5 * 60_000;
const FIND_EVERY = 72;

/**
 * Brings the app to a newer version when nobody is in the middle of anything (shared/auth/update-policy.ts): found and
 * fetched in the background, installed after the till has said yes and closed its database. What fails is tried again six
 * hours later, an installer the next day; selling never waits for it.
 */
export function createUpdates({ source, installed, till, tries, log }: UpdatesDeps) {
  let fetched: UpdateOffer | null = null;
  let busy = false;
  let turnsToFind = 0;
  let waitsFor = '';

  async function find(): Promise<void> {
    const now = await till.standing();
    if (now === null || now.hqUrl === null) return; // not up yet, or not joined: asked again at the next turn
    turnsToFind = FIND_EVERY;
    const offer = await source.find(now.hqUrl);
    if (offer !== null && offer.version === fetched?.version) return;
    fetched = null; // withdrawn, or another has taken its place
    if (offer === null) return;
    const idle = { ...now, cartLines: 0, openCardAttempts: 0, openShifts: 0, upkeep: false };
    const answer = mayUpdate(installed, offer, idle);
    if (!answer.ok) return log('update-refused', { code: answer.error.code });
    await source.fetch();
    fetched = offer;
    log('update-fetched');
  }

  async function install(): Promise<void> {
    const now = fetched && (await till.standing());
    if (!fetched || !now) return;
    const answer = mayUpdate(installed, fetched, now);
    if (!answer.ok) return waits(answer.error.code);
    if (tries.isTooSoon(fetched.version)) return waits('TRIED_TODAY');
    tries.keep(fetched.version);
    await till.close();
    await source.install().finally(till.tryAgain);
  }

  function tellTill(): void {
    till.hearUpdate(fetched && { ...fetched, tried: tries.isTooSoon(fetched.version) });
  }

  /** Said once for each reason, not every time that is asked. */
  function waits(code: string): void {
    if (code !== waitsFor) log('update-waits', { code });
    waitsFor = code;
  }

  /** One at a time; a network that is away is no error. */
  async function turn(): Promise<void> {
    if (busy) return;
    busy = true;
    try {
      if (turnsToFind > 0) turnsToFind -= 1;
      if (turnsToFind === 0) await find();
      tellTill();
      await install();
    } catch (problem) {
      log('update-failed', { name: problem instanceof Error ? problem.name : 'unknown' });
    }
    busy = false;
  }
  return { turn, start: (): void => void setInterval(() => void turn(), TURN_MS).unref() };
}
