import type { ChosenDevices, DevicesReport, DeviceTrial } from '#shared/auth/calls-devices.ts';
import { kindOf, nameOf, type PrinterKind } from './printer-rows.ts';

/** What hangs on a counter beside receipt printers, each chosen on a page of its own. */
export type DevicePart = DeviceTrial['device'];

/** A choice for every device, also for one that is not there: what it would be. */
export type Draft = { readonly [P in DevicePart]: NonNullable<ChosenDevices[P]> };

/** A place where a device may be. `none`: there is no such device; `hand` is of card terminals. */
export interface DeviceRow {
  /** '' for `none`. */
  readonly address: string;
  readonly kind: PrinterKind | 'none' | 'hand' | 'simulated';
  readonly name: string;
  readonly inUse: boolean;
}

const without: Draft = {
  labels: { address: 'screen', language: 'zpl', dotsPerMm: 8 },
  scale: { address: '', protocol: 'nci', unit: 'kg', checkParity: false },
  display: { address: '', model: 'epson', page: 'cp858', size: '2x20' },
  terminal: { address: 'manual' },
};

/** The choice as it is, ready to be changed. */
export const draftOf = ({ labels, scale, display, terminal }: ChosenDevices): Draft => ({
  ...{ labels, terminal },
  scale: scale ?? without.scale,
  display: display ?? without.display,
});

/** The whole choice with this part as drafted; an address of '' takes the device away. */
export function withDraft(chosen: ChosenDevices, part: DevicePart, draft: Draft): ChosenDevices {
  const gone = draft[part].address === '';
  switch (part) {
    case 'labels':
      return { ...chosen, labels: draft.labels };
    case 'terminal':
      return { ...chosen, terminal: draft.terminal };
    case 'scale':
      return { ...chosen, scale: gone ? null : draft.scale };
    case 'display':
      return { ...chosen, display: gone ? null : draft.display };
  }
}

/** What is tried: the device as drafted. */
export function trialOf(part: DevicePart, draft: Draft): DeviceTrial {
  switch (part) {
    case 'labels':
      return { device: part, choice: draft.labels };
    case 'scale':
      return { device: part, choice: draft.scale };
    case 'display':
      return { device: part, choice: draft.display };
    case 'terminal':
      return { device: part, choice: draft.terminal };
  }
}

/** Whether nothing in the draft of a part is other than what is in use. */
export function isInUse(chosen: ChosenDevices, part: DevicePart, draft: Draft): boolean {
  const used = chosen[part];
  if (used === null) return draft[part].address === '';
  return JSON.stringify(sorted(used)) === JSON.stringify(sorted(draft[part]));
}

const sorted = (choice: object) => Object.entries(choice).toSorted(([a], [b]) => (a < b ? -1 : 1));

/** Every place once: the one in use, what every counter has, what was found and fits, what was typed. */
export function deviceRows(
  { chosen, found }: DevicesReport,
  part: DevicePart,
  typed: readonly string[],
): readonly DeviceRow[] {
  if (!chosen) return [];
  const used = chosen[part]?.address ?? '';
  const fits = found.filter(({ kind }) =>
    part === 'labels' ? true : part !== 'terminal' && kind === 'serial',
  );
  const places = [used, ...usual[part], ...fits.map(({ address }) => address), ...typed];
  // One serial port is one place, however fast its line is.
  const once = places.filter((address, i) => places.findIndex((one) => isSamePlace(one, address)) === i);
  return once.map((address) => ({
    ...{ address, kind: kindOfPlace(address), name: nameOf(withoutBaud(address)) },
    inUse: address === used,
  }));
}

const usual: Readonly<Record<DevicePart, readonly string[]>> = {
  labels: ['screen'],
  scale: ['', 'simulated'],
  display: [''],
  terminal: ['manual', 'simulated'],
};

function kindOfPlace(address: string): DeviceRow['kind'] {
  if (address === '') return 'none';
  if (address === 'manual') return 'hand';
  return address === 'simulated' ? 'simulated' : kindOf(address);
}

export const isSamePlace = (one: string, other: string): boolean => withoutBaud(one) === withoutBaud(other);

const withoutBaud = (address: string): string => address.replace(/\?baud=\d+$/, '');

/** A serial line's speed in its address; '' for the one the device left its factory with. */
export const baudOf = (address: string): string => /\?baud=(\d+)$/.exec(address)?.[1] ?? '';

export const withBaud = (address: string, baud: string): string =>
  baud === '' ? withoutBaud(address) : `${withoutBaud(address)}?baud=${baud}`;
