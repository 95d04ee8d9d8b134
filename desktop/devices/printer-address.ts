/**
 * Where a printer is, as devices.json says it: `screen`, `tcp://host[:9100]`, `usb:/dev/usb/lp0`,
 * `serial:/dev/ttyUSB0[?baud=19200]`, `serial:COM3`, `queue:NAME`.
 */
export type PrinterPlace =
  | { readonly kind: 'screen' }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'usb'; readonly path: string }
  | { readonly kind: 'serial'; readonly path: string; readonly baudRate: number }
  | { readonly kind: 'queue'; readonly queue: string };

/** Undefined where this is no address of a printer. */
export function printerPlace(address: string): PrinterPlace | undefined {
  if (address === 'screen') return { kind: 'screen' };
  const [, scheme, rest = ''] = /^(tcp|usb|serial|queue):(.+)$/.exec(address.trim()) ?? [];
  if (scheme === 'tcp') return tcpPlace(address.trim());
  if (scheme === 'queue') return { kind: 'queue', queue: rest };
  // Nothing but a device: a slip of the pen must not print over a file.
  if (scheme === 'usb') return rest.startsWith('/dev/') ? { kind: 'usb', path: rest } : undefined;
  if (scheme === 'serial') return serialPlace(rest);
  return undefined;
}

function tcpPlace(address: string): PrinterPlace | undefined {
  const url = URL.parse(address);
  if (!url?.hostname || !['', '/'].includes(url.pathname)) return undefined;
  // An IPv6 address stands in brackets in a URL, and without them everywhere else.
  return { kind: 'tcp', host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || 9100) };
}

function serialPlace(rest: string): PrinterPlace | undefined {
  const [path = '', query = ''] = rest.split('?', 2);
  const baudRate = Number(new URLSearchParams(query).get('baud') ?? 19_200);
  if (!/^(\/dev\/.+|COM\d+)$/.test(path) || !Number.isInteger(baudRate) || baudRate < 300) return undefined;
  return { kind: 'serial', path, baudRate };
}
