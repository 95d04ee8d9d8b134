import { useLingui } from '@lingui/react/macro';
import { useTroubleWords } from '../devices/printer-words.ts';
import { useRefusalWords, type Words } from '../sell/refusal-words.tsx';
import type { BadgeRefusal, PrintedBadge } from './use-badges.ts';

/** What came of a badge, in words. */
export function useBadgeWords(): {
  readonly printed: (badge: PrintedBadge) => string;
  readonly refusal: (refusal: BadgeRefusal) => Words;
} {
  const { t } = useLingui();
  const common = useRefusalWords();
  const trouble = useTroubleWords();
  return {
    printed({ printer, instead }) {
      if (instead === null) return t`Badge printed on ${printer}`;
      const reason = trouble(instead).what;
      return t`Badge printed on ${printer}, because the label printer has a problem: ${reason}`;
    },
    refusal(refusal) {
      if (refusal.code === 'NOT_FOUND')
        return { title: t`This person is no longer of this store`, next: t`No badge was printed.` };
      if (refusal.code !== 'NOT_PRINTED') return common(refusal);
      const { what: reason, next } = trouble(refusal.data.reason);
      return refusal.data.state === 'unknown'
        ? {
            title: t`Perhaps the badge came out: ${reason}`,
            next: t`Look at what came out before you print again.`,
          }
        : { title: t`The badge was not printed: ${reason}`, next };
    },
  };
}
