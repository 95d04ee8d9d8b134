import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useRef } from 'react';
import { shelfLabel } from '#shared/catalog/label-defaults.ts';
import { type LabelTemplateError, longestTemplate } from '#shared/catalog/label-template.ts';
import { Announce } from '#shared/ui/announce.tsx';
import { Button } from '#shared/ui/button.tsx';
import { Pane } from '#shared/ui/pane.tsx';
import { setDesk } from '../desk.ts';
import { Frame } from '../frame/frame.tsx';
import { useCommands } from '../keys/command-keys.tsx';
import { WordsNote } from '../sell/words-note.tsx';
import { LabelPreview } from './label-preview.tsx';
import { TemplateHelp } from './template-help.tsx';
import { useTemplateWords } from './template-words.ts';
import { useLabelTemplate } from './use-label-template.ts';
import { useLabelWords } from './words.ts';

/** The store's shelf label: written at the leading side, seen with every key at the other, saved for all its tills. */
export function LabelTemplateTask() {
  const { t } = useLingui();
  const words = useLabelWords();
  const { text, readable, problems, outcome, change, save } = useLabelTemplate();
  const back = () => setDesk({ task: 'sell' });
  useCommands({ back, scan: back, pay: () => void save() });
  const said = outcome === 'saved' ? t`Saved for all tills of the store.` : '';
  return (
    <Frame
      moment={[
        { keys: 'Tab', label: t`next` },
        { keys: 'F9', label: t`save the template` },
        { keys: 'Esc', label: t`back to sale` },
      ]}
    >
      <main className="panes" style={{ gridTemplateColumns: 'minmax(0, 1.4fr) minmax(0, 1fr)' }}>
        <Pane title={t`Label template`}>
          {text !== null && <Source {...{ text, problems }} onChange={change} />}
          <Problems problems={problems} />
          <div className="grid flex-none gap-3 border-t border-line-soft p-4 low:p-2">
            {outcome !== null && outcome !== 'saved' && <WordsNote {...words(outcome)} />}
            {said !== '' && <p className="text-14 font-semibold">{said}</p>}
            <Announce words={said} />
            <div className="flex flex-wrap gap-3">
              <Button size={56} onClick={() => change(shelfLabel)}>
                <Trans>Pestle’s own</Trans>
              </Button>
              <Button
                kind="primary"
                size={56}
                keys="F9"
                grow
                disabled={text === null || problems.length > 0}
                onClick={() => void save()}
              >
                <Trans>Save the template</Trans>
              </Button>
            </div>
          </div>
        </Pane>
        <Pane title={t`A sample label`}>
          <section
            // biome-ignore lint/a11y/noNoninteractiveTabindex: the help is scrolled by keyboard too
            tabIndex={0}
            aria-label={t`A sample label`}
            className="grid min-h-0 flex-1 content-start gap-5 overflow-auto p-4"
          >
            {readable !== null && <LabelPreview template={readable} />}
            <TemplateHelp />
          </section>
        </Pane>
      </main>
    </Frame>
  );
}

/** The text with its line numbers; both scroll together, because neither scrolls alone. */
function Source({
  text,
  problems,
  onChange,
}: {
  readonly text: string;
  readonly problems: readonly LabelTemplateError[];
  readonly onChange: (text: string) => void;
}) {
  const { t } = useLingui();
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const lines = text.split('\n');
  const faulty = new Set(problems.map((problem) => ('line' in problem ? problem.line : 1)));
  return (
    <div dir="ltr" className="flex min-h-0 flex-1 overflow-auto font-mono text-14 leading-6">
      <ol
        aria-hidden
        className="flex-none border-e border-line-soft bg-surface-2 py-3 text-end text-faint select-none"
      >
        {lines.map((_, i) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
            key={i}
            className={faulty.has(i + 1) ? 'bg-stop-soft px-3 font-semibold text-stop' : 'px-3'}
          >
            {i + 1}
          </li>
        ))}
      </ol>
      <textarea
        ref={field}
        value={text}
        rows={lines.length + 1}
        wrap="off"
        maxLength={longestTemplate}
        spellCheck={false}
        autoComplete="off"
        aria-label={t`Template, an instruction a line`}
        aria-invalid={problems.length > 0 || undefined}
        aria-describedby="template-problems"
        onChange={({ target }) => onChange(target.value)}
        className="min-h-full flex-1 resize-none overflow-y-hidden bg-surface px-3 py-3 whitespace-pre outline-none focus-visible:-outline-offset-3"
      />
    </div>
  );
}

function Problems({ problems }: { readonly problems: readonly LabelTemplateError[] }) {
  const words = useTemplateWords();
  return (
    <div id="template-problems" role="status" className="max-h-40 flex-none overflow-auto">
      {problems.length > 0 && (
        <ul className="grid gap-1 px-4 py-2">
          {problems.map((problem) => {
            const line = 'line' in problem ? problem.line : null;
            const word = 'word' in problem ? problem.word : 'what' in problem ? problem.what : null;
            return (
              <li key={line} className="text-14 font-semibold text-stop">
                {words({ problem: problem.code, line, word })}
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}
