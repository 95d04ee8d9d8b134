import { useLingui } from '@lingui/react/macro';
import { useEffect, useRef, useState } from 'react';
import { setDesk } from '../desk.ts';
import { Frame } from '../frame/frame.tsx';
import { useCommands } from '../keys/command-keys.tsx';
import { useLive } from '../live.ts';
import { answerOf } from '../refusal.ts';
import { useTill } from '../till.ts';
import { AttentionPane } from './attention-pane.tsx';
import { Facts } from './facts.tsx';
import { Hero } from './hero.tsx';
import { SaveFoot } from './save-foot.tsx';
import { useScreenKeys } from './use-screen-keys.ts';
import { useSyncReport } from './use-sync-report.ts';
import { WaitingTable } from './waiting-table.tsx';

/** How this till stands with HQ: the link, what waits and since when, how far HQ has got, and what it did not take. */
export function SyncStatusTask() {
  const { t } = useLingui();
  const till = useTill();
  const sync = useLive(till.sync);
  const { report, now } = useSyncReport();
  const { trying, tryNow } = useTryNow();
  const button = useRef<HTMLButtonElement>(null);
  const known = sync !== null;
  useEffect(() => {
    if (known) button.current?.focus();
  }, [known]);
  const back = () => setDesk({ task: 'sell' });
  useCommands({ back, scan: back });
  useScreenKeys({ Enter: tryNow, NumpadEnter: tryNow });
  return (
    <Frame
      current="syncStatus"
      moment={[
        { keys: 'Enter', label: t`try now` },
        { keys: 'Ctrl+S', label: t`save` },
        { keys: 'Tab', label: t`next` },
        { keys: 'Esc', label: t`to sale` },
      ]}
    >
      <main className="panes sync-panes">
        {sync && (
          <>
            <section className="flex min-h-0 flex-col overflow-hidden rounded-10 border border-line bg-surface">
              <Hero
                ref={button}
                {...{ sync, now, trying }}
                changes={report ? report.kinds.reduce((sum, { changes }) => sum + changes, 0) : null}
                onTry={tryNow}
              />
              <Facts sync={sync} report={report} now={now} />
              <div className="flex min-h-0 flex-1 flex-col overflow-auto">
                {report && <WaitingTable kinds={report.kinds} transactions={sync.waiting} now={now} />}
              </div>
              <SaveFoot />
            </section>
            <AttentionPane sync={sync} report={report} now={now} />
          </>
        )}
      </main>
    </Frame>
  );
}

function useTryNow(): { readonly trying: boolean; readonly tryNow: () => void } {
  const { client } = useTill();
  const [trying, setTrying] = useState(false);
  const tryNow = async () => {
    setTrying(true);
    await answerOf(client.auth.syncNow());
    setTrying(false);
  };
  return { trying, tryNow: () => void tryNow() };
}
