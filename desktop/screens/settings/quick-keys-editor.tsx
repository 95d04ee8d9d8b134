import { Trans, useLingui } from '@lingui/react/macro';
import { type KeyboardEvent, useRef, useState } from 'react';
import type { StoreSettings } from '#shared/auth/calls-store-settings.ts';
import { Button } from '#shared/ui/button.tsx';
import { Kbd } from '#shared/ui/kbd.tsx';
import { optionId, Results } from '../sell/results.tsx';
import { SearchField } from '../sell/search-field.tsx';
import { useSearch } from '../sell/use-search.ts';

type QuickKey = StoreSettings['sales.quick-keys'][number];

/** Ctrl+1 to Ctrl+9. */
const most = 9;

/** The articles of the quick keys, in order: one that is found goes behind the last, one taken out moves the rest up. */
export function QuickKeysEditor({
  keys: stored,
  onKeys,
}: {
  readonly keys: readonly QuickKey[];
  readonly onKeys: (keys: QuickKey[]) => void;
}) {
  const { t } = useLingui();
  const [keys, setKeys] = useState(stored);
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const found = useSearch(text, () => setChosen(0));
  const set = (next: readonly QuickKey[]) => {
    setKeys(next);
    onKeys([...next]);
    field.current?.focus();
  };
  const add = (index: number) => {
    const hit = found?.text === text ? found.hits[index] : undefined;
    if (!hit || keys.length >= most) return;
    setText('');
    if (!keys.some(({ packId }) => packId === hit.packId))
      set([...keys, { packId: hit.packId, label: hit.brand }]);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by && found) {
      event.preventDefault();
      setChosen(Math.min(Math.max(chosen + by, 0), Math.max(found.hits.length - 1, 0)));
    }
    // Enter in a field of a form would save it.
    if (event.key === 'Enter' && text !== '') {
      event.preventDefault();
      add(chosen);
    }
  };
  return (
    <>
      <SearchField
        ref={field}
        label={t`Article for the next key`}
        placeholder={keys.length < most ? t`Name, generic, code` : t`All nine have an article`}
        list={found ? 'results' : 'quick-keys'}
        expanded={Boolean(found?.hits.length)}
        active={found?.hits[chosen] ? optionId(chosen) : undefined}
        {...{ text, onKeyDown }}
        onText={setText}
      />
      {found && found.hits.length > 0 ? (
        <div className="flex h-80 flex-col overflow-hidden rounded-10 border border-line">
          <Results found={found} chosen={chosen} onPick={add} />
        </div>
      ) : (
        <ol id="quick-keys" className="grid gap-2">
          {keys.map(({ packId, label }, i) => (
            <li key={packId} className="flex items-center gap-3 border-b border-line-soft pb-2">
              <Kbd>{String(i + 1)}</Kbd>
              <bdi className="min-w-0 flex-1 truncate font-semibold">{label}</bdi>
              <Button kind="quiet" onClick={() => set(keys.filter((key) => key.packId !== packId))}>
                <Trans>Take it off</Trans>
              </Button>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}
