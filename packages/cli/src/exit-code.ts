/** The exit statuses of all commands. */
export const exitCode = {
  ok: 0,
  /** What was looked at is wrong, or what was started failed. */
  failed: 1,
  /** It could not be looked at: an unreadable file, a wrong command line. */
  unusable: 2,
} as const;
