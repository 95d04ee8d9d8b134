import { isHlc } from './hlc.ts';

/**
 * Whether parsed JSON is surely an envelope, as `envelopeSchema` has it, at a tenth of the schema's cost: every changeset
 * is opened once at HQ and once at every till. False says nothing; then the schema judges, and names what is wrong.
 */
export function isSurelyEnvelope(json: unknown): boolean {
  if (!isObject(json) || Object.keys(json).length !== MEMBERS) return false;
  const { device, inc, dseq, tx, parts, prevHash, hlc, type, v, scope, actor, at, skew, body } = json;
  return (
    isName(device, 64) &&
    isCount(inc, 999_999) &&
    isCount(dseq) &&
    isName(tx, 64) &&
    isCount(parts, 1_000_000) &&
    typeof prevHash === 'string' &&
    prevHash.length === 64 &&
    typeof hlc === 'string' &&
    isHlc(hlc) &&
    isName(type, 64) &&
    isCount(v) &&
    isName(scope, 80) &&
    isName(actor, 64) &&
    Number.isSafeInteger(at) &&
    Number(at) >= 0 &&
    (skew === null || Number.isSafeInteger(skew)) &&
    isBody(body)
  );
}

const MEMBERS = 14;

type Members = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isName = (value: unknown, longest: number): boolean =>
  typeof value === 'string' && value.length > 0 && value.length <= longest;

const isCount = (value: unknown, most = Number.MAX_SAFE_INTEGER): boolean =>
  Number.isSafeInteger(value) && Number(value) >= 1 && Number(value) <= most;

/** Other members of a body are left out by the schema, so a body that has some is not surely what the schema gives. */
function isBody(body: unknown): boolean {
  if (!isObject(body) || Object.keys(body).length !== 1) return false;
  const { changes } = body;
  return Array.isArray(changes) && changes.every(isChange);
}

function isChange(change: unknown): boolean {
  if (!isObject(change) || typeof change.t !== 'string') return false;
  const members = Object.keys(change).length;
  if (change.op === 'insert') return members === 3 && isRow(change.row);
  if (typeof change.id !== 'string') return false;
  if (change.op === 'set') return members === 4 && isRow(change.cols);
  return members === 3 && (change.op === 'delete' || change.op === 'undelete');
}

/** A member of that name is no column, and libraries that copy objects leave it out. */
const isRow = (row: unknown): boolean => isObject(row) && !Object.hasOwn(row, '__proto__');
