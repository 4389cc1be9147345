/** What pyroscope.scrape would ask, and what it would get: for those who look at targets without running components. */

export { labelsText } from './labels.ts';
export { withoutSecrets } from './log-text.ts';
export type { ScrapeArguments } from './scrape/arguments.ts';
export { bodyLimits } from './scrape/bodies.ts';
export type { ScrapeFailure } from './scrape/failure.ts';
export { type ListedTarget, listTargets, type TargetListing } from './scrape/list-targets.ts';
export { type ProbedEndpoint, probeEndpoint } from './scrape/probe-endpoint.ts';
export { defaultProfiles } from './scrape/profile-types.ts';
export { shortestMeasuringInterval } from './scrape/rules.ts';
