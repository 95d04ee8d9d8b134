import { Trans, useLingui } from '@lingui/react/macro';
import { isDefinedError } from '@orpc/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '#shared/ui/button.tsx';
import { Field } from '#shared/ui/field.tsx';
import { type Hq, hqQuery } from '../hq.ts';
import { FormDialog, textOf } from '../parts/form-dialog.tsx';
import { Select } from '../parts/select.tsx';
import { useStores } from '../parts/stores.ts';
import { useRoleName } from './words.ts';

type Person = Hq['auth']['people'][number];
type Role = Hq['auth']['roles'][number];
interface Place {
  readonly storeId: string;
  readonly roleId: string;
}

/** A person with their places and, when it is to change, a new PIN. */
export function PersonForm({
  person,
  roles,
  onClose,
}: {
  readonly person: Person | null;
  readonly roles: readonly Role[];
  readonly onClose: () => void;
}) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const [places, setPlaces] = useState<readonly Place[]>(person?.places ?? []);
  const [active, setActive] = useState(person?.active ?? true);
  const save = useMutation(
    hqQuery.auth.savePerson.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: hqQuery.auth.people.key() });
        onClose();
      },
    }),
  );
  const short = isDefinedError(save.error) && save.error.code === 'PIN_TOO_SHORT' ? save.error.data : null;
  const atLeast = short?.atLeast ?? 0;
  return (
    <FormDialog
      right="auth.people.edit"
      title={person ? t`Edit ${person.name}` : t`Add a person`}
      width={620}
      pending={save.isPending}
      error={short ? null : save.error}
      onClose={onClose}
      onSubmit={(form) => {
        const pin = textOf(form, 'pin');
        save.mutate({
          ...(person && { id: person.personId }),
          name: textOf(form, 'name'),
          active,
          places: places.map(({ storeId, roleId }) => ({ storeId, roleId })),
          ...(pin !== '' && { pin }),
        });
      }}
    >
      <Field
        label={t`Name`}
        name="name"
        size={32}
        defaultValue={person?.name ?? ''}
        required
        maxLength={80}
      />
      <Places places={places} roles={roles} onChange={setPlaces} />
      <Field
        label={t`New PIN`}
        name="pin"
        type="password"
        size={32}
        inputMode="numeric"
        pattern="[0-9]{4,12}"
        autoComplete="off"
        dir="ltr"
        hint={t`Digits; six or more above cashier. Left empty it stays as it is.`}
        error={short ? t`At least ${atLeast} digits for this role` : undefined}
      />
      <label className="flex items-center gap-2">
        <input
          type="checkbox"
          className="size-4 accent-brand"
          checked={active}
          onChange={(event) => setActive(event.target.checked)}
        />
        <Trans>Works here; may sign in</Trans>
      </label>
    </FormDialog>
  );
}

function Places({
  places,
  roles,
  onChange,
}: {
  readonly places: readonly Place[];
  readonly roles: readonly Role[];
  readonly onChange: (places: readonly Place[]) => void;
}) {
  const { t } = useLingui();
  const roleName = useRoleName();
  const stores = useStores().data ?? [];
  const free = stores.find((store) => !places.some((place) => place.storeId === store.id));
  const set = (at: number, change: Partial<Place>) =>
    onChange(places.map((place, i) => (i === at ? { ...place, ...change } : place)));
  const firstRole = roles.find((role) => role.name === 'Cashier') ?? roles[0];
  return (
    <fieldset className="m-0 grid gap-2 border-0 p-0">
      <legend className="pb-1 text-12 font-semibold text-muted">{t`Places`}</legend>
      {places.map((place, at) => (
        <div key={place.storeId} className="grid grid-cols-[1fr_1fr_auto] gap-2">
          <Select
            label={t`Store`}
            labelHidden
            value={place.storeId}
            onChange={(event) => set(at, { storeId: event.target.value })}
          >
            {stores
              .filter(
                (store) => store.id === place.storeId || !places.some((other) => other.storeId === store.id),
              )
              .map((store) => (
                <option key={store.id} value={store.id}>
                  {store.code} {store.name}
                </option>
              ))}
          </Select>
          <Select
            label={t`Role`}
            labelHidden
            value={place.roleId}
            onChange={(event) => set(at, { roleId: event.target.value })}
          >
            {roles.map((role) => (
              <option key={role.roleId} value={role.roleId}>
                {roleName(role.name)}
              </option>
            ))}
          </Select>
          <IconButton
            label={t`Remove this place`}
            onClick={() => onChange(places.filter((_, i) => i !== at))}
          >
            <X size={16} aria-hidden />
          </IconButton>
        </div>
      ))}
      <Button
        size={32}
        className="justify-self-start"
        icon={<Plus size={16} aria-hidden />}
        disabled={!free || !firstRole}
        onClick={() =>
          free && firstRole && onChange([...places, { storeId: free.id, roleId: firstRole.roleId }])
        }
      >
        <Trans>Add a place</Trans>
      </Button>
    </fieldset>
  );
}
