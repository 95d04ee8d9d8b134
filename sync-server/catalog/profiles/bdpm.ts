import type { ImportProfile } from '#shared/catalog/import-profile.ts';
import { frenchPackSizes } from './french-pack-sizes.ts';

/**
 * The French register of medicines (Base de données publique des médicaments) as its five files come:
 * tab-separated, no headings, no quotes, Windows-1252 or UTF-8 by file and by month. The columns are described in
 * the register's own "format" document. The price is the one without the dispensing fee.
 */
export const bdpmProfile: ImportProfile = {
  source: 'bdpm',
  name: 'French register of medicines (BDPM)',
  currency: 'EUR',
  complete: true,
  files: [
    tabFile('medicine', 'CIS_bdpm*', 12, [
      { at: 1, field: 'medicineCode', as: { kind: 'text', max: 20 }, required: true },
      { at: 2, field: 'brand', as: { kind: 'text', max: 500 }, required: true },
      { at: 3, field: 'form', as: { kind: 'text' } },
      { at: 4, field: 'route', as: { kind: 'text' } },
      { at: 11, field: 'holder', as: { kind: 'text' } },
    ]),
    tabFile('pack', 'CIS_CIP_bdpm*', 13, [
      { at: 1, field: 'medicineCode', as: { kind: 'text', max: 20 }, required: true },
      { at: 2, field: 'code', as: { kind: 'code', scheme: 'cip7' } },
      { at: 3, field: 'label', as: { kind: 'text' } },
      { at: 4, field: 'status', as: { kind: 'text' } },
      { at: 5, field: 'marketing', as: { kind: 'text' } },
      { at: 6, field: 'since', as: { kind: 'date', order: 'dmy', years: [1900, 2100] } },
      { at: 7, field: 'packCode', as: { kind: 'text', max: 14 }, required: true },
      { at: 7, field: 'code', as: { kind: 'code', scheme: 'gtin' }, required: true },
      { at: 9, field: 'reimbursement', as: { kind: 'percent', decimalSign: ',' }, reportEmpty: true },
      {
        at: 10,
        field: 'price',
        as: { kind: 'money', decimalSign: ',', groupSigns: ', ' },
        reportEmpty: true,
      },
      { at: 11, field: 'total', as: { kind: 'money', decimalSign: ',', groupSigns: ', ' } },
      { at: 12, field: 'fee', as: { kind: 'money', decimalSign: ',', groupSigns: ', ' } },
      { at: 13, field: 'note', as: { kind: 'text', max: 4000 } },
    ]),
    {
      ...tabFile('detail', 'CIS_COMPO_bdpm*', 9, [
        { at: 1, field: 'medicineCode', as: { kind: 'text', max: 20 }, required: true },
        { at: 4, field: 'genericName', as: { kind: 'text' } },
        { at: 5, field: 'genericStrength', as: { kind: 'text' } },
        { at: 7, field: 'genericNature', as: { kind: 'text', max: 10 }, required: true },
        { at: 8, field: 'genericLink', as: { kind: 'text', max: 10 } },
      ]),
      realign: true,
    },
    tabFile('detail', 'CIS_CPD_bdpm*', 2, [
      { at: 1, field: 'medicineCode', as: { kind: 'text', max: 20 }, required: true },
      { at: 2, field: 'schedule', as: { kind: 'text' }, required: true },
    ]),
    {
      ...tabFile('detail', 'CIS_GENER_bdpm*', 6, [
        { at: 1, field: 'genericGroup', as: { kind: 'text', max: 20 }, required: true },
        { at: 3, field: 'medicineCode', as: { kind: 'text', max: 20 }, required: true },
      ]),
      realign: true,
    },
  ],
  defaults: { kind: 'medicine', scheduleClass: 'general', discountAllowed: false },
  schedule: [
    {
      field: 'schedule',
      rules: [
        { match: 'contains', text: 'stupéfiant', as: 'controlled' },
        { match: 'starts', text: 'liste i', as: 'prescription' },
        { match: 'contains', text: 'prescription', as: 'prescription' },
        { match: 'contains', text: 'ordonnance', as: 'prescription' },
        { match: 'starts', text: "réservé à l'usage", as: 'prescription' },
        { match: 'starts', text: 'réservé aux', as: 'prescription' },
        { match: 'starts', text: 'réservé à une structure', as: 'prescription' },
        { match: 'contains', text: 'administration', as: 'prescription' },
        { match: 'starts', text: 'délivrance', as: 'prescription' },
        { match: 'starts', text: 'la délivrance', as: 'prescription' },
        { match: 'starts', text: 'la première délivrance', as: 'prescription' },
        // Advice on use and follow-up, always beside a rule of its own.
        { match: 'contains', text: 'surveillance', as: 'general' },
        { match: 'starts', text: 'pour ', as: 'general' },
        { match: 'starts', text: 'femmes en âge', as: 'general' },
        { match: 'contains', text: 'carnet', as: 'general' },
        { match: 'contains', text: 'livret', as: 'general' },
        { match: 'starts', text: 'dosage ', as: 'general' },
        { match: 'starts', text: 'à ne prendre que sur instructions', as: 'prescription' },
      ],
      empty: 'general',
      unknown: 'prescription',
      reportUnknown: true,
    },
  ],
  status: [
    {
      field: 'status',
      rules: [
        { match: 'equals', text: 'présentation active', as: 'active' },
        { match: 'equals', text: 'présentation abrogée', as: 'withdrawn' },
      ],
      empty: 'active',
      unknown: 'active',
      reportUnknown: true,
    },
    {
      field: 'marketing',
      rules: [
        { match: 'starts', text: 'arrêt de commercialisation', as: 'withdrawn' },
        { match: 'starts', text: 'déclaration', as: 'active' },
      ],
      empty: 'active',
      unknown: 'active',
      reportUnknown: true,
    },
  ],
  tax: {
    // Code général des impôts, articles 281 octies (reimbursed) and 278 quater (other medicines).
    classes: [
      { key: 'reimbursed', name: 'Medicine, reimbursed', pct3: [2100], validFrom: '2014-01-01' },
      { key: 'other', name: 'Medicine, not reimbursed', pct3: [10_000], validFrom: '2014-01-01' },
    ],
    map: { field: 'reimbursement', rules: [], empty: 'other', unknown: 'reimbursed', reportUnknown: false },
  },
  genericNatures: ['FT', 'SA'],
  packSizes: frenchPackSizes,
};

function tabFile(
  role: 'medicine' | 'pack' | 'detail',
  files: string,
  width: number,
  columns: ImportProfile['files'][number]['columns'],
): ImportProfile['files'][number] {
  return {
    role,
    files,
    encodings: ['utf-8', 'windows-1252'],
    separator: '\t',
    quote: '',
    header: false,
    width,
    realign: false,
    optional: false,
    columns,
  };
}
