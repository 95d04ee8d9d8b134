import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { runTool } from './tools.ts';

/** Long enough for 170 MB on a slow line; a closed network fails within seconds. */
const downloadLimitMs = 240_000;

/** The Chromium that is there: `CHROME_PATH`, Playwright's own, or the system's; undefined when there is none. */
export function findChromium(): string | undefined {
  return candidates().find((path) => path !== '' && existsSync(path));
}

/** The Chromium that is there, or that can be fetched; undefined when neither Playwright nor apt can bring one. */
export async function ensureChromium(say: (line: string) => void): Promise<string | undefined> {
  const there = findChromium();
  if (there !== undefined) return there;
  say('No Chromium found: asking Playwright to download one …');
  await runTool('playwright', ['install', 'chromium'], downloadLimitMs);
  if (findChromium() === undefined && existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    say('The download failed: installing Debian’s Chromium with apt-get …');
    if ((await runTool('apt-get', ['update', '-q'], downloadLimitMs)) === 0) {
      await runTool(
        'apt-get',
        ['install', '-y', '-q', '--no-install-recommends', 'chromium'],
        downloadLimitMs,
      );
    }
  }
  return findChromium();
}

/** What to say when there is none. */
export const noChromium =
  'There is no Chromium to run the browser tests in, and it could not be installed: install Chromium or Chrome, or set CHROME_PATH to one.';

function candidates(): readonly string[] {
  const programs = [
    process.env.PROGRAMFILES,
    process.env['PROGRAMFILES(X86)'],
    process.env.LOCALAPPDATA,
  ].filter((folder) => folder !== undefined);
  return [
    process.env.CHROME_PATH ?? '',
    chromium.executablePath(),
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome-stable',
    '/usr/bin/google-chrome',
    '/snap/bin/chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ...programs.map((folder) => join(folder, 'Google/Chrome/Application/chrome.exe')),
    ...programs.map((folder) => join(folder, 'Microsoft/Edge/Application/msedge.exe')),
  ];
}
