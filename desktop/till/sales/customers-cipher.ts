import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import {
  decipherField,
  encipherField,
  type FieldCipher,
  type FieldPlace,
  type PersonalData,
  type PersonalField,
  personalFields,
} from '#shared/sales/customer-fields.ts';

const TAG_BYTES = 16;
const NONCE_BYTES = 12;

/** AES-256-GCM of node:crypto, a fresh random nonce for every text. */
const cipher: FieldCipher<Buffer> = {
  seal(key, plain, context) {
    const nonce = randomBytes(NONCE_BYTES);
    const gcm = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
    const sealed = Buffer.concat([gcm.update(plain, 'utf8'), gcm.final(), gcm.getAuthTag()]);
    return { nonce: nonce.toString('base64url'), sealed: sealed.toString('base64url') };
  },
  open(key, { nonce, sealed }, context) {
    const bytes = Buffer.from(sealed, 'base64url');
    const end = bytes.length - TAG_BYTES;
    const gcm = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64url'), {
      authTagLength: TAG_BYTES,
    })
      .setAAD(Buffer.from(context))
      .setAuthTag(bytes.subarray(end));
    try {
      return gcm.update(bytes.subarray(0, end), undefined, 'utf8') + gcm.final('utf8');
    } catch {
      return null; // altered, another's, or under another key
    }
  },
};

/** A customer's columns as they lie in the table. */
export type SealedData = Readonly<Record<PersonalField, string | null>>;

export const sealField = (
  key: Buffer,
  { customerId, field, plain }: FieldPlace & { readonly plain: string },
): string => encipherField(cipher, { customerId, field, plain, key });

/** One field in plain text: null where there is none, and where the key does not open it. */
export function openField(
  key: Buffer,
  { customerId, field, text }: FieldPlace & { readonly text: string | null },
): string | null {
  if (text === null) return null;
  const opened = decipherField(cipher, { customerId, field, text, key });
  return opened.ok ? opened.value : null;
}

/** All of a customer's fields; null where not even the name opens. */
export function openData(key: Buffer, customerId: string, sealed: SealedData): PersonalData | null {
  const [name, phone, email, address, note] = personalFields.map((field) =>
    openField(key, { customerId, field, text: sealed[field] }),
  );
  if (name === undefined || name === null) return null;
  return { name, phone: phone ?? null, email: email ?? null, address: address ?? null, note: note ?? null };
}
