import { err, ok, type Result } from '#shared/kernel/result.ts';

/** What is personal of a customer, as the columns are called that hold it enciphered (tables.ts). */
export const personalFields = ['name', 'phone', 'email', 'address', 'note'] as const;
export type PersonalField = (typeof personalFields)[number];

/** A customer as people read it. */
export type PersonalData = { readonly name: string } & {
  readonly [F in Exclude<PersonalField, 'name'>]: string | null;
};

/** A text under a person's key: nonce, and ciphertext with the tag at its end, both in base64url. */
export type SealedText = { readonly nonce: string; readonly sealed: string };

/**
 * AES-256-GCM (NIST SP 800-38D) as the host has it. A nonce is random and used once; `context` is authenticated with
 * the text; `open` answers null for what was altered, is another's, or is under another key.
 */
export type FieldCipher<Key> = {
  readonly seal: (key: Key, plain: string, context: string) => SealedText;
  readonly open: (key: Key, text: SealedText, context: string) => string | null;
};

/** What an invoice says of a customer, by the invoice's id. */
type InvoiceField = `invoice/${string}/${'name' | 'address'}`;

/** Where a field stands: one text cannot take another's place, in its own row or in somebody else's. */
export type FieldPlace = { readonly customerId: string; readonly field: PersonalField | InvoiceField };

/** `1.<nonce>.<ciphertext and tag>`: the first part is the format's version. */
export function encipherField<Key>(
  cipher: FieldCipher<Key>,
  { key, plain, ...place }: FieldPlace & { readonly key: Key; readonly plain: string },
): string {
  const { nonce, sealed } = cipher.seal(key, plain, contextOf(place));
  return `${VERSION}.${nonce}.${sealed}`;
}

export type FieldFailure =
  /** Not a text of this format: a newer version, or none at all. */
  | { readonly code: 'NOT_SEALED' }
  /** The key does not open it here. */
  | { readonly code: 'WRONG_KEY' };

export function decipherField<Key>(
  cipher: FieldCipher<Key>,
  { key, text, ...place }: FieldPlace & { readonly key: Key; readonly text: string },
): Result<string, FieldFailure> {
  const parts = splitField(text);
  if (!parts) return err({ code: 'NOT_SEALED' });
  const plain = cipher.open(key, parts, contextOf(place));
  return plain === null ? err({ code: 'WRONG_KEY' }) : ok(plain);
}

const VERSION = '1';
/** 96-bit nonce; at least the 128-bit tag. */
const shape = /^1\.([\w-]{16})\.([\w-]{22,})$/;

/** Whether a text is one of these, under whatever key. */
export const isSealedField = (text: string): boolean => shape.test(text);

function splitField(text: string): SealedText | null {
  const [, nonce, sealed] = shape.exec(text) ?? [];
  return nonce === undefined || sealed === undefined ? null : { nonce, sealed };
}

const contextOf = ({ customerId, field }: FieldPlace): string => `customer/${customerId}/${field}`;
