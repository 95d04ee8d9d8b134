import { type Chord, chordsOf, type KeyStroke, typesText } from '../keys/chord.ts';
import type { CommandId } from '../keys/default-keys.ts';
import { defaultKeymap } from '../keys/default-keys.ts';
import { createKeymap, type Keymap, remap } from '../keys/keymap.ts';

/** What pressing keys for a command came to. */
export type NewKeys =
  | { readonly code: 'given'; readonly keys: Partial<Keymap> }
  /** A modifier alone: the person has not finished. */
  | { readonly code: 'pressing' }
  /** It would type into a field. */
  | { readonly code: 'types' }
  | { readonly code: 'taken'; readonly by: CommandId };

/** Gives a command the keys that were pressed, over what was changed before; none of another command's. */
export function keysPressed(changed: Partial<Keymap>, id: CommandId, stroke: KeyStroke): NewKeys {
  if (/^(Control|Alt|AltGraph|Shift|Meta)$/.test(stroke.key)) return { code: 'pressing' };
  const [chord] = chordsOf(stroke);
  if (chord === undefined || typesText(chord) || isField(chord)) return { code: 'types' };
  const mapped = remap(createKeymap(changed), id, [chord]);
  return mapped.ok
    ? { code: 'given', keys: { ...changed, [id]: [chord] } }
    : { code: 'taken', by: mapped.error.by };
}

/** A command's usual keys again; `taken` where another has one of them by now. */
export function usualKeys(changed: Partial<Keymap>, id: CommandId): NewKeys {
  const mapped = remap(createKeymap(changed), id, defaultKeymap[id]);
  if (!mapped.ok) return { code: 'taken', by: mapped.error.by };
  const { [id]: _, ...keys } = changed;
  return { code: 'given', keys };
}

/** Fields, lists and dialogs live by these. */
const isField = (chord: Chord): boolean =>
  /^(Shift\+)?(Enter|NumpadEnter|Tab|Backspace|Escape|Arrow\w+|Home|End|Page\w+)$/.test(chord);

/** They cannot be changed: a row of nine keys, and what closes everything. */
export const fixedKeys: ReadonlySet<CommandId> = new Set(['back', 'quickKey', 'tender', 'more', 'less']);
