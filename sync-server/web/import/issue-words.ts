import { useLingui } from '@lingui/react/macro';
import type { IssueCode, IssueOutcome } from '#shared/catalog/import-issues.ts';

/** The reason of a row error in words. A code of a newer HQ is shown as it is. */
export function useIssueWords(): (code: string) => string {
  const { t } = useLingui();
  const words: Readonly<Record<IssueCode, string>> = {
    'too-few-fields': t`Too few columns`,
    'too-many-fields': t`Too many columns`,
    'row-too-long': t`Row is too long`,
    'unclosed-quote': t`Quotation mark is never closed`,
    'missing-value': t`A required field is empty`,
    'bad-gtin': t`GTIN check digit is wrong`,
    'bad-code': t`Code cannot be one`,
    'duplicate-code': t`Code twice in the file`,
    'no-medicine': t`No medicine for this pack`,
    'deleted-here': t`Pack was deleted at HQ`,
    'fields-realigned': t`Empty columns dropped to make the row fit`,
    'grouped-number': t`Number has a sign for thousands`,
    'empty-value': t`Field is empty`,
    'not-a-number': t`Not a number`,
    'negative-number': t`Number is below zero`,
    'too-precise': t`More decimals than the currency has`,
    'too-large': t`Number is too large`,
    'not-a-percent': t`Not a percentage`,
    'not-a-date': t`Not a date`,
    'impossible-date': t`Date cannot be`,
    'other-total': t`Price and fee are another sum`,
    'markup-removed': t`Markup taken out of a text`,
    'bad-character': t`Character that cannot be read`,
    'text-cut': t`Text cut to its longest length`,
    'unknown-value': t`Value that no rule knows`,
    'duplicate-name': t`Medicine twice in the file`,
    'no-pack': t`Medicine without a pack`,
    'detail-without-medicine': t`Detail of a medicine that is not there`,
    'size-unknown': t`Pack size cannot be read from the label`,
    'size-kept': t`Pack size stays: there is stock of it`,
    'code-of-another-pack': t`Code belongs to another pack`,
    'price-gone': t`Price is no longer given`,
    'no-store': t`No such store`,
    'unknown-pack': t`No pack has this code`,
    'not-a-quantity': t`Not a quantity`,
    'bad-expiry': t`Expiry cannot be read`,
    'bad-batch': t`Batch code cannot be one`,
    'bad-cost': t`Cost cannot be read`,
    'other-expiry': t`Batch is known with another expiry`,
    'already-imported': t`Came in with an earlier import`,
  };
  return (code) => (code in words ? words[code as IssueCode] : code);
}

/** What became of the row or the field. */
export function useOutcomeWords(): (outcome: string) => string {
  const { t } = useLingui();
  const words: Readonly<Record<IssueOutcome, string>> = {
    'row-left-out': t`Kept out`,
    'field-left-empty': t`Row taken, field left as it was`,
    taken: t`Taken`,
    'taken-as': t`Taken as`,
  };
  return (outcome) => (outcome in words ? words[outcome as IssueOutcome] : outcome);
}
