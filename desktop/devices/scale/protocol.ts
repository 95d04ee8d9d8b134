import { type Weighing, type Weight, weightUnits } from '#shared/sales/weighing.ts';

/** How a scale is asked and what its answer means. */
export type ScaleProtocol = {
  readonly question: Uint8Array;
  /** How its line is set when it leaves the factory. */
  readonly line: {
    readonly baudRate: number;
    readonly dataBits: 7 | 8;
    readonly parity: 'none' | 'even' | 'odd';
    readonly stopBits: 1 | 2;
  };
  /** The bytes since the question, seven bits each; undefined until the answer is whole. */
  readonly read: (bytes: readonly number[]) => Weighing | undefined;
};

/** `  1.255kg`, `-0.005LB`, `  250 g`: null for anything else. Exact: a scale has at most five decimals. */
export function readWeight(shown: string): Weight | null {
  const [, sign, whole, fraction = '', named = ''] =
    /^\s*(-?)\s*(\d{1,7})(?:\.(\d{1,5}))?\s*([A-Za-z]{1,2})\s*$/.exec(shown) ?? [];
  const unit = weightUnits.find((one) => one === named.toLowerCase());
  if (whole === undefined || unit === undefined) return null;
  const amount = Number(whole + fraction);
  return { amount: sign === '-' ? 0 - amount : amount, decimals: fraction.length, unit };
}

/**
 * The seven data bits of bytes whose eighth is even parity, as a line adapter passes them on that was set to eight
 * bits; null where one of them is wrong.
 */
export function withoutEvenParity(bytes: readonly number[]): readonly number[] | null {
  const right = bytes.every((byte) => ones(byte) % 2 === 0);
  return right ? bytes.map((byte) => byte & 0x7f) : null;
}

function ones(byte: number): number {
  let count = 0;
  for (let left = byte; left > 0; left >>= 1) count += left & 1;
  return count;
}
