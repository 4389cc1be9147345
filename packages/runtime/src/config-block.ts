import {
  type BodySchema,
  body,
  type CapsuleKind,
  capsule,
  EvaluationError,
  list,
  optional,
  type Rule,
  type TextKind,
  text,
  withDefault,
} from '@pewter/language';
import type { Stability } from './component.ts';
import type { LogFormat, LogLevel } from './logger.ts';

/** A block that configures the program itself, such as `logging`: at most one of each, without a label. */
export interface ConfigBlockDefinition {
  readonly name: string;
  readonly stability: Stability;
  readonly arguments: BodySchema;
}

/** A text that must be one of a few words; null, and an empty text where it may be one, is the first of them. */
function oneOf<T extends string>(
  name: string,
  what: string,
  words: readonly [T, ...T[]],
  orEmpty = false,
): TextKind<T> {
  return {
    name,
    zero: words[0],
    parse(given) {
      const word = orEmpty && given === '' ? words[0] : words.find((one) => one === given);
      if (word !== undefined) return word;
      const hint = `use one of ${words.map((one) => `"${one}"`).join(', ')}`;
      throw new EvaluationError('E0315', `unknown ${what} "${given}"`, { hint });
    },
  };
}

const level = oneOf<LogLevel>('logging.Level', 'log level', ['info', 'debug', 'warn', 'error'], true);
const format = oneOf<LogFormat>('logging.Format', 'log format', ['logfmt', 'json'], true);
const destination = oneOf('logging.LogDestination', 'log destination', ['stderr', 'windows_event_log']);

/** Where other programs' logs go; nothing here exports one. */
const logsReceiver: CapsuleKind<unknown> = { name: 'loki.receiver' };

/** The reference refuses such a config only where there is no such log. */
const onlyOnWindows: Rule = {
  reads: ['destination'],
  check: ({ destination: to }) =>
    to === 'windows_event_log'
      ? {
          code: 'W0501',
          severity: 'warning',
          message: '`destination` is the event log of Windows, which only Alloy on Windows writes to',
          hint: 'here the log goes to standard error',
          field: 'destination',
        }
      : undefined,
};

/** `logging`: the level and form of the program's own log. */
export const loggingBlock = {
  name: 'logging',
  stability: 'generally-available',
  arguments: body(
    {
      level: withDefault(text(level), 'info'),
      format: withDefault(text(format), 'logfmt'),
      destination: withDefault(text(destination), 'stderr'),
      write_to: optional(list(capsule(logsReceiver))),
    },
    [onlyOnWindows],
  ),
} as const satisfies ConfigBlockDefinition;
