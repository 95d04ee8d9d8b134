/** Schedule classes every country's own classes map onto (RULES.md §5), from free sale to the strictest. */
export const scheduleClasses = ['general', 'pharmacist', 'prescription', 'controlled'] as const;
export type ScheduleClass = (typeof scheduleClasses)[number];
