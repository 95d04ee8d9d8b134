import type { Permission } from '#shared/auth/permissions.ts';
import type { ScheduleClass } from '#shared/catalog/schedule-class.ts';

/** What must be done before a line may be paid for. */
export type Blocker = 'PRESCRIPTION_REQUIRED' | 'PHARMACIST_REQUIRED';

/**
 * What a schedule class asks for at payment (RULES.md §5). `rights` are those of the people at the counter: who is
 * signed in, and a pharmacist who gave a PIN in place. Controlled medicines always want a prescription, whatever the
 * store's setting: they need a register entry as well.
 */
export function blockerOf(
  scheduleClass: ScheduleClass,
  { policy, rights }: { policy: 'refuse' | 'pharmacist-pin'; rights: ReadonlySet<Permission> },
): Blocker | null {
  switch (scheduleClass) {
    case 'general':
      return null;
    case 'pharmacist':
      return rights.has('sales.pharmacist-only.sell') ? null : 'PHARMACIST_REQUIRED';
    case 'prescription':
      if (policy === 'refuse') return 'PRESCRIPTION_REQUIRED';
      return rights.has('sales.prescription-only.sell') ? null : 'PHARMACIST_REQUIRED';
    case 'controlled':
      return 'PRESCRIPTION_REQUIRED';
  }
}
