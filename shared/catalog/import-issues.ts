/**
 * What an import has to say about a row. Codes are translated by the screens; `params` fill the words.
 * Errors keep a whole row out; warnings leave a field empty or say how it was taken.
 */
const severities = {
  'too-few-fields': 'error',
  'too-many-fields': 'error',
  'row-too-long': 'error',
  'unclosed-quote': 'error',
  'missing-value': 'error',
  'bad-gtin': 'error',
  'bad-code': 'error',
  'duplicate-code': 'error',
  'no-medicine': 'error',
  'deleted-here': 'error',
  'fields-realigned': 'warning',
  'grouped-number': 'warning',
  'empty-value': 'warning',
  'not-a-number': 'warning',
  'negative-number': 'warning',
  'too-precise': 'warning',
  'too-large': 'warning',
  'not-a-percent': 'warning',
  'not-a-date': 'warning',
  'impossible-date': 'warning',
  'other-total': 'warning',
  'markup-removed': 'warning',
  'bad-character': 'warning',
  'text-cut': 'warning',
  'unknown-value': 'warning',
  'duplicate-name': 'warning',
  'no-pack': 'warning',
  'detail-without-medicine': 'warning',
  'size-unknown': 'warning',
  'size-kept': 'warning',
  'code-of-another-pack': 'warning',
  'price-gone': 'warning',
  'no-store': 'error',
  'unknown-pack': 'error',
  'not-a-quantity': 'error',
  'bad-expiry': 'error',
  'bad-batch': 'error',
  'bad-cost': 'error',
  'other-expiry': 'error',
  'already-imported': 'error',
} as const satisfies Record<string, 'error' | 'warning'>;

export type IssueCode = keyof typeof severities;
export type Severity = 'error' | 'warning';
export const severityOf = (code: IssueCode): Severity => severities[code];

/** What became of it: the row or the field was left out, or taken, as it stood or as `params.as` says. */
export type IssueOutcome = 'row-left-out' | 'field-left-empty' | 'taken' | 'taken-as';

export type ImportIssue = {
  readonly file: string;
  /** Counted from 1, headings included. */
  readonly line: number;
  /** The field as the profile names it; null where the whole row is meant. */
  readonly column: string | null;
  readonly code: IssueCode;
  readonly params: Readonly<Record<string, string | number>>;
  readonly outcome: IssueOutcome;
};
export type Report = (issue: ImportIssue) => void;

export type IssueCount = {
  readonly code: IssueCode;
  readonly severity: Severity;
  readonly file: string;
  readonly column: string | null;
  readonly count: number;
};
export type IssueTally = {
  readonly add: Report;
  readonly counts: () => IssueCount[];
  /** The first of every kind, in the order met. */
  readonly samples: () => ImportIssue[];
};

/** Counts every issue and keeps the first `keep` per code, file and column: bounded however bad a file is. */
export function tallyIssues(keep: number): IssueTally {
  const kinds = new Map<string, { readonly of: ImportIssue; readonly first: ImportIssue[]; count: number }>();
  return {
    add(issue) {
      const key = `${issue.code}|${issue.column}|${issue.file}`;
      const kind = kinds.get(key);
      if (kind === undefined) kinds.set(key, { of: issue, first: keep > 0 ? [issue] : [], count: 1 });
      else {
        kind.count += 1;
        if (kind.first.length < keep) kind.first.push(issue);
      }
    },
    counts: () =>
      [...kinds.values()].map(({ of: { code, file, column }, count }) => ({
        code,
        severity: severityOf(code),
        file,
        column,
        count,
      })),
    samples: () => [...kinds.values()].flatMap((kind) => kind.first),
  };
}
