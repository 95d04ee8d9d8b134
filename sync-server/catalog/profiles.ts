import { stockTemplate } from '#shared/inventory/stock-import-profile.ts';
import { bdpmProfile } from './profiles/bdpm.ts';
import { normalisedProfile } from './profiles/normalised.ts';

/** The profiles that come with Pestle, of catalogues and of opening stock; saved ones stand beside them. */
export const readyProfiles = [
  { id: 'bdpm', name: bdpmProfile.name, profile: bdpmProfile },
  { id: 'bdpm-csv', name: normalisedProfile.name, profile: normalisedProfile },
  { id: 'stock', name: stockTemplate.name, profile: stockTemplate },
];
