import { useLingui } from '@lingui/react/macro';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { CartView } from '#shared/sales/calls-cart.ts';
import { Badge } from '#shared/ui/badge.tsx';
import { cx } from '#shared/ui/cx.ts';
import { setDesk, useDesk } from '../desk.ts';
import { askElsewhere } from '../elsewhere/use-elsewhere.ts';
import { useCommands } from '../keys/command-keys.tsx';
import { isCodeLike } from './code-like.ts';
import { FindHints, NothingFound } from './find-hints.tsx';
import { parseTimes } from './parse-quantity.ts';
import { QuickKeys } from './quick-keys.tsx';
import { RefusalNote } from './refusal-note.tsx';
import { optionId, Results } from './results.tsx';
import { SearchField } from './search-field.tsx';
import { type Found, useSearch } from './use-search.ts';
import { useSelling } from './use-selling.ts';

/** So many lines go by at once with the page keys. */
const PAGE = 8;

/** The scan and search field, what it found, and the quick keys. */
export function FindPane({ cart }: { readonly cart: CartView }) {
  const { t } = useLingui();
  const field = useRef<HTMLInputElement>(null);
  const text = useDesk((desk) => desk.text);
  const packs = useDesk((desk) => desk.packs);
  const find = useFind(text);
  const { found, chosen } = find;
  const refused = useDesk((desk) => desk.refused !== null);
  const editing = useDesk((desk) => desk.editingLineId !== null);
  const overlaid = useDesk((desk) => desk.overlay !== null || desk.refused?.refusal.code === 'BATCH_STOPPED');
  useEffect(() => {
    if (!editing && !overlaid) field.current?.focus();
  }, [editing, overlaid]);
  useEffect(() => {
    if (found || refused) field.current?.closest('.panes')?.scrollTo({ top: 0 });
  }, [found, refused]);
  const marked = found?.hits[chosen];
  useCommands({
    ...(marked && {
      elsewhere: askElsewhere(marked.packId),
      substitutes: () =>
        setDesk({
          task: 'substitutes',
          asked: { packId: marked.packId, lineId: null, wantBase: (packs ?? 1) * marked.packSize },
        }),
    }),
    scan: () => field.current?.focus(),
    back: () => stepBack(find.reset),
  });

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE, PageUp: -PAGE }[event.key];
    if (by) {
      event.preventDefault();
      if (found?.hits.length) find.move(by);
      else chooseLine(cart, by);
    }
    if (event.key === 'Enter' && !event.ctrlKey && text.trim() !== '') find.enter();
    if (event.key === 'Backspace' && text === '' && packs !== null) setDesk({ packs: null });
  };
  return (
    <div className="flex min-h-0 min-w-0 flex-col gap-3 stacked:contents">
      <SearchField
        ref={field}
        label={t`Scan or search`}
        placeholder={t`Scan, or name, generic, code`}
        list="results"
        expanded={Boolean(found?.hits.length)}
        active={found?.hits[chosen] ? optionId(chosen) : undefined}
        lead={packs !== null && <Badge tone="info">{t`${packs} packs ×`}</Badge>}
        keys="F2"
        data-gives-keys=""
        className="stacked:sticky stacked:top-0 stacked:z-20 stacked:shadow-[0_-8px_0_var(--bg)]"
        onText={typed}
        {...{ text, onKeyDown }}
      />
      <section
        aria-label={t`Find`}
        className={cx(
          'flex min-h-0 flex-1 flex-col overflow-hidden rounded-10 border border-line bg-surface stacked:flex-none stacked:overflow-visible',
          // Stacked, what was found or refused stands right under the field, and quick keys under the sale.
          !found && !refused && 'stacked:order-2',
        )}
      >
        <RefusalNote />
        {found && found.hits.length > 0 && <Results found={found} chosen={chosen} onPick={find.pick} />}
        {found && found.hits.length === 0 && <NothingFound text={found.text} />}
        {!found && <FindHints />}
        <QuickKeys hidden={found !== null} />
      </section>
    </div>
  );
}

/** The search and what Enter does with it, also when the answer to the last letter is not there yet. */
function useFind(text: string) {
  const selling = useSelling();
  const [choice, setChoice] = useState({ text: '', index: 0 });
  const entered = useRef<string | null>(null);
  const chosen = choice.text === text ? choice.index : 0;

  const add = (found: Found, index: number) => {
    entered.current = null;
    const hit = found.hits[index];
    const done = hit
      ? selling.addPack(hit.packId)
      : isCodeLike(found.text)
        ? selling.scan(found.text.trim())
        : null;
    // Only if the person has not typed on meanwhile.
    void done?.then((ok) => ok && useDesk.getState().text === found.text && setDesk({ text: '' }));
  };
  const found = useSearch(text, (answer) => {
    if (entered.current === answer.text) add(answer, 0);
  });
  return {
    found,
    chosen,
    move(by: number): void {
      const last = (found?.hits.length ?? 1) - 1;
      setChoice({ text, index: Math.min(Math.max(chosen + by, 0), last) });
    },
    pick: (index: number) => found && add(found, index),
    enter(): void {
      if (found?.text === text) add(found, chosen);
      else entered.current = text;
    },
    reset: () => setChoice({ text: '', index: 0 }),
  };
}

/** `3*` is a quantity for what comes next; everything else is looked up. */
function typed(text: string): void {
  const packs = parseTimes(text);
  setDesk(packs === null ? { text, chosenLineId: null } : { text: '', packs });
}

/** Esc: takes back the last thing that was begun, one at a time; the sale itself it never touches. */
function stepBack(reset: () => void): void {
  const { refused, text, packs, chosenLineId } = useDesk.getState();
  reset();
  if (refused) setDesk({ refused: null });
  else if (text !== '') setDesk({ text: '' });
  else if (packs !== null) setDesk({ packs: null });
  else if (chosenLineId !== null) setDesk({ chosenLineId: null });
}

function chooseLine(cart: CartView, by: number): void {
  const { chosenLineId } = useDesk.getState();
  const at = cart.lines.findIndex(({ lineId }) => lineId === chosenLineId);
  const next = at < 0 ? cart.lines.length - 1 : Math.min(Math.max(at + by, 0), cart.lines.length - 1);
  const line = cart.lines[next];
  if (line) setDesk({ chosenLineId: line.lineId });
}
