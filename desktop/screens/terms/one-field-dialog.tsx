import { type ReactNode, useRef, useState } from 'react';
import { Button } from '#shared/ui/button.tsx';
import { Dialog } from '#shared/ui/dialog.tsx';
import { setDesk } from '../desk.ts';
import { useCommands } from '../keys/command-keys.tsx';

/** A dialog about the sale with one field; Enter gives what was typed, and what is wrong with it stays under the field. */
export function OneFieldDialog({
  title,
  label,
  hint,
  accept,
  initial = '',
  figure = false,
  maxLength,
  onGive,
  children,
}: {
  readonly title: string;
  readonly label: string;
  readonly hint: string;
  /** What the button says. */
  readonly accept: string;
  readonly initial?: string;
  /** Digits: large, and from left to right in every language. */
  readonly figure?: boolean;
  readonly maxLength: number;
  /** Answers what is wrong, or null when it was done. */
  readonly onGive: (text: string) => Promise<string | null>;
  readonly children?: ReactNode;
}) {
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(initial);
  const [wrong, setWrong] = useState<string | null>(null);
  const leave = () => setDesk({ overlay: null });
  useCommands({ back: leave }, true);
  const give = async () => {
    const problem = await onGive(text.trim());
    if (problem === null) leave();
    else setWrong(problem);
  };
  return (
    <Dialog open title={title} onClose={leave} initialFocus={field}>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void give();
        }}
      >
        <label className="grid gap-1 font-semibold">
          {label}
          <input
            ref={field}
            value={text}
            maxLength={maxLength}
            autoComplete="off"
            dir={figure ? 'ltr' : 'auto'}
            inputMode={figure ? 'decimal' : 'text'}
            aria-invalid={wrong !== null || undefined}
            aria-describedby="field-note"
            onChange={(event) => {
              setWrong(null);
              setText(event.target.value);
            }}
            className={
              figure
                ? 'figure h-[52px] rounded-10 border border-line-control bg-surface px-3 text-28'
                : 'h-[52px] rounded-10 border border-line-control bg-surface px-3 text-20'
            }
          />
        </label>
        <p id="field-note" role={wrong ? 'alert' : undefined} className={wrong ? 'text-stop' : 'text-muted'}>
          {wrong ?? hint}
        </p>
        {children}
        <Button kind="primary" size={56} keys="Enter" type="submit">
          {accept}
        </Button>
      </form>
    </Dialog>
  );
}
