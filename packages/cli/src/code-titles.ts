import { httpClientCodes } from '@pewter/http-client/schema';
import { languageCodes } from '@pewter/language';
import { lintCodes } from '@pewter/lint';
import { pyroscopeCodes } from '@pewter/pyroscope';
import { runtimeCodes } from '@pewter/runtime';
import { syntaxCodes } from '@pewter/syntax';
import { cliCodes } from './codes.ts';

/** The short titles of all diagnostic codes, of every package. */
export const codeTitles: Readonly<Record<string, string>> = {
  ...syntaxCodes,
  ...languageCodes,
  ...runtimeCodes,
  ...httpClientCodes,
  ...pyroscopeCodes,
  ...lintCodes,
  ...cliCodes,
};
