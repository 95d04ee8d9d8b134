import { useLingui } from '@lingui/react/macro';
import { useRef, useState } from 'react';
import type { Session } from '#shared/auth/calls.ts';
import type { StoreSettingKey, StoreSettings } from '#shared/auth/calls-store-settings.ts';
import { ChoiceList, ChoiceRow } from '#shared/ui/choice-list.tsx';
import { Pane } from '#shared/ui/pane.tsx';
import { ErrorState } from '#shared/ui/states.tsx';
import { setDesk } from '../desk.ts';
import { Frame } from '../frame/frame.tsx';
import { useCommands } from '../keys/command-keys.tsx';
import type { StoreFacts } from '../store-facts.ts';
import { useSettingNames } from './setting-names.ts';
import { StoreSettingPane } from './store-setting-pane.tsx';
import { storedSetting, useStoreSettingRefusals, useStoreSettingWords } from './store-setting-words.ts';
import { useStoreSettings } from './use-store-settings.ts';

const keys = [
  ...(['sales.discount-limit', 'sales.loyalty', 'sales.foreign-cash', 'sales.blind-return-cap'] as const),
  ...(['sales.return-place', 'sales.shift-variance-limit', 'sales.shift-variance-pin'] as const),
  ...(['sales.voucher-quota', 'sales.prescription-policy', 'sales.quick-keys'] as const),
  ...(['catalog.weighed-schemes'] as const),
] satisfies readonly StoreSettingKey[];

/** What holds at every till of the store: read by anybody, settled by who has the right to. */
export function StoreSettingsTask({
  session,
  store,
}: {
  readonly session: Session;
  readonly store: StoreFacts;
}) {
  const { t } = useLingui();
  const refusalWords = useStoreSettingRefusals();
  const settings = useStoreSettings();
  const [chosen, setChosen] = useState(0);
  const pane = useRef<HTMLDivElement>(null);
  const back = () => setDesk({ task: 'sell' });
  useCommands({ back, scan: back });
  const { values, outcome } = settings;
  const key = keys[chosen] ?? 'sales.discount-limit';
  const choose = (index: number) => {
    settings.quiet();
    setChosen(index);
  };
  const mayEdit = session.permissions.includes('auth.settings.edit');
  return (
    <Frame
      moment={[
        { keys: '↑+↓', label: t`choose` },
        { keys: 'Enter', label: t`change it` },
        { keys: 'F9', label: t`save` },
        { keys: 'Esc', label: t`to sale` },
      ]}
    >
      <main className="panes">
        <Pane title={t`Store settings`} aside={<bdi>{store.name}</bdi>}>
          {values ? (
            <SettingList
              {...{ values, chosen }}
              onChoose={choose}
              onEnter={() => pane.current?.querySelector<HTMLElement>('input, select')?.focus()}
            />
          ) : (
            outcome &&
            outcome !== 'saved' && (
              <ErrorState title={refusalWords(outcome).title}>{refusalWords(outcome).next}</ErrorState>
            )
          )}
        </Pane>
        <div ref={pane} className="grid min-h-0">
          {values && (
            <StoreSettingPane
              key={key}
              {...{ settingKey: key, values, store, mayEdit, outcome }}
              onChange={settings.quiet}
              onSave={settings.save}
            />
          )}
        </div>
      </main>
    </Frame>
  );
}

function SettingList({
  values,
  chosen,
  onChoose,
  onEnter,
}: {
  readonly values: StoreSettings;
  readonly chosen: number;
  readonly onChoose: (index: number) => void;
  readonly onEnter: () => void;
}) {
  const { t } = useLingui();
  const names = useSettingNames();
  const { short } = useStoreSettingWords();
  return (
    <ChoiceList
      id="store-setting"
      label={t`Store settings`}
      count={keys.length}
      {...{ chosen, onChoose, onEnter }}
    >
      {keys.map((key, i) => (
        <ChoiceRow
          key={key}
          id="store-setting"
          index={i}
          chosen={i === chosen}
          onChoose={onChoose}
          className="flex min-h-target-56 items-center justify-between gap-4 px-4"
        >
          <span className="min-w-0 font-semibold">{names(key)}</span>
          <span className="text-end text-muted tabular-nums">{short(storedSetting(values, key))}</span>
        </ChoiceRow>
      ))}
    </ChoiceList>
  );
}
