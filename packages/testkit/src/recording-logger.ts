import { type Logger, pino } from 'pino';

/** A line as it was logged: its level's name, its message and all further keys. */
export interface LogLine {
  readonly level: string;
  readonly msg: string;
  readonly [key: string]: unknown;
}

/** A logger that keeps its lines, of every level, and prints nothing. */
export function recordingLogger(): { readonly logger: Logger; readonly lines: readonly LogLine[] } {
  const lines: LogLine[] = [];
  const logger = pino(
    {
      level: 'trace',
      base: null,
      timestamp: false,
      formatters: { level: (label) => ({ level: label }) },
      // An error reads as its message, as in the lines of the real logger.
      serializers: { err: (error: unknown) => (error instanceof Error ? error.message : error) },
    },
    { write: (line) => void lines.push(JSON.parse(line)) },
  );
  return { logger, lines };
}
