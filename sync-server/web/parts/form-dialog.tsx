import { Trans } from '@lingui/react/macro';
import { type FormEvent, type ReactNode, useId, useRef } from 'react';
import type { Permission } from '#shared/auth/permissions.ts';
import { Button } from '#shared/ui/button.tsx';
import { Dialog } from '#shared/ui/dialog.tsx';
import { FailureWords } from './failure-words.tsx';
import { May } from './may.tsx';

/** A form over the page: its fields, then what went wrong, then Cancel and the button that does it. */
export function FormDialog({
  title,
  right,
  save,
  over = false,
  width = 560,
  pending,
  error,
  refusal,
  onClose,
  onSubmit,
  children,
}: {
  readonly title: string;
  /** Without it the form can be read, and has no Save. */
  readonly right: Permission;
  /** The word on its button; Save where it is left out. */
  readonly save?: string;
  /** It is done: nothing is left but to close it. */
  readonly over?: boolean;
  readonly width?: number;
  readonly pending: boolean;
  /** A failure that no field is about. */
  readonly error: unknown;
  /** A refusal in words; `error` is then not shown. */
  readonly refusal?: ReactNode;
  readonly onClose: () => void;
  readonly onSubmit: (form: FormData) => void;
  readonly children: ReactNode;
}) {
  const id = useId();
  const first = useRef<HTMLElement | null>(null);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onSubmit(new FormData(event.currentTarget));
  };
  return (
    <Dialog
      open
      initialFocus={first}
      title={title}
      width={width}
      onClose={onClose}
      footer={
        <span className="ms-auto flex gap-2">
          <Button size={32} onClick={onClose}>
            {over ? <Trans>Close</Trans> : <Trans>Cancel</Trans>}
          </Button>
          {!over && (
            <May right={right}>
              <Button size={32} kind="primary" type="submit" form={id} disabled={pending}>
                {save ?? <Trans>Save</Trans>}
              </Button>
            </May>
          )}
        </span>
      }
    >
      <form
        id={id}
        ref={(form) => {
          first.current = form?.querySelector<HTMLElement>('input:not([readonly]), select') ?? null;
        }}
        onSubmit={submit}
        className="grid gap-4"
      >
        {children}
        {Boolean(error) && (
          <p role="alert" className="font-medium text-stop">
            {refusal ?? <FailureWords error={error} />}
          </p>
        )}
      </form>
    </Dialog>
  );
}

/** What a form says of a field, without surrounding space. */
export const textOf = (form: FormData, name: string): string => String(form.get(name) ?? '').trim();
