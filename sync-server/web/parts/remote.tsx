import { Trans, useLingui } from '@lingui/react/macro';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Button } from '#shared/ui/button.tsx';
import { ErrorState } from '#shared/ui/states.tsx';
import { FailureWords } from './failure-words.tsx';

/** What HQ answers, once it has: a skeleton before, the failure in words with the next step instead. */
export function Remote<T>({
  query,
  children,
  skeleton = <SkeletonRows />,
}: {
  readonly query: Pick<UseQueryResult<T>, 'data' | 'error' | 'refetch'>;
  readonly children: (data: T) => ReactNode;
  readonly skeleton?: ReactNode;
}) {
  const { t } = useLingui();
  if (query.data !== undefined) return children(query.data);
  if (!query.error) return skeleton;
  return (
    <ErrorState
      title={t`This could not be loaded`}
      action={
        <Button size={32} onClick={() => void query.refetch()}>
          <Trans>Try again</Trans>
        </Button>
      }
    >
      <FailureWords error={query.error} />
    </ErrorState>
  );
}

/** Where rows will stand. */
export function SkeletonRows({ rows = 8 }: { readonly rows?: number }) {
  return (
    <div className="grid gap-4 p-4" role="status">
      <span className="sr-only">
        <Trans>Loading</Trans>
      </span>
      {Array.from({ length: rows }, (_, row) => row).map((row) => (
        <div key={row} className="skeleton h-4" style={{ inlineSize: `${92 - ((row * 17) % 40)}%` }} />
      ))}
    </div>
  );
}
