import { AI_ROWS, type AiRow, type Field } from './gs1-ai-table.ts';

/** One Application Identifier with everything a parser needs to know about it. */
export type Ai = {
  readonly ai: string;
  readonly title: string;
  readonly fields: readonly Field[];
  /** The predefined length of its data, or 0 when it runs to the next FNC1. */
  readonly fixedLength: number;
  readonly linkAttribute: boolean;
  /** All clauses must hold; a clause holds when all AIs (or `31nn` patterns) of one alternative are there. */
  readonly needs: readonly (readonly (readonly string[])[])[];
  readonly excludes: readonly string[];
  /** For a Digital Link primary key: the allowed sequences of qualifiers. */
  readonly keyQualifiers?: readonly (readonly string[])[];
};

/** Every assigned AI by its digits. */
export const AIS: ReadonlyMap<string, Ai> = new Map(AI_ROWS.flatMap(expand).map((ai) => [ai.ai, ai]));

/** The AI that `data` has at `at`. AIs have two to four digits and none is the beginning of another. */
export const aiAt = (data: string, at: number): Ai | undefined =>
  AIS.get(data.slice(at, at + 2)) ?? AIS.get(data.slice(at, at + 3)) ?? AIS.get(data.slice(at, at + 4));

/** Whether an AI is what a rule names: the AI itself, or a pattern in which `n` is any digit. */
export function matchesAi(pattern: string, ai: string): boolean {
  if (pattern === ai) return true;
  if (pattern.length !== ai.length || !pattern.endsWith('n')) return false;
  const stem = pattern.slice(0, pattern.indexOf('n'));
  return ai.startsWith(stem);
}

function expand([ais, title, fields, rule = {}]: AiRow): Ai[] {
  const [first = '', last = first] = ais.split('-');
  const common = {
    title,
    fields,
    fixedLength: rule.fixed ? fields.reduce((sum, field) => sum + field.max, 0) : 0,
    linkAttribute: rule.link !== false,
    needs: (rule.needs ?? []).map((clause) => clause.split(',').map((all) => all.split('+'))),
    excludes: rule.excludes?.split(',') ?? [],
    ...(rule.key === undefined ? {} : { keyQualifiers: qualifiers(rule.key) }),
  };
  const count = Number(last) - Number(first) + 1;
  return Array.from({ length: count }, (_, i) => ({
    ...common,
    ai: String(Number(first) + i).padStart(first.length, '0'),
  }));
}

function qualifiers(key: string): readonly (readonly string[])[] {
  return key.split('|').map((sequence) => (sequence === '' ? [] : sequence.split(',')));
}
