import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { AuditFilter } from '#shared/auth/calls-audit.ts';
import { Button } from '#shared/ui/button.tsx';
import { Pane } from '#shared/ui/pane.tsx';
import { EmptyState, ErrorState } from '#shared/ui/states.tsx';
import { setDesk } from '../desk.ts';
import { Frame } from '../frame/frame.tsx';
import { useCommands } from '../keys/command-keys.tsx';
import { useRefusalWords } from '../sell/refusal-words.tsx';
import { useScreenKeys } from '../sync-status/use-screen-keys.ts';
import { AuditFilterBar } from './audit-filter.tsx';
import { AuditList } from './audit-list.tsx';
import { type Choices, useChoices, useEntries, useSaving, useVerification } from './use-audit.ts';
import { VerifyNote } from './verify-note.tsx';

const toSale = () => setDesk({ task: 'sell' });

/** Everything privileged that was done in this store, for who may read it; and whether this till's books are whole. */
export function AuditTask() {
  const { t } = useLingui();
  const [filter, setFilter] = useState<AuditFilter>({});
  const { pages, refusal, more } = useEntries(filter);
  const { saved, save } = useSaving(filter);
  const { verified, rate, start, cancel } = useVerification();
  const words = useRefusalWords();
  const choices = useChoices();
  useCommands({ back: toSale, scan: toSale });
  useScreenKeys({ 'Ctrl+KeyS': () => void save(), 'Ctrl+KeyY': () => void start(), 'Ctrl+ArrowDown': more });
  return (
    <Frame
      moment={[
        { keys: 'Tab', label: t`next` },
        { keys: 'Ctrl+Y', label: t`verify` },
        { keys: 'Ctrl+S', label: t`save` },
        { keys: 'Esc', label: t`to sale` },
      ]}
    >
      <main className="grid min-h-0 p-(--gutter) low:auto-rows-max low:overflow-auto">
        <Pane title={t`Audit`}>
          {refusal ? (
            <ErrorState title={words(refusal).title}>{words(refusal).next}</ErrorState>
          ) : (
            <Entries
              {...{ filter, choices, pages, more }}
              onChange={(to) => setFilter({ ...filter, ...to })}
            />
          )}
          {!refusal && (
            <footer className="mt-auto flex flex-none flex-wrap items-center gap-3 border-t border-line-soft px-4 py-3">
              <div role="status" className="min-w-60 flex-1 text-14 text-muted">
                <VerifyNote verified={verified} rate={rate} onCancel={cancel} />
                {saved && (
                  <p>
                    {'fileName' in saved ? (
                      <Trans>Saved as {saved.fileName}.</Trans>
                    ) : (
                      words(saved.refusal).title
                    )}
                  </p>
                )}
              </div>
              <Button keys="Ctrl+S" onClick={() => void save()}>
                <Trans>Save as CSV</Trans>
              </Button>
              <Button kind="primary" keys="Ctrl+Y" onClick={() => void start()}>
                <Trans>Verify</Trans>
              </Button>
            </footer>
          )}
        </Pane>
      </main>
    </Frame>
  );
}

function Entries({
  filter,
  choices,
  pages,
  more,
  onChange,
}: Pick<ReturnType<typeof useEntries>, 'pages' | 'more'> & {
  readonly filter: AuditFilter;
  readonly choices: Choices;
  readonly onChange: (change: AuditFilter) => void;
}) {
  const { t } = useLingui();
  return (
    <>
      <AuditFilterBar filter={filter} choices={choices} onChange={onChange} />
      {pages && pages.rows.length === 0 ? (
        <EmptyState title={t`Nothing to show`}>
          <Trans>Nothing privileged was done, or the filter lets none of it through.</Trans>
        </EmptyState>
      ) : (
        pages && <AuditList rows={pages.rows} onMore={pages.next ? more : undefined} />
      )}
    </>
  );
}
