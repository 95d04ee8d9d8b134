import type { ScheduleClass } from '#shared/catalog/schedule-class.ts';
import type { Generic } from '#shared/catalog/tables.ts';
import { type FormWord, isFormWord } from './forms.ts';
import { genericsA } from './generics-a.ts';
import { genericsB } from './generics-b.ts';

/** One line of the list: an active substance, or a fixed combination of several. */
export type GenericEntry = {
  readonly names: readonly string[];
  readonly scheduleClass: ScheduleClass;
  /** Of a usual pack, in cents. */
  readonly priceMinor: number;
  readonly presentations: readonly Presentation[];
};

/** A form in its strengths and pack sizes: counts of base units, or what one closed container holds ('100 ml'). */
export type Presentation = {
  readonly form: FormWord;
  readonly strengths: readonly string[];
  readonly sizes: readonly string[];
};

/** The whole list, in its order. A line that cannot be read is a bug and throws. */
export const genericEntries = (): readonly GenericEntry[] =>
  [genericsA, genericsB].flatMap((text) => text.trim().split('\n').map(entryOf));

/** The generics of an entry in one strength: '500 mg/62.5 mg' gives each its own, '50 mg/26.7 mg/ml' too. */
export function genericsOf(names: readonly string[], strength: string): Generic[] {
  if (names.length === 1) return names.map((name) => ({ name, strength }));
  const parts = strength.split('/');
  const per = parts.length > names.length ? `/${parts.slice(names.length).join('/')}` : '';
  return names.map((name, index) => ({ name, strength: `${parts[index] ?? ''}${per}` }));
}

const classOf: Readonly<Record<string, ScheduleClass>> = {
  g: 'general',
  p: 'pharmacist',
  r: 'prescription',
  c: 'controlled',
};

function entryOf(line: string): GenericEntry {
  const [names = '', letter = '', price = '', presentations = ''] = line.split(' | ');
  const scheduleClass = classOf[letter];
  if (scheduleClass === undefined || !/^\d+$/.test(price)) throw new Error(`generic line: ${line}`);
  return {
    names: names.split(' + '),
    scheduleClass,
    priceMinor: Number(price),
    presentations: presentations.split('; ').map(presentationOf),
  };
}

function presentationOf(text: string): Presentation {
  const [, form = '', strengths = '', sizes = ''] = /^(\w+) (.+) x(.+)$/.exec(text) ?? [];
  if (!isFormWord(form)) throw new Error(`presentation: ${text}`);
  return { form, strengths: strengths.split(','), sizes: sizes.split(',') };
}
