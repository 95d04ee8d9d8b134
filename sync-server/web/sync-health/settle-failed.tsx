import { useLingui } from '@lingui/react/macro';
import { ORPCError } from '@orpc/client';
import { z } from 'zod';
import { useFormat } from '#shared/ui/use-format.ts';
import { refusalCode } from '../hq.ts';
import { FailureWords } from '../parts/failure-words.tsx';

const reviewed = z.object({ at: z.number(), by: z.string() });

/** Why a flag was not reviewed. */
export function ReviewFailed({ error }: { readonly error: unknown }) {
  const { t } = useLingui();
  const format = useFormat();
  if (refusalCode(error) === 'NOT_FOUND') return t`HQ has nothing like it to review.`;
  const other = error instanceof ORPCError ? reviewed.safeParse(error.data) : null;
  if (refusalCode(error) !== 'ALREADY_REVIEWED' || !other?.success) return <FailureWords error={error} />;
  const [by, time] = [other.data.by, format.time(other.data.at)];
  return t`${by} has reviewed this already, at ${time}.`;
}

/** Why nothing was moved between two batches. */
export function SwapFailed({ error }: { readonly error: unknown }) {
  const { t } = useLingui();
  switch (refusalCode(error)) {
    case 'CHANGED':
      return t`The books have changed meanwhile. Nothing was moved; this is how they stand now.`;
    case 'NOT_ENOUGH':
      return t`The other batch has not enough left. Nothing was moved; have both counted on the shelf.`;
    case 'NOT_FOUND':
      return t`Somebody has settled this already. Nothing was moved.`;
    default:
      return <FailureWords error={error} />;
  }
}
