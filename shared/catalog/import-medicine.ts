import type { Report } from './import-issues.ts';
import { mapReader } from './import-maps.ts';
import type { ImportField, ImportProfile } from './import-profile.ts';
import type { ImportRow } from './import-rows.ts';
import { type ScheduleClass, scheduleClasses } from './schedule-class.ts';
import type { Generic } from './tables.ts';

/** The columns of a medicine that a register may speak of; one that it does not speak of is not there. */
export type MedicineCols = {
  readonly brand: string;
  readonly generics?: readonly Generic[];
  readonly form?: string;
  readonly route?: string;
  readonly holder?: string;
  readonly scheduleClass?: ScheduleClass;
  readonly tallMan?: string;
  readonly genericGroup?: string;
};

/** A medicine while its rows come in. */
export type MedicineDraft = {
  readonly row: ImportRow;
  readonly links: Map<string, NaturedGeneric[]>;
  schedule: ScheduleClass | null;
  group: string;
};
type NaturedGeneric = Generic & { readonly nature: string };

/** Gathers what the files say of a medicine; `spoken` fields are those that any of the profile's files has. */
export function medicineDraft(profile: ImportProfile, report: Report) {
  const spoken = new Set(profile.files.flatMap((file) => file.columns.map((column) => column.field)));
  const schedules = profile.schedule
    .filter((map) => spoken.has(map.field))
    .map((map) => ({ map, read: mapReader(map) }));
  return {
    start(row: ImportRow): MedicineDraft {
      const draft: MedicineDraft = { row, links: new Map(), schedule: null, group: '' };
      addDetail(draft, row);
      return draft;
    },
    addDetail,
    finish(draft: MedicineDraft): MedicineCols {
      const text = (field: ImportField) => textIn(draft.row, field);
      const has = (field: ImportField) => spoken.has(field);
      return {
        brand: text('brand'),
        ...((has('genericName') || has('generics')) && {
          generics: chosenGenerics(draft, profile.genericNatures),
        }),
        ...(has('form') && { form: text('form') }),
        ...(has('route') && { route: text('route') }),
        ...(has('holder') && { holder: text('holder') }),
        ...(has('tallMan') && { tallMan: text('tallMan') }),
        ...(has('genericGroup') && { genericGroup: draft.group && `${profile.source}:${draft.group}` }),
        ...(schedules.length > 0 && {
          scheduleClass: draft.schedule ?? strictest(schedules.map(({ map }) => map.empty)),
        }),
      };
    },
  };

  function addDetail(draft: MedicineDraft, row: ImportRow): void {
    for (const generic of genericsIn(row)) {
      const link = textIn(row, 'genericLink') || `${generic.name}|${generic.strength}`;
      const under = draft.links.get(link);
      if (under) under.push(generic);
      else draft.links.set(link, [generic]);
    }
    for (const { map, read } of schedules) {
      const text = textIn(row, map.field);
      if (text === '') continue;
      const { word, unknown } = read(text);
      draft.schedule = strictest([draft.schedule ?? word, word]);
      if (unknown && map.reportUnknown) {
        const params = { text: text.slice(0, 80), as: word };
        report({
          file: row.file,
          line: row.line,
          column: map.field,
          code: 'unknown-value',
          params,
          outcome: 'taken-as',
        });
      }
    }
    draft.group ||= textIn(row, 'genericGroup');
  }
}

/** 'NAME 500 mg' of a list has its strength from the first figure on. */
function genericsIn(row: ImportRow): NaturedGeneric[] {
  const list = row.values.get('generics');
  if (Array.isArray(list)) {
    return list.map((text: string) => {
      const [, name = text, strength = ''] = /^(.*?\D)\s+(\d.*)$/.exec(text) ?? [];
      return { name, strength, nature: '' };
    });
  }
  const name = textIn(row, 'genericName');
  if (name === '') return [];
  return [{ name, strength: textIn(row, 'genericStrength'), nature: textIn(row, 'genericNature') }];
}

/** One generic per link, the preferred nature that has a strength first; the same one named twice counts once. */
function chosenGenerics(draft: MedicineDraft, natures: readonly string[]): Generic[] {
  const rank = ({ nature, strength }: NaturedGeneric) => {
    const at = natures.indexOf(nature);
    return (strength === '' ? 1000 : 0) + (at < 0 ? natures.length : at);
  };
  const chosen = new Map<string, Generic>();
  for (const under of draft.links.values()) {
    const best = under.reduce((a, b) => (rank(b) < rank(a) ? b : a));
    const generic = { name: best.name, strength: best.strength };
    chosen.set(`${generic.name}|${generic.strength}`, generic);
  }
  return [...chosen.values()];
}

const strictest = (classes: readonly ScheduleClass[]): ScheduleClass =>
  scheduleClasses[Math.max(0, ...classes.map((c) => scheduleClasses.indexOf(c)))] ?? 'general';

function textIn(row: ImportRow, field: ImportField): string {
  const value = row.values.get(field);
  return value === undefined || typeof value === 'object' ? '' : String(value);
}
