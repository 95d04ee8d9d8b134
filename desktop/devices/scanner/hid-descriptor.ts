import type { ReportLayout } from './hid-report.ts';

/**
 * Where a scanner's report descriptor puts the parts of its scanned-data report, or null when it has none: Device Class
 * Definition for HID 1.11 §6.2.2, HID Point of Sale Usage Tables 1.02 §3. Makers order the parts differently and put
 * their own between them; the descriptor is the scanner's own word for it.
 */
export function layoutOfDescriptor(descriptor: Uint8Array): ReportLayout | null {
  const fields = inputFieldsOf(descriptor);
  const data = fields.find(({ usage }) => usage === usages.decodedData);
  if (!data) return null;
  const own = fields.filter(({ reportId }) => reportId === data.reportId);
  const byteOf = (usage: number) => byteAt(own.find((field) => field.usage === usage));
  const start = byteAt(data);
  const ids = [usages.symbology1, usages.symbology2, usages.symbology3].map(byteOf);
  const continued = own.find(({ usage }) => usage === usages.continued);
  if (start === null) return null;
  return {
    reportId: data.reportId,
    length: byteOf(usages.byteCount),
    symbology: ids.every((id, i) => id !== null && id === Number(ids[0]) + i) ? (ids[0] ?? null) : null,
    data: { start, bytes: data.count },
    continued: continued ? { byte: continued.bit >> 3, mask: 1 << (continued.bit & 7) } : null,
  };
}

const usages = {
  byteCount: 0x01_00_3b,
  symbology1: 0x8c_00_fb,
  symbology2: 0x8c_00_fc,
  symbology3: 0x8c_00_fd,
  decodedData: 0x8c_00_fe,
  continued: 0x8c_00_ff,
} as const;

/** A usage's place in the input report with this id; `bit` counts from the report's first byte, its id included. */
interface Field {
  readonly reportId: number;
  readonly usage: number;
  readonly bit: number;
  readonly size: number;
  readonly count: number;
}

const byteAt = (field: Field | undefined): number | null =>
  field && field.size === 8 && field.bit % 8 === 0 ? field.bit / 8 : null;

/** The items that matter here; everything else is passed over by its length. */
const items = {
  input: 0x80,
  usagePage: 0x04,
  size: 0x74,
  reportId: 0x84,
  count: 0x94,
  push: 0xa4,
  pop: 0xb4,
};
const usageItem = 0x08;
const longItem = 0xfe;

interface Globals {
  readonly page: number;
  readonly size: number;
  readonly count: number;
  readonly reportId: number;
}

function inputFieldsOf(descriptor: Uint8Array): readonly Field[] {
  const fields: Field[] = [];
  const ends = new Map<number, number>();
  let globals: Globals = { page: 0, size: 0, count: 0, reportId: 0 };
  const stack: Globals[] = [];
  let named: number[] = [];
  for (const { tag, value, bytes } of itemsOf(descriptor)) {
    if (tag === items.usagePage) globals = { ...globals, page: value };
    else if (tag === items.size) globals = { ...globals, size: value };
    else if (tag === items.count) globals = { ...globals, count: value };
    else if (tag === items.reportId) globals = { ...globals, reportId: value };
    else if (tag === items.push) stack.push(globals);
    else if (tag === items.pop) globals = stack.pop() ?? globals;
    // Four bytes carry their page with them.
    else if (tag === usageItem) named.push(bytes === 4 ? value : globals.page * 0x1_00_00 + value);
    else if (tag === items.input) {
      const start = ends.get(globals.reportId) ?? (globals.reportId === 0 ? 0 : 8);
      fields.push(...spread(named, globals, start));
      ends.set(globals.reportId, start + globals.size * globals.count);
    }
    // Usages belong to the next main item alone.
    if (isMain(tag)) named = [];
  }
  return fields;
}

/** Of several usages each has one place, and the last one what is left (HID 1.11 §6.2.2.8). */
function spread(
  named: readonly number[],
  { reportId, size, count }: Globals,
  start: number,
): readonly Field[] {
  return named.slice(0, count).map((usage, i) => ({
    ...{ reportId, usage, size, bit: start + i * size },
    count: i === named.length - 1 ? count - i : 1,
  }));
}

const isMain = (tag: number) => (tag & 0x0c) === 0;

interface Item {
  readonly tag: number;
  readonly value: number;
  readonly bytes: number;
}

function* itemsOf(descriptor: Uint8Array): Generator<Item> {
  for (let at = 0; at < descriptor.length; ) {
    const prefix = descriptor[at] ?? 0;
    if (prefix === longItem) {
      at += 3 + (descriptor[at + 1] ?? 0);
      continue;
    }
    const bytes = [0, 1, 2, 4][prefix & 3] ?? 0;
    let value = 0;
    for (let i = 0; i < bytes; i++) value += (descriptor[at + 1 + i] ?? 0) * 0x100 ** i;
    yield { tag: prefix & 0xfc, value, bytes };
    at += 1 + bytes;
  }
}
