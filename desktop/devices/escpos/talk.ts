import type { PrinterState, Talk } from '../talk.ts';

/**
 * The printer's own words about itself (Epson ESC/POS): DLE EOT n is answered at once, even while it is offline
 * or busy; GS r 1 is answered in its turn, when everything before it has been worked through.
 */
export const escposTalk: Talk = {
  state: (line, withinMs) =>
    line.ask(
      askState,
      (bytes) => {
        const answers = bytes.filter(isStateByte);
        return answers.length >= 3 ? readState(answers) : undefined;
      },
      withinMs,
    ),
  isDone: async (line, _before, withinMs) =>
    (await line.ask(askWhenDone, (bytes) => bytes.find(isDoneByte), withinMs)) !== undefined,
};

/** Printer status, cause of being offline, roll paper. */
const askState = Uint8Array.of(0x10, 0x04, 1, 0x10, 0x04, 2, 0x10, 0x04, 4);
const askWhenDone = Uint8Array.of(0x1d, 0x72, 1);

/** DLE EOT answers have 0xx1xx10 in common; anything else on the line is not one. */
const isStateByte = (byte: number): boolean => (byte & 0x93) === 0x12;
/** GS r answers are 0xx0xxxx. */
const isDoneByte = (byte: number): boolean => (byte & 0x90) === 0;

/** From the answers to DLE EOT 1, 2 and 4, in that order. */
function readState([printer = 0, offline = 0, paper = 0]: readonly number[]): PrinterState {
  return {
    offline: (printer & 0x08) !== 0,
    coverOpen: (offline & 0x04) !== 0,
    paperOut: (offline & 0x20) !== 0 || (paper & 0x60) !== 0,
    fault: (offline & 0x40) !== 0,
    paperLow: (paper & 0x0c) !== 0,
  };
}
