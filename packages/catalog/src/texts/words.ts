/** Text kinds that are one of a few words. */
export interface Words {
  readonly words: readonly string[];
  /** Upper and lower case are one. */
  readonly anyCase?: true;
  /** An empty text counts as not given. */
  readonly orEmpty?: true;
  /** Null is read as the empty text, as the reference does with few of these; else it counts as not given. */
  readonly nullIsText?: true;
}

const severities = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];
const errorModes: Words = { words: ['ignore', 'propagate', 'silent'], anyCase: true };
const syslogFormats = ['rfc5424', 'rfc3164'];

/** The words of each such kind of the catalogue, after its `UnmarshalText` in the reference. */
export const wordKinds: Readonly<Record<string, Words>> = {
  'cloudflare.FieldsType': { words: ['default', 'minimal', 'extended', 'all', 'custom'] },
  'config.SysLogFormat': { words: syslogFormats },
  'config.SyslogFormat': { words: [...syslogFormats, 'raw'], nullIsText: true },
  'config.TLSVersion': { words: ['TLS10', 'TLS11', 'TLS12', 'TLS13'] },
  'configcompression.Type': {
    words: ['gzip', 'zlib', 'deflate', 'snappy', 'x-snappy-framed', 'lz4', 'zstd', 'none'],
    orEmpty: true,
  },
  'file.CompressionFormat': { words: ['gz', 'z', 'bz2'] },
  'file.OnPositionsFileError': { words: ['skip', 'restart_from_end', 'restart_from_beginning'] },
  'filedetector.Detector': { words: ['fsnotify', 'poll'], orEmpty: true },
  'headers.Action': {
    words: ['insert', 'update', 'upsert', 'delete'],
    anyCase: true,
    nullIsText: true,
  },
  'http.ClientAuth': {
    words: [
      'NoClientCert',
      'RequestClientCert',
      'RequireAnyClientCert',
      'VerifyClientCertIfGiven',
      'RequireAndVerifyClientCert',
    ],
  },
  'http.TLSCurve': { words: ['CurveP256', 'CurveP384', 'CurveP521', 'X25519'] },
  'http.TLSVersion': { words: ['TLS10', 'TLS11', 'TLS12', 'TLS13'] },
  'logging.Format': { words: ['logfmt', 'json'], orEmpty: true },
  'logging.Level': { words: ['debug', 'info', 'warn', 'error'], orEmpty: true },
  'logging.LogDestination': { words: ['stderr', 'windows_event_log'] },
  'otelcol.CompressionType': {
    words: ['gzip', 'zlib', 'deflate', 'snappy', 'zstd', 'none'],
    orEmpty: true,
  },
  'otelcol.Level': { words: ['none', 'basic', 'normal', 'detailed'] },
  'otelcol.SeverityLevel': {
    words: severities.flatMap((name) => [name, `${name}2`, `${name}3`, `${name}4`]),
  },
  'ottl.ErrorMode': errorModes,
  'receiver.LogFormat': { words: ['logfmt', 'json'], orEmpty: true },
  'receiver.RateLimitingStrategy': { words: ['global', 'per_app'], orEmpty: true },
  'scaleway.Role': { words: ['baremetal', 'instance'] },
  'splunkhec.SplittingStrategy': { words: ['none', 'line'] },
  'stages.SourceType': { words: ['line', 'label', 'structured_metadata', 'extracted'] },
  'syslog.FramingTrailer': { words: ['NUL', 'LF'] },
  'tail_sampling.ErrorMode': { ...errorModes, nullIsText: true },
  'transform.ContextID': {
    words: ['resource', 'scope', 'span', 'spanevent', 'metric', 'datapoint', 'log'],
    anyCase: true,
  },
};

/** The words that a text kind accepts; undefined where it accepts more than a few. */
export function wordsOf(kind: string): readonly string[] | undefined {
  return Object.hasOwn(wordKinds, kind) ? wordKinds[kind]?.words : undefined;
}
