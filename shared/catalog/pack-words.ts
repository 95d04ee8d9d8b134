import { z } from 'zod';
import { scheduleClasses } from './schedule-class.ts';

/** What a counter says of a pack wherever it names one: what it is, not what it costs or what is there. */
export const packWords = z.object({
  packId: z.string(),
  name: z.string(),
  tallMan: z.string(),
  generics: z.array(z.object({ name: z.string(), strength: z.string() })),
  form: z.string(),
  label: z.string(),
  packSize: z.int(),
  scheduleClass: z.enum(scheduleClasses),
});
