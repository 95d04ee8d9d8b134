import { useLingui } from '@lingui/react/macro';
import type { SyncTrouble } from '#shared/auth/calls.ts';

/** Why the till is not connected, in the few words beside the next try. */
export function useTroubleWords(): (trouble: SyncTrouble) => string {
  const { t } = useLingui();
  return (trouble) => {
    switch (trouble) {
      case 'unreachable':
        return t`no answer from HQ`;
      case 'restarting':
        return t`HQ is restarting`;
      case 'busy':
        return t`HQ is busy and asked to wait`;
      case 'refused':
        return t`HQ turned this till away`;
      case 'revoked':
        return t`this till was revoked`;
      case 'upgrade':
        return t`HQ serves only newer tills`;
      case 'forked':
      case 'restored':
        return t`copied or restored: taking a new letter`;
      case 'diverged':
        return t`taking HQ's books anew`;
    }
  };
}

/** What a trouble that does not pass by itself means, and what to do; null for all the others. */
export function usePersonWanted(): (
  trouble: SyncTrouble | null,
) => { readonly title: string; readonly now: string; readonly todo: string } | null {
  const { t } = useLingui();
  return (trouble) => {
    if (trouble === 'revoked')
      return {
        title: t`HQ has revoked this till`,
        now: t`What it has made is safe here. HQ takes it in, marked for a look.`,
        todo: t`Ask HQ why. To bring the till back, HQ gives it a new enrolment code.`,
      };
    if (trouble === 'upgrade')
      return {
        title: t`This till needs an update`,
        now: t`HQ takes what it makes, but sends new prices and stock only to newer tills.`,
        todo: t`Install the newer version. Nothing is lost by it.`,
      };
    return null;
  };
}
