import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import iconv from 'iconv-lite';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { type ByteFacts, createByteCounter, detectEncoding } from './encoding.ts';

/** A file to be imported: `name` as people know it, without `.gz`. */
export type TableFile = { readonly name: string; readonly path: string };

/** Why a file is no table that could be read. */
export type NotATable = {
  readonly code: 'NOT_A_TABLE';
  readonly file: string;
  readonly problem:
    | 'empty'
    | 'binary'
    | 'zip'
    | 'pdf'
    | 'html'
    | 'xml'
    | 'unreadable'
    | 'too-large'
    | 'row-too-long'
    | 'unclosed-quote'
    | 'one-column';
};

/** What a first pass over a whole file found out. */
export type FileScan = {
  readonly file: TableFile;
  readonly encoding: string;
  readonly certain: boolean;
  readonly lines: number;
  readonly lineEnds: { readonly crlf: number; readonly lf: number; readonly cr: number };
};

/** More than this, unpacked, is no register. */
const MAX_BYTES = 2 ** 30;
const MAX_ROW_BYTES = 2 ** 18;
const SAMPLE_BYTES = 2 ** 18;
/** What is taken apart in one go: a few milliseconds of work. */
const CHUNK_BYTES = 2 ** 15;

/** Reads a file once through: its encoding, its line ends and whether it is a text at all. */
export async function scanFile(
  file: TableFile,
  encodings: readonly string[],
): Promise<Result<FileScan, NotATable>> {
  const counter = createByteCounter();
  const sample: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of await byteStream(file.path)) {
      if (bytes < SAMPLE_BYTES) sample.push(chunk);
      bytes += chunk.length;
      if (bytes > MAX_BYTES) return refuse(file, 'too-large');
      counter.add(chunk);
    }
  } catch {
    return refuse(file, 'unreadable');
  }
  const facts = counter.facts();
  const head = Buffer.concat(sample);
  const problem = problemOf(facts, head);
  if (problem !== null) return refuse(file, problem);
  const { crlf, lf, cr } = facts;
  const lines = crlf + lf + cr;
  return ok({ file, ...detectEncoding(encodings, facts, head), lines, lineEnds: { crlf, lf, cr } });
}

/** The first bytes of a file, unpacked. */
export async function headOf(path: string, bytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of await byteStream(path)) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= bytes) break;
  }
  return Buffer.concat(chunks).subarray(0, bytes);
}

export type TableRow = { readonly line: number; readonly fields: readonly string[] };
export type TableForm = { readonly separator: string; readonly quote: string };

/** Thrown out of `tableRows` when the rest of a file cannot be read as a table. */
export class TableFault extends Error {
  readonly refusal: NotATable;
  constructor(refusal: NotATable) {
    super(`${refusal.file}: ${refusal.problem}`);
    this.refusal = refusal;
  }
}

/** The rows of a file, as many at a time as one chunk holds, with the line on which each starts. */
export async function* tableRows(scan: FileScan, form: TableForm): AsyncGenerator<TableRow[]> {
  let rows: TableRow[] = [];
  let fault: Error | null = null;
  let nextLine = 1;
  const parser = parse({
    delimiter: form.separator,
    quote: form.quote || null,
    ...(form.quote && { escape: form.quote }),
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: MAX_ROW_BYTES,
    on_record: (fields: string[]) => {
      // An empty line comes as one empty field. The parser's own count takes CRLF inside quotes for two lines.
      if (fields.length > 1 || fields[0] !== '') rows.push({ line: nextLine, fields });
      nextLine += 1 + (form.quote === '' ? 0 : lineEndsIn(fields));
      return null;
    },
  });
  parser.on('error', (error) => {
    fault = error;
  });
  const decoder = iconv.getDecoder(scan.encoding);
  for await (const chunk of await byteStream(scan.file.path)) {
    await written(parser, decoder.write(chunk));
    if (fault !== null) throw faultOf(scan.file, fault);
    yield rows;
    rows = [];
  }
  await ended(parser, decoder.end() ?? '');
  if (fault !== null) throw faultOf(scan.file, fault);
  if (rows.length > 0) yield rows;
}

const lineEndsIn = (fields: readonly string[]): number =>
  fields.reduce((sum, field) => sum + (field.match(/\r\n|\r|\n/g)?.length ?? 0), 0);

type CsvParser = ReturnType<typeof parse>;

const written = (parser: CsvParser, text: string): Promise<void> =>
  new Promise((done) => {
    parser.write(text, () => done());
  });

function ended(parser: CsvParser, rest: string): Promise<void> {
  return new Promise((done) => {
    parser.once('end', done);
    parser.once('error', () => done());
    parser.resume();
    parser.end(rest);
  });
}

function faultOf(file: TableFile, error: Error): Error {
  const code = 'code' in error ? error.code : '';
  if (code === 'CSV_MAX_RECORD_SIZE') return new TableFault(notATable(file, 'row-too-long'));
  if (code === 'CSV_QUOTE_NOT_CLOSED') return new TableFault(notATable(file, 'unclosed-quote'));
  return error;
}

/** The bytes of a file, unpacked where it is gzipped, whatever its name says. */
async function byteStream(path: string): Promise<Readable> {
  const handle = await open(path);
  const magic = Buffer.alloc(2);
  await handle.read(magic, 0, 2, 0);
  await handle.close();
  const raw = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  // The error reaches the reader through the last stream of the pipeline.
  return magic[0] === 0x1f && magic[1] === 0x8b ? pipeline(raw, createGunzip(), () => {}) : raw;
}

function problemOf(facts: ByteFacts, head: Buffer): NotATable['problem'] | null {
  const start = head.subarray(0, 512).toString('latin1').trimStart().toLowerCase();
  if (facts.bytes === 0 || (facts.bytes < SAMPLE_BYTES && start === '')) return 'empty';
  if (start.startsWith('pk\x03\x04')) return 'zip';
  if (start.startsWith('%pdf')) return 'pdf';
  if (/^(?:\xef\xbb\xbf)?<(?:!doctype html|html|head|body)/.test(start)) return 'html';
  if (/^(?:\xef\xbb\xbf)?<\?xml/.test(start)) return 'xml';
  const wide = facts.bom === 'utf-16le' || facts.bom === 'utf-16be';
  if (!wide && (facts.nuls > 0 || facts.controls > facts.bytes / 100)) return 'binary';
  return null;
}

const notATable = (file: TableFile, problem: NotATable['problem']): NotATable => ({
  code: 'NOT_A_TABLE',
  file: file.name,
  problem,
});
const refuse = (file: TableFile, problem: NotATable['problem']): Result<never, NotATable> =>
  err(notATable(file, problem));
