import type { Live } from './live.ts';
import { refuse } from './refuse.ts';
import type { Till } from './till.ts';
import type { Training } from './training.ts';

/**
 * The till of the training that is on, for the part of the contract that is addressed to it (`practice`). While none is on
 * it refuses everything, so that a key pressed a moment too late does nothing, above all nothing in the real till.
 *
 * What would set up this counter itself belongs to the real till and is refused with the error its call knows.
 */
export function practiceTill(real: Till, training: Training): Till {
  const at = () => training.current() ?? refuse({ code: 'NOT_ENROLLED' });
  const realTillOnly = (): never => refuse({ code: 'ALREADY_ENROLLED' });
  return {
    live: liveOf(training),
    scanners: {
      ...real.scanners,
      learn: () => refuse({ code: 'NO_SUCH_SCANNER' }),
      serialPorts: async () => [],
      readSerial: () => refuse({ code: 'NO_SUCH_SCANNER' }),
    },
    enrolled: () => enrolledIn(at().till),
    state: () => at().till.state(),
    sync: () => at().till.sync(),
    time: () => at().till.time(),
    join: realTillOnly,
    rejoin: () => refuse({ code: 'NOT_REVOKED' }),
    restore: realTillOnly,
    recover: () => refuse({ code: 'KEY_NOT_LOST' }),
    findBackups: realTillOnly,
    drives: real.drives,
    diagnostics: real.diagnostics,
    standing: real.standing,
    versions: real.versions,
    start: () => {},
    stop: async () => {},
  };
}

/** Nothing of a training waits for anybody, is carried anywhere, or is backed up. */
function enrolledIn(till: Till): ReturnType<Till['enrolled']> {
  const enrolled = till.enrolled();
  return {
    ...enrolled,
    syncReport: async () => ({
      ...(await enrolled.syncReport()),
      ...{ kinds: [], refused: [], refusedCount: 0, settled: [] },
    }),
    saveUnsent: () => refuse({ code: 'NOTHING_WAITING' }),
    backups: {
      ...enrolled.backups,
      now: () => refuse({ code: 'NO_BACKUP_FOLDER' }),
      plan: () => refuse({ code: 'BACKUP_FAILED', reason: 'not-writable' }),
    },
  };
}

/** What is watched in a training is over when the training is. */
function liveOf(training: Training): Live {
  const live = () => training.current()?.till.live;
  return {
    changed: (topic) => live()?.changed(topic),
    listen: (topic, listener) => live()?.listen(topic, listener) ?? (() => {}),
    async *watch(topic, read, signal) {
      const open = training.current() ?? refuse({ code: 'NOT_ENROLLED' });
      const until = signal ? AbortSignal.any([signal, open.over]) : open.over;
      yield* open.till.live.watch(topic, read, until);
    },
  };
}
