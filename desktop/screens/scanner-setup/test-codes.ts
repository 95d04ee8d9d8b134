import { GS } from '#shared/auth/scanner-profile.ts';

export type TestCodeId = 'code128' | 'dataMatrix' | 'ean';

export interface TestCode {
  /** As it stands in the symbol, the FNC1 that begins GS1 codes left out. */
  readonly data: string;
  /** Of the symbol's AIM identifier, `]C0`; what follows it differs between scanners. */
  readonly aimLetter: string;
  /** Its modules, row by row, 1 is black; a bar code has one row. */
  readonly rows: readonly string[];
}

/** GS1's own example of a trade item number: no article anywhere has it. */
const exampleGtin = '9521234543213';

/**
 * What the setup screen shows. Together they tell every layout, identifier and separator apart: the letters that AZERTY
 * and QWERTZ move in both cases, digits, a hyphen, an FNC1 within the data, three symbologies. Drawn once, because the
 * program that draws bar codes is as large as all the screens; test-codes.test.ts draws them again and compares.
 */
export const testCodes: Readonly<Record<TestCodeId, TestCode>> = {
  code128: {
    data: 'Pestle-AZQWYM-019',
    aimLetter: 'C',
    rows: bars(
      '2112143131211122141142121241122211141122141221321113233123112113313113213121131131231221321231221232213211223113212331112',
    ),
  },
  dataMatrix: {
    data: `010${exampleGtin}10AZ19${GS}17491231`,
    aimLetter: 'd',
    rows: [
      '101010101010101010',
      '110011110100000101',
      '100010110010100110',
      '101100101101110111',
      '111011001110011100',
      '101000101100110001',
      '101000001011001110',
      '111100101001110011',
      '100001010011011100',
      '110100100001101111',
      '100111001000101110',
      '111101101100000101',
      '100101110010000100',
      '101010001110010011',
      '100111010000000100',
      '111101110101100001',
      '101001101101011010',
      '111111111111111111',
    ],
  },
  ean: {
    data: exampleGtin,
    aimLetter: 'E',
    rows: bars('11112312212122221221141113211111123111321411212222211411111'),
  },
};

/** In the order in which they are shown. */
export const testCodeIds: readonly TestCodeId[] = ['code128', 'dataMatrix', 'ean'];

/** The modules of one row from the widths of bars and spaces in turn, a bar first. */
function bars(widths: string): readonly string[] {
  return [[...widths].map((width, i) => (i % 2 === 0 ? '1' : '0').repeat(Number(width))).join('')];
}
