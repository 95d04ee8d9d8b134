import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type PrinterProfile, printerProfiles } from './profiles.ts';

/** escpos-printer-db (CC BY 4.0): what other people's printers were found to do. */
const file = '../shared/data/escpos/capabilities.json';
const present = existsSync(file);
if (!present) console.log(`${file} is absent: profiles are not held against it`);

const pageNames = {
  cp437: 'CP437',
  cp850: 'CP850',
  cp852: 'CP852',
  cp858: 'CP858',
  cp866: 'CP866',
  windows1252: 'CP1252',
};

type Capabilities = {
  readonly profiles: Record<
    string,
    {
      readonly codePages: Record<string, string>;
      readonly fonts: Record<string, { readonly columns: number }>;
      readonly media: { readonly width: { readonly pixels: number | string } };
    }
  >;
};

test.skipIf(!present).each([
  ['generic-58', 'NT-5890K'],
  ['epson-tm-t20', 'TM-T20II'],
  ['epson-tm-t88', 'TM-T88III'],
] as const)('%s has the pages, columns and dots of %s', (ours, theirs) => {
  const { profiles }: Capabilities = JSON.parse(readFileSync(file, 'utf8'));
  const known = profiles[theirs];
  const profile = printerProfiles[ours];

  for (const { page, number } of profile.codePages) expect(known?.codePages[number]).toBe(pageNames[page]);
  expect([profile.columns, profile.smallColumns]).toEqual([
    known?.fonts['0']?.columns,
    known?.fonts['1']?.columns,
  ]);
  expect(profile.dots).toBe(known?.media.width.pixels);
});

test.skipIf(!present).each(['star-line-80', 'star-prnt-80', 'star-prnt-58'] as const)(
  '%s calls its pages as Star does',
  (ours) => {
    const { profiles }: Capabilities = JSON.parse(readFileSync(file, 'utf8'));
    for (const { page, number } of printerProfiles[ours].codePages)
      expect(profiles.TSP600?.codePages[number]).toBe(pageNames[page]);
  },
);

test.each(Object.values<PrinterProfile>(printerProfiles))(
  '$name: every row of characters fits the dots',
  (profile) => {
    expect(profile.columns * 12).toBeLessThanOrEqual(profile.dots);
    expect(profile.smallColumns * 9).toBeLessThanOrEqual(profile.dots);
    expect(profile.codePages[0]?.page).toBe('cp437');
  },
);
