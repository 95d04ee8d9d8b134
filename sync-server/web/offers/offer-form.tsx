import { Trans, useLingui } from '@lingui/react/macro';
import { isDefinedError } from '@orpc/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { checkOffer, type OfferProblem } from '#shared/sales/offer-check.ts';
import { Field } from '#shared/ui/field.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { hqQuery, refusalCode } from '../hq.ts';
import { FormDialog } from '../parts/form-dialog.tsx';
import { SelectField } from '../parts/select.tsx';
import { useStores } from '../parts/stores.ts';
import { draftOf, emptyOffer, type TypedOffer } from './draft.ts';
import { useOfferWords, useProblemWords } from './offer-words.ts';
import { PackPicker } from './pack-picker.tsx';

/** What every part of the form gets: what is typed, how to change it, what is wrong with a field. */
export interface OfferFields {
  readonly typed: TypedOffer;
  readonly set: (change: Partial<TypedOffer>) => void;
  readonly wrong: (...problems: readonly OfferProblem[]) => string | undefined;
}

/** A new offer, with the sentence it amounts to under it. */
export function OfferForm({ today, onClose }: { readonly today: string; readonly onClose: () => void }) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const { currency } = useFormat();
  const problemWords = useProblemWords();
  const [typed, setTyped] = useState(() => emptyOffer(today));
  const [tried, setTried] = useState(false);
  const draft = draftOf(typed, currency.digits);
  const problems = checkOffer(draft, today);
  const make = useMutation(
    hqQuery.sales.makeOffer.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: hqQuery.sales.offers.key() });
        onClose();
      },
    }),
  );
  const taken =
    isDefinedError(make.error) && make.error.code === 'COUPON_TAKEN' ? make.error.data.name : null;
  const fields: OfferFields = {
    typed,
    set: (change) => setTyped({ ...typed, ...change }),
    wrong: (...about) => {
      const found = tried ? about.find((problem) => problems.includes(problem)) : undefined;
      return found && problemWords(found);
    },
  };
  return (
    <FormDialog
      right="catalog.edit"
      title={t`New offer`}
      width={760}
      pending={make.isPending}
      error={taken === null ? make.error : null}
      refusal={
        refusalCode(make.error) === null
          ? null
          : t`HQ does not take this offer as it stands. Look at its packs, store and days again.`
      }
      onClose={onClose}
      onSubmit={() => {
        setTried(true);
        if (problems.length === 0)
          make.mutate({
            ...draft,
            rule: { ...draft.rule, packIds: [...draft.rule.packIds] },
            name: typed.name,
          });
      }}
    >
      <Field
        label={t`Name, as it stands on the receipt`}
        size={32}
        required
        maxLength={80}
        value={typed.name}
        onChange={(event) => fields.set({ name: event.target.value })}
      />
      <Gift {...fields} />
      <PackPicker
        label={t`Packs it is for`}
        chosen={typed.packs}
        error={fields.wrong('NO_PACKS')}
        onChange={(packs) => fields.set({ packs })}
      />
      <Terms {...fields} taken={taken} />
      <Preview {...fields} />
    </FormDialog>
  );
}

