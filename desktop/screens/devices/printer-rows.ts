import type { ChosenPrinters, PrintersReport } from '#shared/auth/calls-printers.ts';

export type PrinterKind = 'screen' | 'tcp' | 'usb' | 'queue' | 'serial';

/** One printer of the list: in use, found, or typed in. */
export interface PrinterRow {
  readonly address: string;
  readonly kind: PrinterKind;
  /** As people know it: `10.0.0.9`, `lp0`, `Receipts`. */
  readonly name: string;
  readonly profile: string;
  readonly role: 'first' | 'second' | null;
}

/** What a person has done on this screen and not yet put to use. */
export interface Notes {
  readonly typed: readonly string[];
  readonly profiles: Readonly<Record<string, string>>;
}

/** Every printer once: the first, the second, what was found, what was typed, and the screen. */
export function printerRows({ chosen, found }: PrintersReport, notes: Notes): readonly PrinterRow[] {
  if (!chosen) return [];
  const { printer, fallback } = chosen;
  const addresses = [
    printer,
    ...(fallback === null ? [] : [fallback]),
    ...found.map(({ address }) => address),
    ...notes.typed,
    'screen',
  ];
  return [...new Set(addresses)].map((address) => ({
    address,
    kind: kindOf(address),
    name: nameOf(address),
    profile: notes.profiles[address] ?? profileOf(chosen, address),
    role: address === printer ? 'first' : address === fallback ? 'second' : null,
  }));
}

/** A printer on the network as people type it, `10.0.0.9` or `printer.shop:9101`; other addresses as they are. */
export function typedAddress(text: string): string {
  const plain = text.trim();
  return /^(screen$|(tcp|usb|serial|queue):)/.test(plain) ? plain : `tcp://${plain}`;
}

/** The choice with this printer as the first; one that was the second is no longer. */
export function asFirst(chosen: ChosenPrinters, { address, profile }: PrinterRow): ChosenPrinters {
  const fallback = chosen.fallback === address ? null : chosen.fallback;
  return { ...chosen, printer: address, profile, fallback };
}

/** The choice with this printer as the second, or without a second where it was. */
export function asSecond(chosen: ChosenPrinters, { address, profile, role }: PrinterRow): ChosenPrinters {
  if (role === 'second') return { ...chosen, fallback: null };
  return { ...chosen, fallback: address, fallbackProfile: profile };
}

/** The choice with another profile for a printer in use. */
export function withProfile(chosen: ChosenPrinters, row: PrinterRow, profile: string): ChosenPrinters {
  return row.role === 'first' ? { ...chosen, profile } : { ...chosen, fallbackProfile: profile };
}

const profileOf = (chosen: ChosenPrinters, address: string): string =>
  address === chosen.fallback ? chosen.fallbackProfile : chosen.profile;

/** How a thing at this address is reached; what is no address of ours is here. */
export function kindOf(address: string): PrinterKind {
  const kinds: readonly PrinterKind[] = ['tcp', 'usb', 'queue', 'serial'];
  return kinds.find((kind) => address.startsWith(`${kind}:`)) ?? 'screen';
}

/** An address as people know it: `10.0.0.9`, `lp0`, `Receipts`. */
export const nameOf = (address: string): string =>
  address
    .replace(/^(tcp:\/\/|usb:|serial:|queue:)/, '')
    .replace(/^\/dev\/(usb\/|serial\/by-id\/)?/, '')
    .replace(/\?baud=(\d+)$/, ' ($1)');
