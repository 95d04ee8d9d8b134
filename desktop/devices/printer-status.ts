/**
 * The printer's own words about itself (Epson ESC/POS): DLE EOT n is answered at once, even while it is offline
 * or busy; GS r 1 is answered in its turn, when everything before it has been worked through.
 */
export const askState = Uint8Array.of(0x10, 0x04, 2, 0x10, 0x04, 4);
export const askWhenDone = Uint8Array.of(0x1d, 0x72, 1);

export type PrinterState = {
  readonly coverOpen: boolean;
  readonly paperOut: boolean;
  readonly paperLow: boolean;
};

/** DLE EOT answers have 0xx1xx10 in common; anything else on the line is not one. */
export const isStateByte = (byte: number): boolean => (byte & 0x93) === 0x12;
/** GS r answers are 0xx0xxxx. */
export const isDoneByte = (byte: number): boolean => (byte & 0x90) === 0;

/** From the answers to DLE EOT 2 (cause of being offline) and DLE EOT 4 (roll paper), in that order. */
export function readState([offline = 0, paper = 0]: readonly number[]): PrinterState {
  return {
    coverOpen: (offline & 0x04) !== 0,
    paperOut: (offline & 0x20) !== 0 || (paper & 0x60) !== 0,
    paperLow: (paper & 0x0c) !== 0,
  };
}
