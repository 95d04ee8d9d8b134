import fc from 'fast-check';
import { expect, test } from 'vitest';
import { outageHeaderLine, outageLine, readOutageFrame, readOutageLine } from './outage-bundle.ts';

const header = {
  ...{ device: 'device-1', inc: 2, sealedTo: 'key', epoch: 'epoch-1' },
  ...{ count: 3, firstDseq: 7, lastDseq: 9, madeAt: 1_772_000_000_000 },
};
const PACKED = 40;

/** A file whose sealed part is numbered bytes. */
function file(): Uint8Array {
  const line = outageHeaderLine(header, PACKED);
  const rest = Uint8Array.from({ length: 32 + PACKED + 16 + 64 }, (_, i) => i);
  return Uint8Array.from([...line, ...rest]);
}

test('a file is taken apart as it was put together', () => {
  const read = readOutageFrame(file());
  if (!read.ok) throw new Error(read.error.code);
  const { encapsulated, ciphertext, signature, signed, headerLine } = read.value;
  expect(read.value.header).toMatchObject(header);
  expect(headerLine).toEqual(outageHeaderLine(header, PACKED));
  expect([encapsulated[0], encapsulated.length]).toEqual([0, 32]);
  expect([ciphertext[0], ciphertext.length]).toEqual([32, PACKED + 16]);
  expect([signature[0], signature.length]).toEqual([32 + PACKED + 16, 64]);
  expect(signed.length + signature.length).toBe(file().length);
});

test('every file that is cut short is told from one that is no bundle', () => {
  const whole = file();
  for (let length = 9; length < whole.length; length++)
    expect(readOutageFrame(whole.subarray(0, length))).toMatchObject({ error: { code: 'CUT_SHORT' } });
  expect(readOutageFrame(Uint8Array.from([...whole, 0]))).toMatchObject({ error: { code: 'TAMPERED' } });
});

test('whatever else is uploaded is no bundle, and nothing throws', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 3_000 }), (bytes) => {
      expect(readOutageFrame(bytes)).toMatchObject({ error: { code: 'NOT_A_BUNDLE' } });
    }),
    { seed: 20261122, numRuns: 300 },
  );
});

test('a header that says too little is no bundle', () => {
  const text = '{"bytes":200,"format":"pestle-outage-1"}\n';
  const bytes = Uint8Array.from(text.padEnd(400, 'x'), (letter) => letter.charCodeAt(0));
  expect(readOutageFrame(bytes)).toMatchObject({ error: { code: 'NOT_A_BUNDLE' } });
});

test('a changeset comes out of its line as it went in', () => {
  const sealed = { text: '{"a":"line\\nfeed é"}', hash: 'a'.repeat(64), sig: 'sig' };
  expect(readOutageLine(outageLine(sealed))).toEqual(sealed);
  expect(outageLine(sealed)).not.toContain('\n');
  expect(readOutageLine('{"text":1}')).toBeNull();
  expect(readOutageLine('no JSON')).toBeNull();
});
