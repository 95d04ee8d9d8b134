import { useLingui } from '@lingui/react/macro';
import { Monitor, Network, Printer, Usb } from 'lucide-react';
import type { PrinterKind } from './printer-rows.ts';

export const placeIcons = { screen: Monitor, tcp: Network, usb: Usb, queue: Printer, serial: Usb } as const;

/** How a device is reached, in words. */
export function usePlaceKinds(): Readonly<Record<PrinterKind, string>> {
  const { t } = useLingui();
  return {
    screen: t`a picture, for trying things out`,
    tcp: t`on the network`,
    usb: t`USB`,
    queue: t`printer of this computer`,
    serial: t`serial port`,
  };
}
