import { useLingui } from '@lingui/react/macro';
import { labelFields } from '#shared/catalog/label-template.ts';

/** A fault of a template: a code of label-template.ts, the line it is in, and the word it is about. */
interface Problem {
  readonly problem: string;
  readonly line: number | null;
  readonly word: string | null;
}

/** What is wrong with a line of a label template, and what would be right. */
export function useTemplateWords(): (problem: Problem) => string {
  const { t } = useLingui();
  const fault = useFaults();
  return (problem) => {
    const what = fault(problem);
    const { line } = problem;
    return line === null ? what : t`Line ${line}: ${what}`;
  };
}

function useFaults(): (problem: Problem) => string {
  const { t } = useLingui();
  const missing = useMissing();
  const fields = labelFields.map((field) => `{${field}}`).join(' ');
  return ({ problem, word }) => {
    const said = word ?? '';
    switch (problem) {
      case 'NO_SIZE':
        return t`The first line says how large the label is in millimetres: label 50 x 30`;
      case 'TOO_LONG':
        return t`There is too much on this label: at most 40 lines.`;
      case 'UNCLOSED_QUOTE':
        return t`a text begins with " and never ends with one.`;
      case 'MISSING':
        return missing(said);
      case 'UNKNOWN_WORD':
        return t`“${said}” is no word of a label here.`;
      case 'UNKNOWN_FIELD':
        return t`a pack has no “${said}”. It has ${fields}`;
      case 'BAD_NUMBER':
        return t`“${said}” is no number of millimetres, with one decimal at most.`;
      case 'OUTSIDE':
        return t`this would stand beside the label.`;
      default:
        return problem;
    }
  };
}

function useMissing(): (what: string) => string {
  const { t } = useLingui();
  return (what) => {
    switch (what) {
      case 'position':
        return t`say where it stands: millimetres from the left and from the top.`;
      case 'text':
        return t`say what is written, between quotation marks.`;
      case 'size':
        return t`say width x height in millimetres: label 50 x 30`;
      default:
        return t`the last word wants a value behind it.`;
    }
  };
}
