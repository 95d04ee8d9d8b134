import type { standardRoles } from '#shared/auth/permissions.ts';

export type RoleName = keyof typeof standardRoles;

export type Employee = {
  readonly name: string;
  readonly shortName: string;
  readonly role: RoleName;
  readonly pin: string;
  /** Codes of the stores the person works in; none for who works at HQ only. */
  readonly stores: readonly string[];
  readonly language?: 'en' | 'fr' | 'ar';
};

/** The people of the demo, all invented, with PINs that are no secret. */
export const employees: readonly Employee[] = [
  { name: 'Amélie Roux', shortName: 'Amélie', role: 'cashier', pin: '2580', stores: ['S01'] },
  { name: 'Karim Benali', shortName: 'Karim', role: 'cashier', pin: '7413', stores: ['S01', 'S02'] },
  { name: 'Théo Dumas', shortName: 'Théo', role: 'cashier', pin: '9064', stores: ['S01'], language: 'fr' },
  { name: 'Nadia Vercors', shortName: 'Nadia', role: 'pharmacist', pin: '480215', stores: ['S01'] },
  {
    name: 'Yasmine Moreau',
    shortName: 'Yasmine',
    role: 'pharmacist',
    pin: '639174',
    stores: ['S01'],
    language: 'ar',
  },
  { name: 'Hélène Lasserre', shortName: 'Hélène', role: 'manager', pin: '570382', stores: ['S01'] },
  { name: 'Noé Perrault', shortName: 'Noé', role: 'cashier', pin: '3917', stores: ['S02'], language: 'fr' },
  { name: 'Lucie Tavernel', shortName: 'Lucie', role: 'cashier', pin: '6028', stores: ['S02'] },
  { name: 'Inès Marchand', shortName: 'Inès', role: 'pharmacist', pin: '817406', stores: ['S02'] },
  {
    name: 'Paul Girardel',
    shortName: 'Paul',
    role: 'manager',
    pin: '295063',
    stores: ['S02'],
    language: 'fr',
  },
  { name: 'Odile Kervran', shortName: 'Odile', role: 'auditor', pin: '704918', stores: ['S01', 'S02'] },
  { name: 'Amélie Fabre', shortName: 'Amélie F.', role: 'hq', pin: '361829', stores: [] },
];
