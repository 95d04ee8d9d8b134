import { err, ok, type Result } from '#shared/kernel/result.ts';
import { type Chord, chordsOf, type KeyStroke, typesText } from './chord.ts';
import { type CommandId, commandIds, defaultKeymap } from './default-keys.ts';

/** Which keys do what. Every chord belongs to one command at most. */
export type Keymap = Readonly<Record<CommandId, readonly Chord[]>>;

export type RemapError = { readonly code: 'chordTaken'; readonly by: CommandId };

/** The keymap of a till: the defaults with what was changed for this till over them. */
export function createKeymap(changes: Partial<Keymap>): Keymap {
  return { ...defaultKeymap, ...changes };
}

/** Gives a command other keys. `chordTaken` names the command that has one of them. */
export function remap(keymap: Keymap, id: CommandId, chords: readonly Chord[]): Result<Keymap, RemapError> {
  const taken = commandIds.find(
    (other) => other !== id && keymap[other].some((chord) => chords.includes(chord)),
  );
  return taken ? err({ code: 'chordTaken', by: taken }) : ok({ ...keymap, [id]: chords });
}

/** Where the focus is, as far as keys care: in no field, in an empty one, in one with text. */
export type FieldFocus = 'none' | 'empty' | 'text';

/** A command, and which of its keys called it: quick keys and tenders are one command with nine keys. */
export interface Called {
  readonly id: CommandId;
  readonly which: number;
}

/**
 * The command a stroke means. Keys that type (`+`, `?`, Del, letters) are commands outside fields and in an empty one
 * that gives them away, as the scan field does; everything else is a command anywhere.
 */
export function commandFor(keymap: Keymap, stroke: KeyStroke, focus: FieldFocus): Called | null {
  const struck = chordsOf(stroke).filter((chord) => focus !== 'text' || !typesText(chord));
  for (const id of commandIds) {
    const which = keymap[id].findIndex((chord) => struck.includes(chord));
    if (which >= 0) return { id, which };
  }
  return null;
}
