import type { Permission } from '#shared/auth/permissions.ts';
import type { hqContract } from '#shared/contract.ts';

/** What a call wants of who makes it: a right, or nothing but to be signed in, because it changes nothing. */
type Wanted = Permission | 'read';
type Rights = {
  readonly [D in keyof typeof hqContract]: { readonly [C in keyof (typeof hqContract)[D]]: Wanted };
};

/** Every call of the back office: one that is missing here does not compile. An auditor reads all and changes nothing. */
export const callRights: Rights = {
  auth: {
    ...{ me: 'read', stores: 'read', people: 'read', roles: 'read' },
    ...{ saveStore: 'auth.settings.edit', saveTill: 'auth.devices.edit', newCode: 'auth.devices.edit' },
    ...{ revokeDevice: 'auth.devices.edit', saveRole: 'auth.people.edit', savePerson: 'auth.people.edit' },
    ...{ syncHealth: 'read', changesetsTaken: 'read', quarantine: 'read', quarantined: 'read' },
    ...{ flags: 'read', outageFiles: 'read' },
    // What tills brought and HQ did not simply take is decided by who answers for the tills.
    ...{ retryQuarantined: 'auth.devices.edit', dismissQuarantined: 'auth.devices.edit' },
    ...{ reviewFlag: 'auth.devices.edit', importOutageFile: 'auth.devices.edit' },
  },
  catalog: {
    ...{ search: 'read', medicine: 'read', profiles: 'read', imports: 'read', watchImport: 'read' },
    ...{ saveProfile: 'catalog.import', inspectUpload: 'catalog.import', startImport: 'catalog.import' },
    ...{ applyImport: 'catalog.import', cancelImport: 'catalog.import' },
  },
  inventory: { oversold: 'read', swapBatch: 'auth.devices.edit', undoSwap: 'auth.devices.edit' },
  sales: {
    ...{ list: 'read', watch: 'read', get: 'read', zReports: 'read', zReport: 'read', shiftGaps: 'read' },
    ...{ offers: 'read', priceLists: 'read', listPrices: 'read', secondRefunds: 'read' },
    ...{ makeOffer: 'catalog.edit', endOffer: 'catalog.edit', savePriceList: 'catalog.edit' },
    ...{ saveListPrice: 'catalog.edit', dropListPrice: 'catalog.edit' },
    settleSecondRefund: 'auth.devices.edit',
  },
  reports: { day: 'read' },
};

/** The right that is missing for the call at this path of the contract; null where it may be made. */
export function missingRight(
  [domain = '', call = '']: readonly string[],
  rights: ReadonlySet<Permission>,
): Permission | 'unknown call' | null {
  const calls: Readonly<Record<string, Readonly<Record<string, Wanted>>>> = callRights;
  const wanted = calls[domain]?.[call] ?? 'unknown call';
  if (wanted === 'read') return null;
  return wanted !== 'unknown call' && rights.has(wanted) ? null : wanted;
}
