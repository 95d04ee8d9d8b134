import { Trans, useLingui } from '@lingui/react/macro';
import { Announce } from '#shared/ui/announce.tsx';
import { Button } from '#shared/ui/button.tsx';
import { Pane } from '#shared/ui/pane.tsx';
import { PaperPicture } from '#shared/ui/paper-picture.tsx';
import { setDesk } from '../desk.ts';
import { Frame } from '../frame/frame.tsx';
import { useCommands } from '../keys/command-keys.tsx';
import { ReceiptFileKey } from '../receipt-file/receipt-file-key.tsx';
import { useRefusalWords } from '../sell/refusal-words.tsx';
import { WordsNote } from '../sell/words-note.tsx';
import { DesignForm } from './design-form.tsx';
import { useReceiptDesign } from './use-receipt-design.ts';

/** How the store's receipts look: changed at the leading side, seen at once on this counter's paper at the other. */
export function ReceiptDesignTask() {
  const { t } = useLingui();
  const words = useRefusalWords();
  const { design, change, preview, refusal, saved, save } = useReceiptDesign();
  const back = () => setDesk({ task: 'sell' });
  useCommands({ back, scan: back, pay: () => void save() });
  const said = saved ? t`Saved for all tills of the store.` : '';
  return (
    <Frame
      moment={[
        { keys: 'Tab', label: t`next field` },
        { keys: 'F9', label: t`save the design` },
        { keys: 'Ctrl+S', label: t`sample as a file` },
        { keys: 'Esc', label: t`back to sale` },
      ]}
    >
      <main className="panes">
        <Pane title={t`Receipt design`}>
          {design && <DesignForm design={design} onChange={change} />}
          <div className="grid flex-none gap-3 border-t border-line-soft p-4">
            {refusal && <WordsNote {...words(refusal)} />}
            {said !== '' && <p className="text-14 font-semibold">{said}</p>}
            <Announce words={said} />
            <Button kind="primary" size={56} keys="F9" onClick={() => void save()}>
              <Trans>Save the design</Trans>
            </Button>
          </div>
        </Pane>
        <section
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a long receipt is scrolled by keyboard too
          tabIndex={0}
          aria-label={t`A sample receipt`}
          className="min-h-0 overflow-auto rounded-10 border border-line bg-surface-2 p-5"
        >
          {preview && (
            <PaperPicture {...preview} alt={t`A sample receipt`} className="mx-auto max-w-full shadow-1" />
          )}
        </section>
      </main>
      {design && <ReceiptFileKey source={{ design }} />}
    </Frame>
  );
}
