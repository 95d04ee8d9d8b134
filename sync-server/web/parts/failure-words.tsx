import { Trans } from '@lingui/react/macro';
import { failureOf } from '../hq.ts';

/** The one place that turns a failed call into words. */
export function FailureWords({ error }: { readonly error: unknown }) {
  switch (failureOf(error)) {
    case 'signed-out':
      return <Trans>Your session has run out. Sign in again.</Trans>;
    case 'database-away':
      return <Trans>HQ’s database is not there at the moment. Nothing is lost; tills go on selling.</Trans>;
    case 'unreachable':
      return <Trans>No connection to HQ. Check the network, then try again.</Trans>;
    default:
      return <Trans>Something failed at HQ. It is in HQ’s log.</Trans>;
  }
}
