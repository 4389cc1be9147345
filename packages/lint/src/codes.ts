/** The codes of the lints, each with a short title; docs/diagnostics.md has a paragraph on each. */
export const lintCodes = {
  W0521: 'component that nobody reads',
  W0522: 'coalesce that always gives its first argument',
  W0523: 'timeout shorter than the interval of delta profiles',
  W0524: 'CPU profiles that collide',
  W0525: 'hashmod that nothing keeps by',
  W0526: 'secret written as a literal',
  W0527: 'unknown lint',
  W0528: 'target that can never be scraped',
  W0529: 'receivers that are none',
  W0530: 'group that a regex does not have',
} as const;

/** A code of {@link lintCodes}. */
export type LintCode = keyof typeof lintCodes;
