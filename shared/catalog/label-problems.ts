import { type LabelTemplateError, parseLabelTemplate } from './label-template.ts';

/**
 * Everything that is wrong with a template, line by line, for who is writing it; nothing where `parseLabelTemplate` can
 * read it. Of one line the first fault is told. While there is no size nothing else can be judged.
 */
export function labelTemplateProblems(source: string): readonly LabelTemplateError[] {
  const whole = parseLabelTemplate(source);
  if (whole.ok) return [];
  if (whole.error.code === 'NO_SIZE' || whole.error.code === 'TOO_LONG') return [whole.error];
  const lines = source.split(/\r?\n/);
  const head = lines.findIndex((line) => parseLabelTemplate(line).ok);
  if (head < 0) return [whole.error];
  const problems = lines.flatMap((line, i) => {
    const read = i === head ? null : parseLabelTemplate(`${lines[head]}\n${line}`);
    return read && !read.ok ? [atLine(read.error, i + 1)] : [];
  });
  return problems.length > 0 ? problems : [whole.error];
}

const atLine = (error: LabelTemplateError, line: number): LabelTemplateError =>
  'line' in error ? { ...error, line } : error;
