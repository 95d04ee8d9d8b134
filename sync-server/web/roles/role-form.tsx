import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Permission } from '#shared/auth/permissions.ts';
import { Field } from '#shared/ui/field.tsx';
import { type Hq, hqQuery, refusalCode } from '../hq.ts';
import { FormDialog, textOf } from '../parts/form-dialog.tsx';
import { standardRoleNames, useRoleName } from '../people/words.ts';
import { type RightGroup, useRightGroups } from './right-names.ts';

type Role = Hq['auth']['roles'][number];

/** A role with a tick for every right. Standard roles keep their names, which tills and pages translate. */
export function RoleForm({ role, onClose }: { readonly role: Role | null; readonly onClose: () => void }) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const shown = useRoleName()(role?.name ?? '');
  const standard = role !== null && standardRoleNames.includes(role.name);
  const [ticked, setTicked] = useState<ReadonlySet<Permission>>(new Set(role?.permissions));
  const save = useMutation(
    hqQuery.auth.saveRole.mutationOptions({
      onSettled: () => queries.invalidateQueries({ queryKey: hqQuery.auth.roles.key() }),
      onSuccess: onClose,
    }),
  );
  const refused = refusalCode(save.error);
  return (
    <FormDialog
      right="auth.people.edit"
      title={role ? t`Edit ${shown}` : t`Add a role`}
      width={760}
      pending={save.isPending}
      error={refused === 'NAME_TAKEN' ? null : save.error}
      refusal={
        refused === 'CHANGED_MEANWHILE'
          ? t`Somebody else has changed this role meanwhile. Close this and look again.`
          : refused === 'NOT_FOUND'
            ? t`This role is no longer there.`
            : null
      }
      onClose={onClose}
      onSubmit={(form) =>
        save.mutate({
          ...(role && { id: role.roleId, seen: role.permissions }),
          name: standard ? role.name : textOf(form, 'name'),
          permissions: [...ticked],
        })
      }
    >
      {!standard && (
        <Field
          label={t`Name`}
          name="name"
          size={32}
          defaultValue={role?.name ?? ''}
          required
          maxLength={60}
          error={refused === 'NAME_TAKEN' ? t`Another role has this name` : undefined}
        />
      )}
      <Changes role={role} ticked={ticked} />
      <Rights ticked={ticked} onChange={setTicked} />
    </FormDialog>
  );
}

function Rights({
  ticked,
  onChange,
}: {
  readonly ticked: ReadonlySet<Permission>;
  readonly onChange: (ticked: ReadonlySet<Permission>) => void;
}) {
  const groups = useRightGroups();
  const toggle = (permission: Permission, on: boolean) => {
    const next = new Set(ticked);
    if (on) next.add(permission);
    else next.delete(permission);
    onChange(next);
  };
  return (
    <div className="columns-2 gap-6">
      {groups.map((group) => (
        <RightBoxes key={group.title} group={group} ticked={ticked} onToggle={toggle} />
      ))}
    </div>
  );
}

function RightBoxes({
  group,
  ticked,
  onToggle,
}: {
  readonly group: RightGroup;
  readonly ticked: ReadonlySet<Permission>;
  readonly onToggle: (permission: Permission, on: boolean) => void;
}) {
  return (
    <fieldset className="m-0 mb-4 break-inside-avoid border-0 p-0">
      <legend className="pb-1 text-12 font-semibold text-muted">{group.title}</legend>
      {group.rights.map(({ permission, name }) => (
        <label key={permission} className="flex min-h-7 items-center gap-2">
          <input
            type="checkbox"
            className="size-4 flex-none accent-brand"
            checked={ticked.has(permission)}
            onChange={(event) => onToggle(permission, event.target.checked)}
          />
          {name}
        </label>
      ))}
    </fieldset>
  );
}

/** What saving would do, before it is done. */
function Changes({ role, ticked }: { readonly role: Role | null; readonly ticked: ReadonlySet<Permission> }) {
  const { t } = useLingui();
  if (!role) return null;
  const given = [...ticked].filter((right) => !role.permissions.includes(right)).length;
  const taken = role.permissions.filter((right) => !ticked.has(right)).length;
  const { people } = role;
  const words = [
    ...(given > 0 ? [t`${plural(given, { one: '# right given', other: '# rights given' })}`] : []),
    ...(taken > 0 ? [t`${plural(taken, { one: '# right taken away', other: '# rights taken away' })}`] : []),
  ].join(', ');
  return (
    <p aria-live="polite" className="min-h-5 text-muted">
      {words !== '' &&
        `${words}. ${t`${plural(people, { one: '# person has this role.', other: '# people have this role.' })}`}`}
    </p>
  );
}
