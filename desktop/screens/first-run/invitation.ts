/** What the back office's QR code says: where HQ is, the code, and the fingerprint of HQ's key. */
export interface Invitation {
  readonly hqUrl: string;
  readonly code: string;
  readonly fingerprint?: string;
}

/** Reads `pestle:https://hq.example.org?code=ABCD-2345&fp=…`; null when a code says something else. */
export function readInvitation(text: string): Invitation | null {
  const address = /^pestle:(https?:.+)$/i.exec(text.trim())?.[1];
  if (!address || !URL.canParse(address)) return null;
  const url = new URL(address);
  const code = url.searchParams.get('code');
  const fingerprint = url.searchParams.get('fp');
  if (!code) return null;
  const hqUrl = `${url.origin}${url.pathname}`.replace(/\/$/, '');
  return { hqUrl, code, ...(fingerprint && { fingerprint }) };
}
