import { InvalidArgumentError, Option } from 'commander';

const unitMilliseconds = { ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1e3, m: 6e4, h: 3.6e6 } as const;
const term = /(\d+\.?\d*|\.\d+)(ns|us|µs|ms|s|m|h)/y;

/** Milliseconds of a duration as the language writes it, `1m30s`; throws commander's error. */
export function parseDuration(text: string): number {
  const [, sign, body = ''] = /^([-+]?)(.*)$/.exec(text) ?? [];
  let total = 0;
  term.lastIndex = 0;
  for (let at = 0; at < body.length; at = term.lastIndex) {
    const found = body === '0' ? null : term.exec(body);
    if (found === null) break;
    total += Number(found[1]) * unitMilliseconds[found[2] as keyof typeof unitMilliseconds];
  }
  const whole = body === '0' || (body !== '' && term.lastIndex === body.length);
  if (!whole) throw new InvalidArgumentError('Give a duration such as 30s, 1m30s or 500ms.');
  return sign === '-' ? -total : total;
}

/** A flag that bounds how long something takes; its value is milliseconds, the default is shown as it is written. */
export function timeOption(flags: string, description: string, standard: string): Option {
  return new Option(flags, description).argParser(parseTime).default(parseTime(standard), standard);
}

function parseTime(text: string): number {
  const milliseconds = parseDuration(text);
  if (milliseconds <= 0) throw new InvalidArgumentError('Give a duration above 0, such as 10s.');
  return milliseconds;
}
