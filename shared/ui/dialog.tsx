import { useLingui } from '@lingui/react/macro';
import { OctagonAlert, X } from 'lucide-react';
import { AlertDialog as Alert, Dialog as Radix } from 'radix-ui';
import { type ReactNode, type RefObject, useState } from 'react';
import { IconButton } from './button.tsx';
import { cx } from './cx.ts';

/** The veil lies under the key bar (z-50), which stays readable in front of it. */
const veil = 'fixed inset-0 z-40 bg-overlay fade-in';
/** It ends above the key bar, however low the window is; what does not fit is scrolled to. */
const panel = cx(
  'fixed inset-x-0 z-40 mx-auto flex max-w-[calc(100vw-32px)] flex-col overflow-hidden',
  'top-28 max-h-[calc(100dvh-7rem-64px)]',
  '[@media(height<560px)]:top-11 [@media(height<560px)]:max-h-[calc(100dvh-2.75rem-40px)]',
  'rounded-10 bg-surface shadow-2 fade-in',
);

interface Common {
  readonly open: boolean;
  readonly title: string;
  /** What takes the focus: the place that Enter or typing goes to. Without it, the first that can have it. */
  readonly initialFocus?: RefObject<HTMLElement | null>;
  readonly children: ReactNode;
  /** The row under the content: hints, or the buttons of a back-office dialog. */
  readonly footer?: ReactNode;
}

/**
 * A dialog one may leave (Esc, the cross). Width in px: 680 is the palette's. Where it has steps, `onBack` is what Esc
 * does instead.
 */
export function Dialog({
  open,
  title,
  initialFocus,
  children,
  footer,
  width = 560,
  onClose,
  onBack,
}: Common & { readonly width?: number; readonly onClose: () => void; readonly onBack?: () => void }) {
  const { t } = useLingui();
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className={veil} />
        <Content
          aria-describedby={undefined}
          className={panel}
          style={{ width }}
          onEscapeKeyDown={(event) => {
            if (!onBack) return;
            event.preventDefault();
            onBack();
          }}
          onOpenAutoFocus={focusOn(initialFocus)}
        >
          <header className="flex flex-none items-center gap-3 border-b border-line-soft px-5 py-2.5 [@media(height<560px)]:py-0">
            <Radix.Title className="text-16 font-semibold">{title}</Radix.Title>
            <IconButton label={t`Close`} className="ms-auto" onClick={onClose}>
              <X size={18} aria-hidden />
            </IconButton>
          </header>
          <div className="min-h-0 overflow-auto p-5">{children}</div>
          {footer && <DialogFooter>{footer}</DialogFooter>}
        </Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/**
 * Gives the focus back to what had it before. Radix does so itself, but looks too late where a list in the dialog has
 * taken the focus by then.
 */
function Content(props: Radix.DialogContentProps) {
  const [before] = useState(() => document.activeElement);
  return (
    <Radix.Content
      {...props}
      onCloseAutoFocus={(event) => {
        if (document.activeElement !== document.body || !(before instanceof HTMLElement)) return;
        event.preventDefault();
        before.focus();
      }}
    />
  );
}

/**
 * A stop: red edge and ground, what happened and when, then what was not done (`detail`), then the way on (`children`).
 * Nothing but an answer closes it; Esc is `onLeave`. 720 px wide.
 */
export function AlertDialog({
  open,
  title,
  detail,
  initialFocus,
  children,
  footer,
  onLeave,
}: Common & { readonly detail: ReactNode; readonly onLeave: () => void }) {
  return (
    <Alert.Root open={open}>
      <Alert.Portal>
        <Alert.Overlay className={veil} />
        <Alert.Content
          className={cx(panel, 'w-[720px]')}
          onEscapeKeyDown={onLeave}
          onOpenAutoFocus={focusOn(initialFocus)}
        >
          <header className="flex flex-none items-start gap-4 border-t-4 border-stop bg-stop-soft p-6 [@media(height<560px)]:p-3">
            <span className="grid size-[52px] flex-none place-items-center rounded-10 bg-stop text-on-stop">
              <OctagonAlert size={28} strokeWidth={1.5} aria-hidden />
            </span>
            <div className="grid gap-1">
              <Alert.Title className="text-28 font-semibold tracking-tight [@media(height<560px)]:text-20">
                {title}
              </Alert.Title>
              <Alert.Description className="text-16">{detail}</Alert.Description>
            </div>
          </header>
          <div className="grid min-h-0 gap-6 overflow-auto px-4 pt-6 pb-4 [@media(height<560px)]:gap-3 [@media(height<560px)]:pt-3">
            {children}
          </div>
          {footer && <DialogFooter>{footer}</DialogFooter>}
        </Alert.Content>
      </Alert.Portal>
    </Alert.Root>
  );
}

function DialogFooter({ children }: { readonly children: ReactNode }) {
  return (
    <footer className="flex flex-none items-center gap-5 border-t border-line-soft bg-surface-2 px-4 py-2.5 text-14 text-muted">
      {children}
    </footer>
  );
}

/** Radix focuses the first element unless told otherwise. */
const focusOn = (target: RefObject<HTMLElement | null> | undefined) => (event: Event) => {
  if (!target?.current) return;
  event.preventDefault();
  target.current.focus();
};
