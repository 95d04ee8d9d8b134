import type { ImportProfile } from '#shared/catalog/import-profile.ts';
import { bdpmProfile } from './bdpm.ts';

/**
 * The French register as one CSV file with headings, already joined (`catalog_normalised*.csv`). It speaks of the
 * same packs as the raw files, so either may be imported over the other.
 */
export const normalisedProfile: ImportProfile = {
  ...bdpmProfile,
  name: 'French register as one CSV file',
  files: [
    {
      role: 'pack',
      files: 'catalog_normalised*',
      encodings: ['utf-8', 'windows-1252'],
      separator: ',',
      quote: '"',
      header: true,
      width: null,
      realign: false,
      optional: false,
      columns: [
        { at: 'cis', field: 'medicineCode', as: { kind: 'text', max: 20 }, required: true },
        { at: 'name', field: 'brand', as: { kind: 'text', max: 500 }, required: true },
        { at: 'form', field: 'form', as: { kind: 'text' } },
        { at: 'route', field: 'route', as: { kind: 'text' } },
        { at: 'holder', field: 'holder', as: { kind: 'text' } },
        { at: 'active', field: 'generics', as: { kind: 'list', separator: ' + ' } },
        { at: 'schedule', field: 'schedule', as: { kind: 'text' } },
        { at: 'generic_group', field: 'genericGroup', as: { kind: 'text' } },
        { at: 'cip13', field: 'packCode', as: { kind: 'text', max: 14 }, required: true },
        { at: 'gtin14', field: 'code', as: { kind: 'code', scheme: 'gtin' }, required: true },
        { at: 'cip7', field: 'code', as: { kind: 'code', scheme: 'cip7' } },
        { at: 'pack', field: 'label', as: { kind: 'text' } },
        { at: 'status', field: 'marketing', as: { kind: 'text' } },
        { at: 'reimb_pct', field: 'reimbursement', as: { kind: 'percent', decimalSign: '.' } },
        { at: 'price_ex_fee_cents', field: 'price', as: { kind: 'minor' }, reportEmpty: true },
      ],
    },
  ],
  schedule: [
    {
      field: 'schedule',
      rules: [
        { match: 'equals', text: 'stupefiant', as: 'controlled' },
        { match: 'starts', text: 'liste_i', as: 'prescription' },
      ],
      empty: 'general',
      unknown: 'prescription',
      reportUnknown: true,
    },
  ],
  status: bdpmProfile.status.filter((map) => map.field === 'marketing'),
};
