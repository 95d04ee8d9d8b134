import { useLingui } from '@lingui/react/macro';
import { type ReactNode, useState } from 'react';
import { Frame } from '../frame/frame.tsx';
import { useScreenKeys } from '../sync-status/use-screen-keys.ts';
import { FiscalNote } from './fiscal-note.tsx';
import { PrinterList } from './printer-list.tsx';
import { PrinterPane } from './printer-pane.tsx';
import { asFirst, asSecond, type Notes, printerRows, typedAddress, withProfile } from './printer-rows.ts';
import { useUnprinted } from './unprinted.tsx';
import { useCondition, usePrinters } from './use-printers.ts';

/** The receipt printers of this counter: what hangs on it, how it is now, which one is used, and tests of each. */
export function ReceiptsPart({ parts }: { readonly parts: ReactNode }) {
  const { t } = useLingui();
  const printers = usePrinters();
  const [notes, setNotes] = useState<Notes>({ typed: [], profiles: {} });
  const [at, setAt] = useState<string | null>(null);
  const [round, setRound] = useState(0);
  /** A field takes the letters that are keys elsewhere on this screen. */
  const [typing, setTyping] = useState(false);
  const { report } = printers;
  const rows = report ? printerRows(report, notes) : [];
  const row = rows.find(({ address }) => address === at) ?? rows[0];
  const chosen = report?.chosen ?? null;
  const condition = useCondition(row, round);
  const unprinted = useUnprinted(printers.settle);

  const again = () => setRound((now) => now + 1);
  const choose = (next: Parameters<typeof printers.choose>[0], then: string) =>
    void printers.choose(next, then).then(again);
  const acts = {
    first: () =>
      row && chosen && row.role !== 'first' && choose(asFirst(chosen, row), t`Receipts are printed here now`),
    second: () =>
      row &&
      chosen &&
      row.role !== 'first' &&
      choose(
        asSecond(chosen, row),
        row.role === 'second' ? t`There is no second printer now` : t`The second printer is this one now`,
      ),
    test: () => row && void printers.testPrint(row).then(again),
    drawer: () => void printers.testDrawer().then(again),
    again,
  };
  const add = (text: string) => {
    const address = typedAddress(text);
    setNotes({ ...notes, typed: [...notes.typed, address] });
    setAt(address);
  };
  const setProfile = (profile: string) => {
    if (!row || !chosen) return;
    if (row.role === null) setNotes({ ...notes, profiles: { ...notes.profiles, [row.address]: profile } });
    else choose(withProfile(chosen, row, profile), t`The model was changed`);
  };
  useScreenKeys(
    typing
      ? {}
      : {
          ...{ Enter: acts.first, NumpadEnter: acts.first, KeyS: acts.second },
          ...{ KeyT: acts.test, KeyD: acts.drawer, KeyR: again },
          ...unprinted.keys,
        },
  );
  return (
    <Frame
      moment={[
        { keys: '↑+↓', label: t`choose` },
        ...(row?.role === 'first' ? [] : [{ keys: 'Enter', label: t`use it` }]),
        { keys: 'T', label: t`test` },
        { keys: 'Ctrl+1…6', label: t`device` },
        { keys: 'Esc', label: t`to sale` },
      ]}
    >
      <main className="panes">
        <PrinterList
          {...{ rows, row, typing, parts }}
          looking={report === null}
          fixed={report !== null && chosen === null}
          onChoose={setAt}
          onAdd={add}
          onTyping={setTyping}
          foot={
            <>
              {unprinted.note}
              <FiscalNote fiscal={report?.fiscal ?? null} />
            </>
          }
        />
        {row && chosen && (
          <PrinterPane
            {...{ row, condition, acts }}
            profiles={report?.profiles ?? []}
            drawer={chosen.drawer}
            said={printers.said}
            busy={printers.busy}
            onProfile={setProfile}
            onDrawer={(drawer) => choose({ ...chosen, drawer }, t`The drawer’s connector was changed`)}
            onTyping={setTyping}
          />
        )}
      </main>
    </Frame>
  );
}
