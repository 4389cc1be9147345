import type { Rule, RuleViolation } from '@pewter/language';
import type { PyroscopeCode } from '../codes.ts';
import { type ProfilingBlocks, profileTypes } from './settings.ts';

type Body = Readonly<Record<string, unknown>>;

/** The shortest `scrape_interval` that has room for profiles which are measured for some seconds, milliseconds. */
export const shortestMeasuringInterval = 2000;

/** The rules of pyroscope.scrape beyond types. They are numbers and blocks of the reference's, except where noted. */
export const scrapeRules: readonly Rule[] = [
  { reads: ['scrape_timeout'], check: checkTimeout },
  { reads: ['scrape_interval', 'profiling_config'], check: checkInterval },
  { reads: ['scrape_interval', 'delta_profiling_duration', 'profiling_config'], check: checkDeltaDuration },
  { reads: ['profiling_config'], check: checkCustomLabels },
];

function violation(code: PyroscopeCode, field: string, message: string, hint: string): RuleViolation {
  return { code, field, message, hint };
}

function milliseconds(body: Body, field: string): number | undefined {
  const value = body[field];
  return typeof value === 'number' ? value : undefined;
}

function usesDelta(body: Body): boolean {
  return profileTypes(body.profiling_config as ProfilingBlocks).some(
    ({ enabled, delta }) => enabled && delta,
  );
}

function checkTimeout(body: Body): RuleViolation | undefined {
  const timeout = milliseconds(body, 'scrape_timeout') ?? 1;
  if (timeout > 0) return undefined;
  return violation(
    'E0511',
    'scrape_timeout',
    'scrape_timeout must be greater than 0',
    'leave it out for 18s',
  );
}

function checkInterval(body: Body): RuleViolation | undefined {
  const interval = milliseconds(body, 'scrape_interval') ?? 0;
  const hint = 'leave it out for 15s';
  if (interval <= 0)
    return violation('E0512', 'scrape_interval', 'scrape_interval must be greater than 0', hint);
  if (interval >= shortestMeasuringInterval || !usesDelta(body)) return undefined;
  return violation(
    'E0512',
    'scrape_interval',
    'scrape_interval must be at least 2 seconds when using delta profiling',
    'raise it, or set delta = false or enabled = false on the profiles that are measured for some seconds (process_cpu is one)',
  );
}

/** An omitted duration follows the interval and is never wrong; the reference checks its default too. */
function checkDeltaDuration(body: Body): RuleViolation | undefined {
  const delta = milliseconds(body, 'delta_profiling_duration');
  if (delta === undefined || !usesDelta(body)) return undefined;
  const interval = milliseconds(body, 'scrape_interval') ?? 0;
  const field = 'delta_profiling_duration';
  const hint = `leave it out for one second less than scrape_interval`;
  if (delta <= 1000)
    return violation(
      'E0513',
      field,
      `${field} must be larger than 1 second when using delta profiling`,
      hint,
    );
  if (delta <= interval - 1000) return undefined;
  const message = `${field} must be at least 1 second smaller than scrape_interval when using delta profiling`;
  return violation('E0513', field, message, hint);
}

/** The reference lets the last of two win silently. */
function checkCustomLabels(body: Body): RuleViolation | undefined {
  const custom = (body.profiling_config as ProfilingBlocks)['profile.custom'];
  const seen = new Set<string>();
  const twice = custom.find(({ label }) => seen.has(label) || !seen.add(label));
  if (twice === undefined) return undefined;
  return violation(
    'E0514',
    'profiling_config',
    `two profile.custom blocks have the label ${JSON.stringify(twice.label)}`,
    'the label names the profile type and must be unique in the component: rename one of them',
  );
}
