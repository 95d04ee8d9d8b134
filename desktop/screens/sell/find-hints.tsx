import { Trans, useLingui } from '@lingui/react/macro';
import { ScanBarcode, SearchX } from 'lucide-react';
import type { ReactNode } from 'react';
import { Kbd } from '#shared/ui/kbd.tsx';
import { EmptyState } from '#shared/ui/states.tsx';
import { isCodeLike } from './code-like.ts';

/** What the empty field takes: shown while nothing is looked for. */
export function FindHints() {
  return (
    <div className="grid min-h-0 flex-1 place-content-center justify-items-center gap-5 overflow-hidden p-6 text-14 text-muted stacked:hidden">
      <span className="text-faint">
        <ScanBarcode size={48} strokeWidth={1} aria-hidden />
      </span>
      <dl className="grid grid-cols-[auto_auto] items-center gap-x-4 gap-y-2.5">
        <Hint keys={['n', '*']}>
          <Trans>so many packs of the next article</Trans>
        </Hint>
        <Hint keys={['+', '−']}>
          <Trans>one pack more or less</Trans>
        </Hint>
        <Hint keys={['/']}>
          <Trans>packs and loose units of the line</Trans>
        </Hint>
        <Hint keys={['F6']}>
          <Trans>batch of the line</Trans>
        </Hint>
      </dl>
    </div>
  );
}

function Hint({ keys, children }: { readonly keys: readonly string[]; readonly children: ReactNode }) {
  return (
    <>
      <dt dir="ltr" className="flex gap-1 justify-self-end">
        {keys.map((key) => (
          <Kbd key={key}>{key}</Kbd>
        ))}
      </dt>
      <dd>{children}</dd>
    </>
  );
}

/** No pack by this name; a code is tried as one with Enter. */
export function NothingFound({ text }: { readonly text: string }) {
  const { t } = useLingui();
  const words = text.trim();
  return (
    <EmptyState
      icon={<SearchX size={28} strokeWidth={1.5} aria-hidden />}
      title={t`Nothing matches “${words}”`}
    >
      {isCodeLike(words) ? (
        <Trans>Enter reads it as a code. Esc clears the field.</Trans>
      ) : (
        <Trans>Try fewer letters, the generic name, or part of the code. Esc clears the field.</Trans>
      )}
    </EmptyState>
  );
}
