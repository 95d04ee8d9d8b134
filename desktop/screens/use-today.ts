import { dateInZone } from '#shared/ui/format.ts';
import { useFormat } from '#shared/ui/use-format.ts';
import { useTillNow } from './clock/till-now.ts';

/** The store's calendar date `YYYY-MM-DD`, which expiry counts from. */
export const useToday = (): string => dateInZone(useTillNow()(), useFormat().timeZone);
