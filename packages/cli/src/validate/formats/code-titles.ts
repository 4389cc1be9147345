import { languageCodes } from '@pewter/language';
import { lintCodes } from '@pewter/lint';
import { pyroscopeCodes } from '@pewter/pyroscope';
import { runtimeCodes } from '@pewter/runtime';
import { syntaxCodes } from '@pewter/syntax';
import { cliCodes } from '../../codes.ts';

/** The short titles of diagnostic codes. */
export const codeTitles: Readonly<Record<string, string>> = {
  ...syntaxCodes,
  ...languageCodes,
  ...runtimeCodes,
  ...pyroscopeCodes,
  ...lintCodes,
  ...cliCodes,
};
