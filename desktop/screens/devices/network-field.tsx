import { type KeyboardEvent, useState } from 'react';
import { Field } from '#shared/ui/field.tsx';
import { Kbd } from '#shared/ui/kbd.tsx';

/** An address that nobody finds by itself: Enter adds it to the list, Esc leaves the field. */
export function NetworkField({
  label,
  hint,
  onAdd,
  onTyping,
  onLeave,
}: {
  readonly label: string;
  readonly hint: string;
  readonly onAdd: (text: string) => void;
  readonly onTyping: (typing: boolean) => void;
  readonly onLeave: () => void;
}) {
  const [text, setText] = useState('');
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      setText('');
      onLeave();
    }
    if (event.key !== 'Enter') return;
    event.preventDefault();
    if (text.trim() === '') return;
    onAdd(text);
    setText('');
  };
  return (
    <Field
      {...{ label, hint }}
      value={text}
      maxLength={200}
      autoComplete="off"
      spellCheck={false}
      dir="ltr"
      trail={<Kbd>N</Kbd>}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={onKeyDown}
      onFocus={() => onTyping(true)}
      onBlur={() => onTyping(false)}
    />
  );
}
