import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const places = [
  process.env.CHROMIUM_PATH ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const executable = places.find((path) => path !== '' && existsSync(path));

/** Why no page can be tested in a browser here; false where it can. */
export const noBrowser: string | false =
  executable === undefined ? 'no Chromium is installed (CHROMIUM_PATH names one that is elsewhere)' : false;

/** Starts the browser of the machine. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: executable ?? '', args: ['--no-sandbox', '--disable-gpu'] });
}
