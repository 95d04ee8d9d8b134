import { z } from 'zod';
import { create } from 'zustand';
import { type CommandId, commandIds } from '../keys/default-keys.ts';
import { createKeymap, type Keymap } from '../keys/keymap.ts';

/** What was chosen at this screen beside language and theme; it stays in the browser as they do. */
interface OwnSettings {
  readonly sounds: boolean;
  /** Commands whose keys are not the usual ones. */
  readonly keys: Partial<Keymap>;
  readonly keymap: Keymap;
}

const KEY = 'pestle.counter';
const stored = z.object({
  sounds: z.boolean().default(true),
  keys: z.record(z.string(), z.array(z.string().max(40)).min(1).max(3)).default({}),
});

export const useOwnSettings = create<OwnSettings>(() => read());

/** Changes what was chosen, from the next key on. */
export function changeOwn(change: Partial<Pick<OwnSettings, 'sounds' | 'keys'>>): void {
  const { sounds, keys } = { ...useOwnSettings.getState(), ...change };
  useOwnSettings.setState({ sounds, keys, keymap: createKeymap(keys) });
  try {
    localStorage.setItem(KEY, JSON.stringify({ sounds, keys }));
  } catch {
    // Private windows and full disks: the choice lasts as long as the page.
  }
}

function read(): OwnSettings {
  const found = stored.safeParse(parsed());
  const { sounds, keys: kept } = found.success ? found.data : { sounds: true, keys: {} };
  const keys = Object.fromEntries(Object.entries(kept).filter(([id]) => isCommand(id)));
  return { sounds, keys, keymap: createKeymap(keys) };
}

function parsed(): unknown {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}');
  } catch {
    return {};
  }
}

// Declared, not assigned: it is called while this module is still being read.
function isCommand(id: string): id is CommandId {
  return commandIds.some((one) => one === id);
}
