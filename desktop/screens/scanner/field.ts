/** A text field as it stood before a burst's first character went into it. */
export interface FieldState {
  readonly field: TextField;
  readonly value: string;
  readonly start: number | null;
  readonly end: number | null;
}

type TextField = HTMLInputElement | HTMLTextAreaElement;

/** Whether typing goes into this element. */
export function isEditable(target: EventTarget | null): boolean {
  if (isTextField(target)) return !target.readOnly && !target.disabled;
  return target instanceof HTMLElement && target.isContentEditable;
}

export function takeFieldState(target: EventTarget | null): FieldState | null {
  if (!isTextField(target)) return null;
  return { field: target, value: target.value, start: target.selectionStart, end: target.selectionEnd };
}

/** Puts a field back, selection included, and tells whoever listens (React reads the native setter's value). */
export function restoreField({ field, value, start, end }: FieldState): void {
  const owner =
    field instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype;
  Object.getOwnPropertyDescriptor(owner, 'value')?.set?.call(field, value);
  if (start !== null) field.setSelectionRange(start, end);
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'historyUndo' }));
}

/** Types text at the caret of the focused field, if one has the focus, with the events that real typing makes. */
export function typeText(page: Document, text: string): void {
  // Deprecated and without a successor: nothing else keeps undo, selection, maxlength and beforeinput.
  if (isEditable(page.activeElement)) page.execCommand('insertText', false, text);
}

function isTextField(target: EventTarget | null): target is TextField {
  return (
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLInputElement && textTypes.has(target.type))
  );
}

const textTypes: ReadonlySet<string> = new Set([
  'text',
  'search',
  'tel',
  'url',
  'email',
  'password',
  'number',
  'date',
  'month',
  'time',
]);
