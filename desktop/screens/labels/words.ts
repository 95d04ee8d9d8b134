import { useLingui } from '@lingui/react/macro';
import type { InferClientErrorUnion } from '@orpc/client';
import type { TillClient } from '../link.ts';
import type { RefusalOf } from '../refusal.ts';
import { useRefusalWords, type Words } from '../sell/refusal-words.tsx';
import { useTemplateWords } from './template-words.ts';

/** Why there is no label. */
export type LabelRefusal = RefusalOf<InferClientErrorUnion<TillClient['catalog']['labels']['print']>>;

/** The till's refusals about labels in words; what every call may answer is said as everywhere. */
export function useLabelWords(): (refusal: LabelRefusal) => Words {
  const { t } = useLingui();
  const common = useRefusalWords();
  const device = useDeviceWords();
  const problems = useTemplateWords();
  return (refusal) => {
    switch (refusal.code) {
      case 'NOT_PRINTED':
        return device(refusal.data);
      case 'DOES_NOT_FIT': {
        const { problem, name, text } = refusal.data;
        return problem === 'BAD_CODE'
          ? {
              title: t`The code of ${name} cannot be printed`,
              next: t`${text} is no code that a scanner reads.`,
            }
          : {
              title: t`The label of ${name} has no room for ${text}`,
              next: t`Give it more room in the template.`,
            };
      }
      case 'BAD_TEMPLATE': {
        const { problem, line, word } = refusal.data;
        return { title: t`The template cannot be read`, next: problems({ problem, line, word }) };
      }
      case 'NOT_FOUND':
        return { title: t`The pack is no longer in the catalogue`, next: t`Take it off the list.` };
      default:
        return common(refusal);
    }
  };
}

function useDeviceWords(): (data: {
  readonly state: 'failed' | 'unknown';
  readonly reason: string;
}) => Words {
  const { t } = useLingui();
  return ({ state, reason }) => {
    if (reason === 'no-printer')
      return {
        title: t`This counter has no label printer`,
        next: t`Choose one in Devices.`,
      };
    if (state === 'unknown')
      return {
        title: t`The printer stopped in the middle`,
        next: t`Look at what came out before you print again.`,
      };
    if (reason === 'paper-out')
      return { title: t`The label printer has no labels left`, next: t`Nothing was printed.` };
    if (reason === 'cover-open')
      return { title: t`The label printer is open`, next: t`Nothing was printed.` };
    return { title: t`The label printer does not answer`, next: t`Nothing was printed. Is it switched on?` };
  };
}
