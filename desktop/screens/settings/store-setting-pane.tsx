import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type {
  StoreSettingChange,
  StoreSettingKey,
  StoreSettings,
} from '#shared/auth/calls-store-settings.ts';
import { Announce } from '#shared/ui/announce.tsx';
import { Button } from '#shared/ui/button.tsx';
import { Pane } from '#shared/ui/pane.tsx';
import { Choice } from '../discount/choice.tsx';
import { useCommands } from '../keys/command-keys.tsx';
import { WordsNote } from '../sell/words-note.tsx';
import type { StoreFacts } from '../store-facts.ts';
import { ForeignCashEditor } from './foreign-cash-editor.tsx';
import { LoyaltyEditor } from './loyalty-editor.tsx';
import { QuickKeysEditor } from './quick-keys-editor.tsx';
import { useSettingNames } from './setting-names.ts';
import { storedSetting, useStoreSettingRefusals, useStoreSettingWords } from './store-setting-words.ts';
import { parseRate, typedRate } from './store-values.ts';
import type { StoreSettingRefusal } from './use-store-settings.ts';
import { MoneyField, TypedField } from './value-fields.tsx';
import { WeighedSchemesEditor } from './weighed-schemes-editor.tsx';

interface Props {
  readonly settingKey: StoreSettingKey;
  readonly values: StoreSettings;
  readonly store: StoreFacts;
  readonly mayEdit: boolean;
  readonly outcome: 'saved' | StoreSettingRefusal | null;
  readonly onChange: () => void;
  readonly onSave: (change: StoreSettingChange) => Promise<void>;
}

/** One setting while it is changed: the fields, what it will do, and F9 to settle it for every till of the store. */
export function StoreSettingPane({ settingKey, values, store, mayEdit, outcome, onChange, onSave }: Props) {
  const { t } = useLingui();
  const names = useSettingNames();
  const { effect } = useStoreSettingWords();
  const refusalWords = useStoreSettingRefusals();
  /** Null where what is typed is no value; undefined before anything is typed. */
  const [change, setChange] = useState<StoreSettingChange | null | undefined>(undefined);
  const [wrong, setWrong] = useState(false);
  const set = (next: StoreSettingChange | null) => {
    setChange(next);
    setWrong(false);
    onChange();
  };
  const save = () => {
    if (!mayEdit) return;
    if (change === null) setWrong(true);
    else if (change) void onSave(change);
  };
  useCommands({ pay: save });
  const shown = change === undefined ? storedSetting(values, settingKey) : change;
  const willDo = shown === null ? '' : effect(shown);
  const said = outcome === 'saved' ? t`Saved for all tills of the store.` : '';
  return (
    <Pane title={names(settingKey)}>
      <form
        className="flex min-h-0 flex-1 flex-col"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <fieldset disabled={!mayEdit} className="grid min-h-0 flex-1 content-start gap-5 overflow-auto p-4">
          <legend className="sr-only">{names(settingKey)}</legend>
          <Editor {...{ settingKey, values, store }} onValue={set} />
          {willDo !== '' && (
            <p role="status" className="rounded-10 border border-line bg-surface-2 px-4 py-3 text-16">
              {willDo}
            </p>
          )}
          {!mayEdit && (
            <p className="text-14 text-muted">
              <Trans>A manager may change this.</Trans>
            </p>
          )}
        </fieldset>
        <div className="grid flex-none gap-3 border-t border-line-soft p-4 low:p-2">
          {wrong && (
            <WordsNote title={t`Not saved`} next={t`One of the fields has no value that can be used.`} />
          )}
          {outcome !== null && outcome !== 'saved' && <WordsNote {...refusalWords(outcome)} />}
          {said !== '' && <p className="text-14 font-semibold">{said}</p>}
          <Announce words={said} />
          <Button kind="primary" size={56} keys="F9" disabled={!mayEdit} onClick={save}>
            <Trans>Save</Trans>
          </Button>
        </div>
      </form>
    </Pane>
  );
}

function Editor({
  settingKey: key,
  values,
  store,
  onValue,
}: Pick<Props, 'settingKey' | 'values' | 'store'> & {
  readonly onValue: (change: StoreSettingChange | null) => void;
}) {
  const { t } = useLingui();
  const { places } = useStoreSettingWords();
  switch (key) {
    case 'sales.discount-limit':
      return (
        <TypedField
          label={t`Most off without a PIN, in percent`}
          hint={t`From 0 to 100, at most three decimals`}
          value={values[key]}
          parse={parseRate}
          typed={typedRate}
          onValue={(value) => onValue(value === null ? null : { key, value })}
        />
      );
    case 'sales.blind-return-cap':
    case 'sales.shift-variance-limit':
    case 'sales.voucher-quota':
      return (
        <MoneyField
          label={t`Amount`}
          value={values[key]}
          digits={store.minorDigits}
          onValue={(value) => onValue(value === null ? null : { key, value })}
        />
      );
    case 'sales.return-place':
      return (
        <OneOf
          label={t`Goods that come back are`}
          value={values[key]}
          options={(['shelf', 'quarantine', 'destruction'] as const).map(
            (place) => [place, places[place]] as const,
          )}
          onValue={(value) => onValue({ key, value })}
        />
      );
    case 'sales.shift-variance-pin':
      return (
        <OneOf
          label={t`A difference beyond the limit asks for a PIN`}
          value={values[key] ? 'yes' : 'no'}
          options={[
            ['no', t`no`],
            ['yes', t`yes`],
          ]}
          onValue={(value) => onValue({ key, value: value === 'yes' })}
        />
      );
    case 'sales.prescription-policy':
      return (
        <OneOf
          label={t`While no prescription is entered`}
          value={values[key]}
          options={[
            ['refuse', t`refused`],
            ['pharmacist-pin', t`a pharmacist’s PIN`],
          ]}
          onValue={(value) => onValue({ key, value })}
        />
      );
    case 'sales.loyalty':
      return (
        <LoyaltyEditor
          terms={values[key]}
          digits={store.minorDigits}
          onTerms={(value) => onValue(value === null ? null : { key, value })}
        />
      );
    case 'sales.foreign-cash':
      return (
        <ForeignCashEditor
          taken={values[key]}
          store={store}
          onTaken={(value) => onValue(value === null ? null : { key, value })}
        />
      );
    case 'sales.quick-keys':
      return <QuickKeysEditor keys={values[key]} onKeys={(value) => onValue({ key, value })} />;
    case 'catalog.weighed-schemes':
      return (
        <WeighedSchemesEditor
          schemes={values[key]}
          onSchemes={(value) => onValue(value === null ? null : { key, value })}
        />
      );
  }
}

function OneOf<T extends string>({
  label,
  value,
  options,
  onValue,
}: {
  readonly label: string;
  readonly value: T;
  readonly options: readonly (readonly [T, string])[];
  readonly onValue: (value: T) => void;
}) {
  const [picked, setPicked] = useState(value);
  return (
    <Choice
      label={label}
      options={options.map(([, words]) => words)}
      chosen={options.findIndex(([one]) => one === picked)}
      onChoose={(which) => {
        const option = options[which];
        if (!option) return;
        setPicked(option[0]);
        onValue(option[0]);
      }}
    />
  );
}
