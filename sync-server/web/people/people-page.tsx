import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Check, Plus } from 'lucide-react';
import { Tabs } from 'radix-ui';
import { useState } from 'react';
import { CountBadge } from '#shared/ui/badge.tsx';
import { Button } from '#shared/ui/button.tsx';
import { Chip } from '#shared/ui/chip.tsx';
import { EmptyState } from '#shared/ui/states.tsx';
import { Table, Td, Th, Tr } from '#shared/ui/table.tsx';
import { type Hq, hqQuery } from '../hq.ts';
import { May } from '../parts/may.tsx';
import { Remote, SkeletonRows } from '../parts/remote.tsx';
import { useStores } from '../parts/stores.ts';
import { Roles } from '../roles/role-matrix.tsx';
import { Page } from '../shell/page.tsx';
import { PersonForm } from './person-form.tsx';
import { useRoleName } from './words.ts';

type Person = Hq['auth']['people'][number];
type Role = Hq['auth']['roles'][number];

/** Who works where and as what, and what each role may do. */
export function PeoplePage() {
  const { t } = useLingui();
  const people = useQuery(hqQuery.auth.people.queryOptions());
  const roles = useQuery(hqQuery.auth.roles.queryOptions({ staleTime: 60_000 }));
  const [edited, setEdited] = useState<Person | 'new' | null>(null);
  return (
    <Page
      title={t`People and roles`}
      actions={
        <May right="auth.people.edit">
          <Button
            size={32}
            kind="primary"
            icon={<Plus size={16} aria-hidden />}
            onClick={() => setEdited('new')}
          >
            <Trans>Add a person</Trans>
          </Button>
        </May>
      }
    >
      <Tabs.Root defaultValue="people" className="flex min-h-0 flex-1 flex-col gap-3">
        <Tabs.List aria-label={t`People and roles`} className="flex flex-none gap-5 border-b border-line">
          <Tab value="people" label={t`People`} count={people.data?.length} />
          <Tab value="roles" label={t`Roles`} count={roles.data?.length} />
        </Tabs.List>
        <Tabs.Content
          value="people"
          className="flex min-h-0 flex-col overflow-hidden rounded-10 border border-line bg-surface"
        >
          <Remote query={people} skeleton={<SkeletonRows rows={10} />}>
            {(all) => (
              <Remote query={roles}>
                {(known) =>
                  all.length === 0 ? (
                    <EmptyState title={t`Nobody yet`}>
                      <Trans>People sign in at the tills of their stores with a PIN.</Trans>
                    </EmptyState>
                  ) : (
                    <PeopleTable people={all} roles={known} onPick={setEdited} />
                  )
                }
              </Remote>
            )}
          </Remote>
        </Tabs.Content>
        <Tabs.Content
          value="roles"
          className="flex min-h-0 flex-col overflow-hidden rounded-10 border border-line bg-surface"
        >
          <Roles />
        </Tabs.Content>
      </Tabs.Root>
      {edited && roles.data && (
        <PersonForm
          person={edited === 'new' ? null : edited}
          roles={roles.data}
          onClose={() => setEdited(null)}
        />
      )}
    </Page>
  );
}

function Tab({
  value,
  label,
  count,
}: {
  readonly value: string;
  readonly label: string;
  readonly count: number | undefined;
}) {
  return (
    <Tabs.Trigger
      value={value}
      className="-mb-px flex items-center gap-2 border-b-2 border-transparent pt-1 pb-2 font-medium text-muted data-[state=active]:border-brand data-[state=active]:font-semibold data-[state=active]:text-ink"
    >
      {label}
      {count !== undefined && <CountBadge>{count}</CountBadge>}
    </Tabs.Trigger>
  );
}

function PeopleTable({
  people,
  roles,
  onPick,
}: {
  readonly people: readonly Person[];
  readonly roles: readonly Role[];
  readonly onPick: (person: Person) => void;
}) {
  const { t } = useLingui();
  const roleName = useRoleName();
  const stores = useStores().data ?? [];
  const storeName = (id: string) => stores.find((store) => store.id === id)?.name ?? '';
  const named = (id: string) => roleName(roles.find((role) => role.roleId === id)?.name ?? '');
  return (
    <Table
      caption={t`People`}
      rows="pick"
      head={
        <tr>
          <Th>{t`Person`}</Th>
          <Th>{t`Places`}</Th>
          <Th>{t`PIN`}</Th>
          <Th>{t`State`}</Th>
        </tr>
      }
    >
      {people.map((person) => (
        <Tr key={person.personId} onPick={() => onPick(person)}>
          <Td className="font-medium whitespace-nowrap">{person.name}</Td>
          <Td>
            {person.places.length === 0
              ? '–'
              : person.places
                  .map((place) => `${storeName(place.storeId)} (${named(place.roleId)})`)
                  .join(', ')}
          </Td>
          <Td>
            <PinChip person={person} />
          </Td>
          <Td className="text-muted">{person.active ? t`Active` : t`Left`}</Td>
        </Tr>
      ))}
    </Table>
  );
}

function PinChip({ person }: { readonly person: Person }) {
  const without = person.places.filter((place) => !place.hasPin).length;
  if (person.places.length === 0) return <span className="text-muted">–</span>;
  return without === 0 ? (
    <Chip small tone="ok" icon={<Check size={14} aria-hidden />}>
      <Trans>Set</Trans>
    </Chip>
  ) : (
    <Chip small tone="warn">
      <Trans>None: cannot sign in</Trans>
    </Chip>
  );
}
