import { z } from 'zod';
import type { KeyVault, Log } from '../ports.ts';
import { createPreferences } from './preferences.ts';
import type { Store } from './store.ts';

const LOOK_MS = 2_000;
/** What a restored database says of itself: the highest incarnation that may have been used. */
export const RESTORED_ABOVE = 'restored-above';
const kept = z.object({ inc: z.int(), dseq: z.int() });

/**
 * Keeps in the key vault how far this till's chain has come, so that a database behind its vault is known to have been
 * restored. The vault follows the database within seconds and is never ahead of it.
 */
export function createHeadKeeper(vault: KeyVault, store: Store, log: Log) {
  const preferences = createPreferences(store.db);
  let last = '';
  const keep = (): void => {
    const { inc, dseq } = store.identity.read();
    const text = JSON.stringify({ inc, dseq });
    if (text === last) return;
    try {
      vault.set('chain-head', text);
      last = text;
    } catch (problem) {
      // A full disk: the vault stays behind, which only makes a restored copy harder to find out. Tried again.
      log.warn('chain-head-not-kept', { problem: String(problem) });
    }
  };
  let timer: NodeJS.Timeout | undefined;
  return {
    /**
     * Before the first sale of a process: a restored database goes on under the next letter, because its last numbers
     * stand on receipts already. HQ confirms the letter, or gives another, at the next contact. True when it was so.
     */
    mendRestored(): boolean {
      const text = vault.get('chain-head');
      const head = text === null ? null : kept.parse(JSON.parse(text));
      const me = store.identity.read();
      const isBehind = head && (head.inc > me.inc || (head.inc === me.inc && head.dseq > me.dseq));
      const above = Math.max(isBehind ? head.inc : 0, preferences.read(RESTORED_ABOVE, z.int()) ?? 0);
      if (above === 0) return false;
      store.transact('restored', () => {
        store.replica.reincarnate(above + 1);
        preferences.forget(RESTORED_ABOVE);
      });
      keep();
      return true;
    },
    start(): void {
      timer ??= setInterval(keep, LOOK_MS).unref();
    },
    stop(): void {
      clearInterval(timer);
      keep();
    },
  };
}
