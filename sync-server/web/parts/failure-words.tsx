import { Trans } from '@lingui/react/macro';
import { failureOf, missingRight } from '../hq.ts';
import { useRightGroups } from '../roles/right-names.ts';

/** The one place that turns a failed call into words. */
export function FailureWords({ error }: { readonly error: unknown }) {
  switch (failureOf(error)) {
    case 'signed-out':
      return <Trans>Your session has run out. Sign in again.</Trans>;
    case 'forbidden':
      return <Forbidden error={error} />;
    case 'database-away':
      return <Trans>HQ’s database is not there at the moment. Nothing is lost; tills go on selling.</Trans>;
    case 'unreachable':
      return <Trans>No connection to HQ. Check the network, then try again.</Trans>;
    default:
      return <Trans>Something failed at HQ. It is in HQ’s log.</Trans>;
  }
}

/** Names the right that is missing as the table of roles does. */
function Forbidden({ error }: { readonly error: unknown }) {
  const right = missingRight(error);
  const name = useRightGroups()
    .flatMap(({ rights }) => rights)
    .find(({ permission }) => permission === right)?.name;
  return name === undefined ? (
    <Trans>You may not do this.</Trans>
  ) : (
    <Trans>You may not do this. It takes the right “{name}”.</Trans>
  );
}
