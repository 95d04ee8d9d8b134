import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Check, Minus, Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#shared/ui/button.tsx';
import { Table, Td, Th } from '#shared/ui/table.tsx';
import { type Hq, hqQuery } from '../hq.ts';
import { May } from '../parts/may.tsx';
import { Remote } from '../parts/remote.tsx';
import { standardRoleNames, useRoleName } from '../people/words.ts';
import { useRightGroups } from './right-names.ts';
import { RoleForm } from './role-form.tsx';

type Role = Hq['auth']['roles'][number];

/** What each role may do, right by right; a column's head opens the role. */
export function Roles() {
  const roles = useQuery(hqQuery.auth.roles.queryOptions({ staleTime: 60_000 }));
  const [edited, setEdited] = useState<Role | 'new' | null>(null);
  return (
    <>
      <div className="flex flex-none items-center gap-3 border-b border-line-soft px-4 py-2">
        <p className="min-w-0 text-12 text-muted">
          <Trans>
            A change reaches each till at its next contact. What was done before is judged by the old rights.
          </Trans>
        </p>
        <May right="auth.people.edit">
          <Button
            size={32}
            className="ms-auto"
            icon={<Plus size={16} aria-hidden />}
            onClick={() => setEdited('new')}
          >
            <Trans>Add a role</Trans>
          </Button>
        </May>
      </div>
      <Remote query={roles}>{(all) => <Matrix roles={all.toSorted(byRank)} onPick={setEdited} />}</Remote>
      {edited && <RoleForm role={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </>
  );
}

function Matrix({
  roles,
  onPick,
}: {
  readonly roles: readonly Role[];
  readonly onPick: (role: Role) => void;
}) {
  const { t } = useLingui();
  const groups = useRightGroups();
  return (
    <Table
      caption={t`What each role may do`}
      rows="dense"
      head={
        <tr>
          <Th>{t`May`}</Th>
          {roles.map((role) => (
            <RoleHead key={role.roleId} role={role} onPick={() => onPick(role)} />
          ))}
        </tr>
      }
    >
      {groups.flatMap((group) => [
        <tr key={group.title} className="[&>td]:bg-surface-2">
          <Td colSpan={roles.length + 1} className="font-semibold">
            {group.title}
          </Td>
        </tr>,
        ...group.rights.map(({ permission, name }) => (
          <tr key={permission}>
            <Td>{name}</Td>
            {roles.map((role) => (
              <Td key={role.roleId} group className="text-center">
                {role.permissions.includes(permission) ? (
                  <Check size={16} className="mx-auto text-ok" role="img" aria-label={t`allowed`} />
                ) : (
                  <Minus size={14} className="mx-auto text-faint" role="img" aria-label={t`not allowed`} />
                )}
              </Td>
            ))}
          </tr>
        )),
      ])}
    </Table>
  );
}

function RoleHead({ role, onPick }: { readonly role: Role; readonly onPick: () => void }) {
  const { t } = useLingui();
  const name = useRoleName()(role.name);
  const { people } = role;
  return (
    <Th group className="h-11 text-center">
      <button type="button" onClick={onPick} className="w-full rounded-6 py-1 leading-4 hover:bg-surface-3">
        <span className="block font-semibold underline decoration-dotted underline-offset-2">
          <span className="sr-only">{t`Edit`} </span>
          <bdi>{name}</bdi>
        </span>
        <span className="block text-faint">
          {t`${plural(people, { one: '# person', other: '# people' })}`}
        </span>
      </button>
    </Th>
  );
}

const rankOf = ({ name }: Role): number => {
  const rank = standardRoleNames.indexOf(name);
  return rank < 0 ? standardRoleNames.length : rank;
};
/** The standard roles, then the chain's own by name. */
const byRank = (a: Role, b: Role): number => rankOf(a) - rankOf(b) || a.name.localeCompare(b.name);
