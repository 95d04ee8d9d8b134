import { Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { EmptyState } from '#shared/ui/states.tsx';
import { Page } from './page.tsx';

export function NoSuchPage() {
  const { t } = useLingui();
  return (
    <Page title={t`No such page`}>
      <EmptyState
        title={t`There is no page at this address`}
        action={
          <Link to="/" className="font-medium text-brand underline">
            <Trans>To the dashboard</Trans>
          </Link>
        }
      />
    </Page>
  );
}
