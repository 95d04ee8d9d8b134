/** Where the parts of a scanned-data report stand, in bytes from its first one, the report id included. */
export interface ReportLayout {
  /** 0 when the scanner numbers no reports: then there is no byte for it. */
  readonly reportId: number;
  /** How many bytes of data there are; null when the data ends with its first NUL. */
  readonly length: number | null;
  /** The first of the three bytes of the AIM identifier, `]d2`. */
  readonly symbology: number | null;
  readonly data: { readonly start: number; readonly bytes: number };
  /** Set while more of the same code follows in the next report. */
  readonly continued: { readonly byte: number; readonly mask: number } | null;
}

/**
 * The report as the makers send it who follow the example of HID Point of Sale Usage Tables 1.02: id, length, AIM
 * identifier, 56 bytes of data, and the flag in the last byte. Honeywell, Zebra and others put two bytes of their own
 * before that one: their code id (`j` for Code 128) stands behind the data. For systems that do not show a descriptor.
 */
export const commonLayout = (reportBytes: number): ReportLayout => ({
  reportId: 2,
  length: 1,
  symbology: 2,
  data: { start: 5, bytes: Math.min(56, Math.max(0, reportBytes - 6)) },
  continued: { byte: reportBytes - 1, mask: 1 },
});

/** Longest time in ms between two reports of one code; a scanner sends them within a few. */
const maxGapMs = 500;
/** A symbol holds 7,089 characters at most (QR, digits); what goes on longer is no scanner. */
const maxCharacters = 7089;

/**
 * Puts a scanner's reports together to codes as it read them, the AIM identifier before the data. Bytes are taken as
 * ISO 8859-1, which is what HID POS sends. Reports with another id, and what a report cannot be, are passed over; a
 * code whose end never came is given up when the next one begins. `atMs` may come from any clock that goes on.
 */
export function createReportReader(layout: ReportLayout) {
  let begun: { readonly aim: string; readonly text: string; readonly atMs: number } | null = null;
  return {
    /** The code that this report completes, or null. */
    feed(report: Uint8Array, atMs: number): string | null {
      const part = readReport(report, layout);
      if (!part) return null;
      const goesOn = begun && begun.aim === part.aim && atMs - begun.atMs <= maxGapMs;
      const text = (goesOn && begun ? begun.text : '') + part.text;
      const tooLong = text.length > maxCharacters;
      begun = part.continued && !tooLong ? { aim: part.aim, text, atMs } : null;
      return part.continued || text === '' || tooLong ? null : part.aim + withoutEnd(text);
    },
  };
}

interface Part {
  readonly aim: string;
  readonly text: string;
  readonly continued: boolean;
}

/** What one report says, or null when it is none of scanned data. */
export function readReport(report: Uint8Array, layout: ReportLayout): Part | null {
  const { reportId, length, symbology, data, continued } = layout;
  if (reportId !== 0 && report[0] !== reportId) return null;
  const field = report.subarray(data.start, data.start + data.bytes);
  const said = length === null ? field.indexOf(0) : (report[length] ?? 0);
  const bytes = said < 0 ? field.length : said;
  if (bytes > field.length) return null;
  const id = symbology === null ? '' : latin1(report.subarray(symbology, symbology + 3));
  return {
    aim: /^\][A-Za-z][0-9A-Za-z]$/.test(id) ? id : '',
    text: latin1(field.subarray(0, bytes)),
    continued: continued !== null && ((report[continued.byte] ?? 0) & continued.mask) !== 0,
  };
}

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

/** Some are set to end a code here too as they would on a keyboard. */
const withoutEnd = (text: string) => text.replace(/[\r\n\t]+$/, '');