function Gift({ typed, set, wrong }: OfferFields) {
  const { t } = useLingui();
  const { currency } = useFormat();
  const { kind } = typed;
  return (
    <div className="grid grid-cols-3 items-start gap-3">
      <SelectField
        label={t`What it gives`}
        value={kind}
        onChange={(event) => set({ kind: kindOf(event.target.value) })}
      >
        <option value="percent">{t`A percentage off each`}</option>
        <option value="amount">{t`An amount off each`}</option>
        <option value="bundle">{t`Several for the price of fewer`}</option>
        <option value="fixed">{t`Several at one price`}</option>
      </SelectField>
      {kind === 'percent' && (
        <Figure
          label={t`Percent off`}
          value={typed.rate}
          error={wrong('BAD_RATE')}
          onType={(rate) => set({ rate })}
        />
      )}
      {(kind === 'bundle' || kind === 'fixed') && (
        <Figure
          label={t`Packs taken`}
          value={typed.take}
          error={wrong('BAD_TAKE')}
          onType={(take) => set({ take })}
        />
      )}
      {kind === 'bundle' && (
        <Figure
          label={t`Packs paid`}
          value={typed.pay}
          error={wrong('BAD_PAY')}
          onType={(pay) => set({ pay })}
        />
      )}
      {(kind === 'amount' || kind === 'fixed') && (
        <Figure
          label={kind === 'amount' ? t`Amount off, ${currency.code}` : t`Price together, ${currency.code}`}
          value={typed.amount}
          error={wrong('BAD_AMOUNT')}
          onType={(amount) => set({ amount })}
        />
      )}
    </div>
  );
}

const kinds = ['percent', 'amount', 'bundle', 'fixed'] as const;
const kindOf = (value: string): TypedOffer['kind'] => kinds.find((kind) => kind === value) ?? 'percent';

function Figure({
  label,
  value,
  error,
  onType,
}: {
  readonly label: string;
  readonly value: string;
  readonly error: string | undefined;
  readonly onType: (value: string) => void;
}) {
  return (
    <Field
      label={label}
      size={32}
      inputMode="decimal"
      dir="ltr"
      value={value}
      error={error}
      onChange={(event) => onType(event.target.value)}
    />
  );
}

function Terms({ typed, set, wrong, taken }: OfferFields & { readonly taken: string | null }) {
  const { t } = useLingui();
  const stores = useStores().data ?? [];
  return (
    <div className="grid grid-cols-3 items-start gap-3">
      <SelectField
        label={t`Store`}
        value={typed.storeId}
        onChange={(event) => set({ storeId: event.target.value })}
      >
        <option value="">{t`Every store`}</option>
        {stores.map((store) => (
          <option key={store.id} value={store.id}>
            {store.code} {store.name}
          </option>
        ))}
      </SelectField>
      <Field
        label={t`First day`}
        type="date"
        size={32}
        required
        value={typed.validFrom}
        onChange={(event) => set({ validFrom: event.target.value })}
      />
      <Field
        label={t`Last day`}
        type="date"
        size={32}
        required
        value={typed.validTo}
        error={wrong('BAD_DATES', 'OVER')}
        onChange={(event) => set({ validTo: event.target.value })}
      />
      <Field
        label={t`Coupon code`}
        size={32}
        dir="ltr"
        autoComplete="off"
        hint={t`Empty: for everybody`}
        value={typed.coupon}
        error={
          wrong('BAD_COUPON') ?? (taken === null ? undefined : t`“${taken}” asks for it at the same time`)
        }
        onChange={(event) => set({ coupon: event.target.value })}
      />
      <Field
        label={t`From, each day`}
        type="time"
        size={32}
        hint={t`Empty: all day`}
        value={typed.from}
        onChange={(event) => set({ from: event.target.value })}
      />
      <Field
        label={t`Until, each day`}
        type="time"
        size={32}
        value={typed.to}
        error={wrong('BAD_HOURS')}
        onChange={(event) => set({ to: event.target.value })}
      />
    </div>
  );
}

function Preview({ typed }: OfferFields) {
  const { currency } = useFormat();
  const { sentence } = useOfferWords();
  const stores = useStores().data ?? [];
  const draft = draftOf(typed, currency.digits);
  const storeName = stores.find((store) => store.id === typed.storeId)?.name ?? null;
  return (
    <p aria-live="polite" className="rounded-6 bg-brand-soft p-3 text-on-brand-soft">
      <b className="font-semibold">
        <Trans>In words:</Trans>
      </b>{' '}
      <bdi>{sentence({ ...draft, packs: typed.packs, storeName })}</bdi>
    </p>
  );
}
