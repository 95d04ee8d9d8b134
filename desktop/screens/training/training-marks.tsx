import { Trans, useLingui } from '@lingui/react/macro';
import { GraduationCap } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { Announce } from '#shared/ui/announce.tsx';
import { isCustomerView } from '../customer-display/customer-screen.tsx';
import { useTraining } from './use-training.ts';

/**
 * Round every screen of a training: a bar over it that no dialog covers, a frame, and the word all over it. The window's
 * title says it too, and a screen reader is told when it begins.
 */
export function TrainingMarks({ children }: { readonly children: ReactNode }) {
  const { t } = useLingui();
  const [words, setWords] = useState('');
  useEffect(() => {
    // A region that comes with its words is not read.
    setWords(t`Training. Nothing here is real: no sale counts and no money is taken.`);
    const { title } = document;
    document.title = t`TRAINING – ${title}`;
    return () => {
      document.title = title;
    };
  }, [t]);
  return (
    <div className="training">
      <Bar />
      <Announce words={words} />
      <div className="min-h-0">{children}</div>
      <Watermark />
    </div>
  );
}

function Bar() {
  const { t } = useLingui();
  const training = useTraining();
  return (
    <aside
      aria-label={t`Training`}
      className="training-bar flex min-w-0 items-center gap-4 bg-ink px-gutter py-1 text-surface low:py-0"
    >
      <GraduationCap size={24} aria-hidden className="flex-none" />
      <strong className="flex-none text-20 low:text-16">
        <Trans>TRAINING</Trans>
      </strong>
      <span className="min-w-0 flex-1 truncate text-14">
        <Trans>Nothing here is real: no sale counts, no money is taken, no paper is a receipt.</Trans>
      </span>
      {!isCustomerView(window) && (
        <button
          type="button"
          className="flex-none rounded-6 border border-current px-3 text-14 font-semibold min-h-8 low:min-h-7"
          onClick={() => void training.end()}
        >
          <Trans>End training</Trans>
        </button>
      )}
    </aside>
  );
}

/** All over the window, in nobody's way. A picture, because axe takes letters that are meant to be faint for a fault. */
function Watermark() {
  const { t } = useLingui();
  const picture = tileOf(t`TRAINING`);
  return <div aria-hidden className="training-watermark" style={{ maskImage: picture }} />;
}

/** One tile of the watermark, as CSS has it: the word, aslant. */
function tileOf(word: string): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="260"><text x="240" y="150" text-anchor="middle" transform="rotate(-20 240 130)" font-family="Inter, Noto Sans Arabic, sans-serif" font-size="68" font-weight="700">${word}</text></svg>`;
  return `url("data:image/svg+xml,${encodeURIComponent(svg)}")`;
}
