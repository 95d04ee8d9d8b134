import { Trans, useLingui } from '@lingui/react/macro';
import { ChevronRight } from 'lucide-react';
import type { FileProfile, ImportField, ImportProfile } from '#shared/catalog/import-profile.ts';
import { Chip } from '#shared/ui/chip.tsx';
import { Table, Td, Th } from '#shared/ui/table.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import type { Hq } from '../hq.ts';
import { Select } from '../parts/select.tsx';
import { useFieldNames } from './field-names.ts';
import { choices, meaningOf, withMeaning } from './mapping.ts';

type InspectedFile = Hq['catalog']['inspectUpload']['files'][number];

/** One file: how it is written, and what each of its columns means. */
export function FileColumns({
  file,
  place,
  profile,
  onChange,
}: {
  readonly file: InspectedFile;
  /** The part it plays in the profile; null when none. */
  readonly place: { readonly part: FileProfile; readonly index: number } | null;
  readonly profile: ImportProfile | null;
  readonly onChange: (profile: ImportProfile) => void;
}) {
  const { t } = useLingui();
  const names = useFieldNames();
  const count = file.columns.length;
  const taken = place
    ? file.columns.filter(
        (heading, i) => meaningOf(place.part, i + 1, file.header ? heading : '').field !== null,
      ).length
    : 0;
  return (
    <section
      aria-label={file.file}
      className="flex flex-none flex-col overflow-hidden rounded-10 border border-line bg-surface"
    >
      <FileFacts file={file} taken={taken} count={count} known={profile === null || place !== null} />
      <Table
        caption={t`Columns of ${file.file}`}
        rows="dense"
        head={
          <tr>
            <Th num className="w-10">
              #
            </Th>
            <Th className="w-56">{t`In the file`}</Th>
            <Th className="w-[440px]">{t`Sample`}</Th>
            <Th className="w-8">
              <span className="sr-only">{t`becomes`}</span>
            </Th>
            <Th>{t`In Pestle`}</Th>
          </tr>
        }
      >
        {file.columns.map((heading, i) => {
          const named = file.header ? heading : '';
          const column = i + 1;
          const meaning = place ? meaningOf(place.part, column, named) : { field: null, scheme: null };
          return (
            <tr key={column}>
              <Td num className="text-muted">
                {column}
              </Td>
              <Td className="font-medium whitespace-nowrap">{named || t`Column ${column}`}</Td>
              <Td className="max-w-[420px] truncate font-mono text-12">
                <bdi>{file.rows.map((row) => row[i] ?? '').find((value) => value !== '') ?? ''}</bdi>
              </Td>
              <Td className="text-faint">
                <ChevronRight size={14} aria-hidden className="rtl:rotate-180" />
              </Td>
              <Td>
                {place && profile && (
                  <span className="flex items-center gap-2 py-0.5">
                    <Select
                      label={t`Meaning of column ${column}`}
                      labelHidden
                      className={`!h-7 w-56 ${meaning.field === null ? 'text-muted' : ''}`}
                      value={meaning.field ?? ''}
                      onChange={(event) =>
                        onChange(
                          withMeaning(profile, {
                            index: place.index,
                            place: column,
                            heading: named,
                            field: asField(event.target.value),
                          }),
                        )
                      }
                    >
                      <option value="">{t`Do not import`}</option>
                      {choices.map((field) => (
                        <option key={field} value={field}>
                          {names[field]}
                        </option>
                      ))}
                    </Select>
                    {meaning.scheme && (
                      <Chip small tone="info">
                        {meaning.scheme.toUpperCase()}
                      </Chip>
                    )}
                  </span>
                )}
              </Td>
            </tr>
          );
        })}
      </Table>
    </section>
  );
}

const asField = (value: string): ImportField | null => choices.find((field) => field === value) ?? null;

function FileFacts({
  file,
  taken,
  count,
  known,
}: {
  readonly file: InspectedFile;
  readonly taken: number;
  readonly count: number;
  readonly known: boolean;
}) {
  const { t } = useLingui();
  const format = useFormat();
  const separators: Readonly<Record<string, string>> = {
    '\t': t`Tab`,
    ';': t`Semicolon`,
    ',': t`Comma`,
    '|': t`Bar`,
  };
  const lines = format.count(file.lines ?? 0);
  const ends = file.lineEnds;
  const endNames = ends
    ? ([ends.crlf > 0 && 'CRLF', ends.lf > 0 && 'LF', ends.cr > 0 && 'CR']
        .filter(Boolean)
        .join(' + ') as string)
    : '';
  return (
    <dl className="grid flex-none grid-cols-[1.6fr_1fr_1fr_1fr_1fr] divide-x divide-line-soft border-b border-line">
      <Fact
        label={t`File`}
        note={
          known ? (
            <Trans>
              {taken} of {count} columns go in
            </Trans>
          ) : (
            <Trans>plays no part in this profile</Trans>
          )
        }
      >
        <bdi dir="ltr">{file.file}</bdi>
      </Fact>
      <Fact
        label={t`Encoding`}
        note={file.certain === undefined ? '' : file.certain ? t`certain` : t`a guess: look at the samples`}
      >
        {file.encoding}
      </Fact>
      <Fact label={t`Line ends`} note={file.lines === undefined ? '' : t`${lines} lines`}>
        {endNames || '–'}
      </Fact>
      <Fact label={t`Separator`} note={t`${count} columns`}>
        {separators[file.separator] ?? file.separator}
      </Fact>
      <Fact label={t`Headings`} note={file.header ? t`first row` : t`first row is data`}>
        {file.header ? t`Yes` : t`None`}
      </Fact>
    </dl>
  );
}

function Fact({
  label,
  note,
  children,
}: {
  readonly label: string;
  readonly note: React.ReactNode;
  readonly children: React.ReactNode;
}) {
  return (
    <div className="min-w-0 px-4 py-2">
      <dt className="text-12 text-muted">{label}</dt>
      <dd className="m-0">
        <span className="block truncate font-semibold">{children}</span>
        <span className="block truncate text-12 text-muted">{note}</span>
      </dd>
    </div>
  );
}
