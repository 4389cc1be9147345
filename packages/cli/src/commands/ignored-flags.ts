import { type Command, InvalidArgumentError, Option } from 'commander';
import { CommandError } from '../command-error.ts';
import { exitCode } from '../exit-code.ts';
import { parseDuration } from '../parse-duration.ts';

/** A flag of `alloy run` that is accepted, so that a command line can be taken over, and does nothing. */
interface IgnoredFlag {
  readonly name: string;
  readonly kind: 'boolean' | 'text' | 'count' | 'duration';
  /** Why nothing follows from it, as a log line says. */
  readonly because: string;
}

const because = {
  alone: 'pewter runs as one node, which scrapes every target; there is no cluster to join',
  reports: 'pewter reports nothing to anyone',
  memory: 'pewter has no in-memory HTTP traffic',
  bundle: 'pewter has no support bundle',
  graphql: 'pewter has no GraphQL API',
  format: 'an Alloy config needs no conversion',
  windows: 'pewter leaves its priority to the system',
  metrics: 'pewter runs no Prometheus components',
} as const;

/** Source: the flags of `alloy run` v1.18, https://grafana.com/docs/alloy/latest/reference/cli/run/ */
const ignoredFlags: readonly IgnoredFlag[] = [
  ...flags('boolean', because.reports, 'disable-reporting'),
  ...flags('boolean', because.alone, 'cluster.enabled', 'cluster.enable-tls', 'cluster.use-discovery-v1'),
  ...flags(
    'text',
    because.alone,
    'cluster.advertise-address',
    'cluster.join-addresses',
    'cluster.discover-peers',
    'cluster.advertise-interfaces',
    'cluster.name',
    'cluster.tls-ca-path',
    'cluster.tls-cert-path',
    'cluster.tls-key-path',
    'cluster.tls-server-name',
  ),
  ...flags('count', because.alone, 'cluster.max-join-peers', 'cluster.wait-for-size'),
  ...flags('duration', because.alone, 'cluster.rejoin-interval', 'cluster.wait-timeout'),
  ...flags('text', because.memory, 'server.http.memory-addr'),
  ...flags('boolean', because.bundle, 'server.http.disable-support-bundle'),
  ...flags('boolean', because.graphql, 'server.http.enable-graphql', 'server.http.enable-graphql-playground'),
  ...flags('text', because.format, 'config.extra-args'),
  ...flags('boolean', because.format, 'config.bypass-conversion-errors'),
  ...flags(
    'boolean',
    because.metrics,
    'feature.prometheus.direct-fanout.enabled',
    'feature.prometheus.metric-validation-scheme',
  ),
  ...flags('text', because.windows, 'windows.priority'),
];

function flags(kind: IgnoredFlag['kind'], reason: string, ...names: readonly string[]): IgnoredFlag[] {
  return names.map((name) => ({ name, kind, because: reason }));
}

/** Adds the flags to a command; its help does not list them. A value of the wrong kind is refused, as in the reference. */
export function addIgnoredFlags(command: Command): void {
  for (const { name, kind } of ignoredFlags) {
    const option = new Option(kind === 'boolean' ? `--${name}` : `--${name} <value>`).hideHelp();
    if (kind === 'count') option.argParser(parseCount);
    if (kind === 'duration') option.argParser(parseDuration);
    command.addOption(option);
  }
}

/** Those that were given on the command line, with the reason why each does nothing. */
export function givenIgnoredFlags(command: Command): { flag: string; because: string }[] {
  return ignoredFlags
    .filter(({ name }) => command.getOptionValue(new Option(`--${name}`).attributeName()) !== undefined)
    .map((flag) => ({ flag: `--${flag.name}`, because: flag.because }));
}

/** A whole number; throws commander's error. */
export function parseCount(text: string): number {
  if (!/^[-+]?\d+$/.test(text)) throw new InvalidArgumentError('Give a whole number.');
  return Number(text);
}

/** A flag that is true or false now took one of these words in earlier releases. */
const earlierWords: ReadonlyMap<string, readonly string[]> = new Map([
  ['feature.prometheus.metric-validation-scheme', ['legacy', 'utf8']],
]);

/** Flags of ours and of the reference that mean something here and are true or false. */
const ownBooleans = ['watch', 'dry-run', 'feature.community-components.enabled', 'server.http.enable-pprof'];
/** Those that are true when they are not given. */
const trueAtFirst = new Set(['server.http.enable-pprof']);

const booleanNames = new Set([
  ...ignoredFlags.filter(({ kind }) => kind === 'boolean').map(({ name }) => name),
  ...ownBooleans,
]);

/** What Go's strconv.ParseBool reads. */
const booleanTexts: ReadonlyMap<string, boolean> = new Map([
  ...['1', 't', 'T', 'true', 'TRUE', 'True'].map((text) => [text, true] as const),
  ...['0', 'f', 'F', 'false', 'FALSE', 'False'].map((text) => [text, false] as const),
]);

/**
 * Go's flags take `--flag=true` and `--flag=false` for booleans, which commander does not: the first becomes `--flag`,
 * the second nothing or, for a flag that is true at first, `--no-flag`. Throws {@link CommandError} for other values.
 */
export function withPlainBooleans(args: readonly string[]): string[] {
  const end = args.indexOf('--');
  const [own, rest] = end < 0 ? [args, []] : [args.slice(0, end), args.slice(end)];
  return [...own.filter((arg, at) => !isEarlierWord(arg, own[at - 1])).flatMap(plainBoolean), ...rest];
}

function isEarlierWord(arg: string, before: string | undefined): boolean {
  return before?.startsWith('--') === true && (earlierWords.get(before.slice(2))?.includes(arg) ?? false);
}

function plainBoolean(arg: string): string[] {
  const [, name = '', text] = /^--([^=]+)(?:=(.*))?$/s.exec(arg) ?? [];
  if (!booleanNames.has(name)) return [arg];
  const alone = text === undefined || earlierWords.get(name)?.includes(text) === true;
  const value = alone ? true : booleanTexts.get(text);
  if (value === undefined)
    throw new CommandError(`--${name} is true or false, and not ${JSON.stringify(text)}`, exitCode.unusable);
  if (trueAtFirst.has(name)) return value ? [] : [`--no-${name}`];
  return value ? [`--${name}`] : [];
}
