import { Trans, useLingui } from '@lingui/react/macro';
import { QueryCache, QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect } from 'react';
import { Button } from '#shared/ui/button.tsx';
import { ErrorState } from '#shared/ui/states.tsx';
import { OrgFormat, useFormat } from '#shared/ui/use-format.ts';
import { failureOf, hqQuery } from './hq.ts';
import { FailureWords } from './parts/failure-words.tsx';
import { useStores } from './parts/stores.ts';
import { router } from './router.tsx';
import { followSales } from './sales/feed.ts';
import { SignIn } from './sign-in/sign-in.tsx';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (count, error) => count < 2 && ['unreachable', 'database-away'].includes(failureOf(error)),
    },
  },
  // A session that has run out shows on whatever call comes next.
  queryCache: new QueryCache({
    onError: (error, query) => {
      if (failureOf(error) === 'signed-out' && query.queryHash !== meHash())
        void queries.invalidateQueries({ queryKey: hqQuery.auth.me.key() });
    },
  }),
});
const meHash = () => JSON.stringify(hqQuery.auth.me.queryKey());

/** The back office: a person signed in and a page, or the door. */
export function App() {
  return (
    <QueryClientProvider client={queries}>
      <Door />
    </QueryClientProvider>
  );
}

function Door() {
  const { t } = useLingui();
  const me = useQuery(hqQuery.auth.me.queryOptions());
  if (me.data && !me.error) return <Inside />;
  if (me.error && failureOf(me.error) !== 'signed-out') {
    return (
      <main className="grid h-full">
        <ErrorState
          title={t`HQ does not answer`}
          action={
            <Button kind="primary" onClick={() => void me.refetch()}>
              <Trans>Try again</Trans>
            </Button>
          }
        >
          <FailureWords error={me.error} />
        </ErrorState>
      </main>
    );
  }
  if (me.error) return <SignIn onSignedIn={() => void queries.resetQueries()} />;
  return null;
}

function Inside() {
  const stores = useStores();
  const fallback = useFormat();
  useEffect(() => followSales(queries), []);
  const first = stores.data?.[0];
  const settings = first
    ? { currency: { code: first.currency, digits: first.minorDigits }, timeZone: first.zone }
    : { currency: fallback.currency, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone };
  return (
    <OrgFormat value={settings}>
      <RouterProvider router={router} />
    </OrgFormat>
  );
}
