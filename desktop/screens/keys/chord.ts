/**
 * A key with its modifiers, written `Ctrl+Shift+KeyK`. The last part is a physical key (`event.code`), so that a
 * command keeps its place under every layout, or `char:+` for a command that is the character itself wherever it is.
 */
export type Chord = string;

/** The part of a keyboard event that decides which chord it is. */
export interface KeyStroke {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly metaKey: boolean;
}

/** The chords a stroke may mean: by its key, and by its character where that needs no modifier but Shift. */
export function chordsOf(stroke: KeyStroke): readonly Chord[] {
  if (stroke.metaKey) return [];
  const ctrl = stroke.ctrlKey ? 'Ctrl+' : '';
  const alt = stroke.altKey ? 'Alt+' : '';
  const shift = stroke.shiftKey ? 'Shift+' : '';
  const byKey = `${ctrl}${alt}${shift}${stroke.code}`;
  return ctrl || alt || stroke.key.length !== 1 ? [byKey] : [byKey, `char:${stroke.key}`];
}

/** How a chord is printed on key caps: `Ctrl+KeyK` → `Ctrl+K`, for `<Keys>`. */
export function capsOf(chord: Chord): string {
  if (chord.startsWith('char:')) return chord.slice(5).replace('-', '−');
  return chord
    .split('+')
    .map((part) => caps[part] ?? part.replace(/^(Key|Digit)/, ''))
    .join('+');
}

/** A chord that types into a field when one has the focus, and is a command elsewhere only. */
export const typesText = (chord: Chord): boolean =>
  /^(char:.|(Shift\+)?(Key|Digit|Numpad)\w+|Space|Delete)$/.test(chord);

const caps: Readonly<Record<string, string>> = {
  Escape: 'Esc',
  Delete: 'Del',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  NumpadEnter: 'Enter',
  NumpadAdd: '+',
  NumpadSubtract: '−',
};
