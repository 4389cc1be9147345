/** The diagnostic codes of the command line, each with a short title. */
export const cliCodes = {
  E0901: 'file that cannot be read',
} as const;
