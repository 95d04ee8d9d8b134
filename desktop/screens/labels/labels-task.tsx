import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { Announce } from '#shared/ui/announce.tsx';
import { Button } from '#shared/ui/button.tsx';
import { Pane } from '#shared/ui/pane.tsx';
import { setDesk } from '../desk.ts';
import { Frame } from '../frame/frame.tsx';
import { useCommands } from '../keys/command-keys.tsx';
import { NothingFound } from '../sell/find-hints.tsx';
import { optionId, Results } from '../sell/results.tsx';
import { SearchField } from '../sell/search-field.tsx';
import { useSearch } from '../sell/use-search.ts';
import { WordsNote } from '../sell/words-note.tsx';
import { LabelPreview } from './label-preview.tsx';
import { type Labels, useLabels } from './use-labels.ts';
import { WantedList, wantedId } from './wanted-list.tsx';
import { useLabelWords } from './words.ts';

/** Shelf labels: packs are found and counted at the leading side, looked at and printed at the trailing one. */
export function LabelsTask() {
  const { t } = useLingui();
  const [text, setText] = useState('');
  const labels = useLabels();
  const { wanted, chosen, total } = labels;
  const pack = wanted[chosen]?.pack;
  const toSale = () => setDesk({ task: 'sell' });
  useCommands({
    back: () => (text === '' ? toSale() : setText('')),
    scan: toSale,
    pay: () => void labels.print(),
    ...(text === '' &&
      pack && {
        more: () => labels.change(1),
        less: () => labels.change(-1),
        remove: labels.remove,
      }),
  });
  return (
    <Frame
      moment={[
        { keys: '↑+↓', label: t`choose` },
        { keys: 'Enter', label: t`add a label` },
        { keys: 'F9', label: t`print labels` },
        { keys: 'Esc', label: t`back to sale` },
      ]}
    >
      <main className="panes">
        <Find text={text} onText={setText} labels={labels} />
        <Pane
          title={t`Shelf labels`}
          aside={total > 0 && t`${plural(total, { one: '# label', other: '# labels' })}`}
        >
          {text === '' && <WantedList labels={labels} />}
          <div className="flex flex-none flex-col items-center gap-4 border-t border-line-soft p-4">
            {pack && <LabelPreview key={pack.packId} packId={pack.packId} />}
            <Outcome labels={labels} />
            <Button
              kind="primary"
              size={56}
              keys="F9"
              disabled={total === 0}
              className="w-full"
              onClick={() => void labels.print()}
            >
              <Trans>Print labels</Trans>
            </Button>
          </div>
        </Pane>
      </main>
    </Frame>
  );
}

function Outcome({ labels: { refusal, printed } }: { readonly labels: Labels }) {
  const { t } = useLingui();
  const words = useLabelWords();
  const said =
    printed === null ? '' : t`${plural(printed, { one: '# label printed', other: '# labels printed' })}`;
  return (
    <>
      {refusal && <WordsNote {...words(refusal)} />}
      {said !== '' && <p className="text-14 font-semibold">{said}</p>}
      <Announce words={said} />
    </>
  );
}

function Find({
  text,
  onText,
  labels,
}: {
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly labels: Labels;
}) {
  const { t } = useLingui();
  const field = useRef<HTMLInputElement>(null);
  const [choice, setChoice] = useState({ text: '', index: 0 });
  const found = useSearch(text, () => {});
  const chosen = choice.text === text ? choice.index : 0;
  useEffect(() => field.current?.focus(), []);
  const pick = (index: number) => {
    const hit = found?.text === text ? found.hits[index] : undefined;
    if (!hit) return;
    labels.add(hit);
    onText('');
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) {
      event.preventDefault();
      const last = Math.max((found?.hits.length ?? 1) - 1, 0);
      if (found) setChoice({ text, index: Math.min(Math.max(chosen + by, 0), last) });
      else labels.choose(labels.chosen + by);
    }
    if (event.key === 'Enter' && !event.ctrlKey) {
      if (text !== '') pick(chosen);
      else labels.change(1);
    }
  };
  const active = found?.hits[chosen]
    ? optionId(chosen)
    : labels.wanted[labels.chosen] && wantedId(labels.chosen);
  return (
    <div className="flex min-h-0 min-w-0 flex-col gap-3">
      <SearchField
        ref={field}
        label={t`Find packs for labels`}
        placeholder={t`Name, generic, code`}
        list={found ? 'results' : 'labels'}
        expanded={Boolean(found?.hits.length)}
        data-gives-keys=""
        {...{ active, text, onText, onKeyDown }}
      />
      <section
        aria-label={t`Packs`}
        className="flex min-h-0 flex-1 flex-col overflow-hidden rounded-10 border border-line bg-surface"
      >
        {found && found.hits.length > 0 && <Results found={found} chosen={chosen} onPick={pick} />}
        {found && found.hits.length === 0 && <NothingFound text={found.text} />}
        {!found && <Hints />}
      </section>
    </div>
  );
}

function Hints() {
  const { t } = useLingui();
  return (
    <p className="m-auto max-w-[36ch] p-6 text-center text-14 text-muted">
      {t`Type part of a name. + and − change how many labels of the chosen pack are printed, Del takes it off the list.`}
    </p>
  );
}
