import { type DestinationStream, type Logger, pino } from 'pino';
import { errorText } from './error-text.ts';
import { logfmt } from './logfmt.ts';
import type { Clock } from './outside.ts';

/** The levels of the language's `logging` block, most to least. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export type LogFormat = 'logfmt' | 'json';

export interface LogSettings {
  readonly level: LogLevel;
  readonly format: LogFormat;
}

/** What stands where a config says nothing, as in the reference. */
export const defaultLogSettings: LogSettings = { level: 'info', format: 'logfmt' };

export interface LoggerOptions extends Partial<LogSettings> {
  readonly destination: DestinationStream;
  readonly clock: Pick<Clock, 'now'>;
}

/** A logger whose settings can change under all loggers that were made from it. */
export interface LogControl {
  readonly logger: Logger;
  readonly settings: LogSettings;
  /** Governs every later line, those of child loggers included. */
  configure(settings: Partial<LogSettings>): void;
}

/**
 * Lines of logfmt or JSON, with the keys of the reference: `ts`, `level`, `msg`, then what each line adds.
 * An error under `err` is its message and those of its causes.
 */
export function createLogger(options: LoggerOptions): LogControl {
  let settings: LogSettings = {
    level: options.level ?? defaultLogSettings.level,
    format: options.format ?? defaultLogSettings.format,
  };
  let minimum = pino.levels.values[settings.level] ?? 0;
  const write = (line: string) =>
    options.destination.write(settings.format === 'json' ? line : `${logfmt(JSON.parse(line))}\n`);
  const logger = pino(
    {
      // Children copy the level they are made with; one shared minimum, asked per line, reaches them all.
      level: 'trace',
      hooks: {
        logMethod(args, method, level) {
          if (level >= minimum) method.apply(this, args);
        },
      },
      base: null,
      timestamp: () => `,"ts":"${new Date(options.clock.now()).toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: errorText },
    },
    { write },
  );
  return {
    logger,
    get settings() {
      return settings;
    },
    configure(change) {
      settings = { ...settings, ...change };
      minimum = pino.levels.values[settings.level] ?? 0;
    },
  };
}
