import { Trans, useLingui } from '@lingui/react/macro';
import { ScanBarcode } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { Announce } from '#shared/ui/announce.tsx';
import { Pane } from '#shared/ui/pane.tsx';
import { EmptyState } from '#shared/ui/states.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { setDesk } from '../desk.ts';
import { askElsewhere } from '../elsewhere/use-elsewhere.ts';
import { Frame } from '../frame/frame.tsx';
import { useCommands } from '../keys/command-keys.tsx';
import { isCodeLike } from '../sell/code-like.ts';
import { NothingFound } from '../sell/find-hints.tsx';
import { useRefusalWords } from '../sell/refusal-words.tsx';
import { optionId, Results } from '../sell/results.tsx';
import { SearchField } from '../sell/search-field.tsx';
import { useSearch } from '../sell/use-search.ts';
import { WordsNote } from '../sell/words-note.tsx';
import { CheckedPane } from './checked-pane.tsx';
import { useCheck } from './use-check.ts';

/** What something costs and what is there of it: scanned or found, without touching the sale. Esc leaves. */
export function PriceCheckTask() {
  const { t } = useLingui();
  const words = useRefusalWords();
  const [text, setText] = useState('');
  const { checked, ask } = useCheck(() => setText(''));
  const toSale = () => setDesk({ task: 'sell' });
  const format = useFormat();
  const pack = checked?.pack;
  const said = pack
    ? `${pack.name}. ${pack.priceMinor === null ? t`No price` : format.money(pack.priceMinor)}`
    : '';
  useCommands({
    back: () => (text === '' ? toSale() : setText('')),
    scan: toSale,
    ...(pack && {
      elsewhere: askElsewhere(pack.packId),
      substitutes: () => setDesk({ task: 'substitutes', asked: { packId: pack.packId, lineId: null } }),
    }),
  });
  return (
    <Frame
      current="priceCheck"
      moment={[
        { keys: '↑+↓', label: t`choose` },
        { keys: 'Enter', label: t({ message: 'show', comment: 'Enter shows the price' }) },
        { keys: 'Esc', label: t`back to sale` },
      ]}
    >
      <main className="panes">
        <Find text={text} onText={setText} onAsk={ask} />
        <Pane title={t`Price check`} aside={<Trans>The sale is left as it is</Trans>}>
          <Announce words={said} />
          {checked?.refusal && (
            <div className="p-4">
              <WordsNote {...words(checked.refusal)} />
            </div>
          )}
          {pack && <CheckedPane key={pack.packId} pack={pack} />}
          {!checked && (
            <EmptyState
              title={t`Scan a pack, or find it by name`}
              icon={<ScanBarcode size={48} strokeWidth={1} aria-hidden />}
            />
          )}
        </Pane>
      </main>
    </Frame>
  );
}

function Find({
  text,
  onText,
  onAsk,
}: {
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly onAsk: ReturnType<typeof useCheck>['ask'];
}) {
  const { t } = useLingui();
  const field = useRef<HTMLInputElement>(null);
  const [index, setIndex] = useState(0);
  const found = useSearch(text, () => setIndex(0));
  useEffect(() => field.current?.focus(), []);
  const hitAt = (at: number) => (found?.text === text ? found.hits[at] : undefined);
  const marked = hitAt(index);
  useCommands({ ...(marked && { elsewhere: askElsewhere(marked.packId) }) });
  const pick = (at: number) => {
    const hit = hitAt(at);
    if (hit) onAsk({ packId: hit.packId });
    else if (isCodeLike(text)) onAsk({ code: text.trim() });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by !== undefined && found) {
      event.preventDefault();
      setIndex(Math.min(Math.max(index + by, 0), found.hits.length - 1));
    }
    if (event.key === 'Enter' && text.trim() !== '') pick(index);
  };
  return (
    <div className="flex min-h-0 min-w-0 flex-col gap-3">
      <SearchField
        ref={field}
        label={t`Scan or search`}
        placeholder={t`Scan, or name, generic, code`}
        list="results"
        expanded={Boolean(found?.hits.length)}
        active={found?.hits[index] ? optionId(index) : undefined}
        keys="Esc"
        {...{ text, onText, onKeyDown }}
      />
      <section
        aria-label={t`Find`}
        className="flex min-h-0 flex-1 flex-col overflow-hidden rounded-10 border border-line bg-surface"
      >
        {found && found.hits.length > 0 && (
          <Results
            found={found}
            chosen={index}
            onPick={(at) => {
              setIndex(at);
              pick(at);
            }}
          />
        )}
        {found && found.hits.length === 0 && <NothingFound text={found.text} />}
      </section>
    </div>
  );
}
