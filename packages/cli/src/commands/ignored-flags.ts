import { type Command, Option } from 'commander';

/** A flag of `alloy run` that is accepted, so that a command line can be taken over, and does nothing. */
interface IgnoredFlag {
  readonly name: string;
  readonly kind: 'boolean' | 'value';
  /** Why nothing follows from it, as a log line says. */
  readonly because: string;
}

const because = {
  alone: 'pewter runs as one node; there is no cluster to join',
  reports: 'pewter reports nothing to anyone',
  memory: 'pewter has no in-memory HTTP traffic',
  page: 'pewter serves no debugging page',
  format: 'pewter reads Alloy configs only',
  community: 'pewter has no community components',
  windows: 'pewter leaves its priority to the system',
  metrics: 'pewter runs no Prometheus components',
  deadline: 'pewter stops its components within five seconds',
} as const;

/** Source: the flags of `alloy run` v1.18, https://grafana.com/docs/alloy/latest/reference/cli/run/ */
const ignoredFlags: readonly IgnoredFlag[] = [
  ...booleans(because.reports, 'disable-reporting'),
  ...booleans(because.alone, 'cluster.enabled', 'cluster.enable-tls', 'cluster.use-discovery-v1'),
  ...values(
    because.alone,
    'cluster.node-name',
    'cluster.advertise-address',
    'cluster.join-addresses',
    'cluster.discover-peers',
    'cluster.advertise-interfaces',
    'cluster.rejoin-interval',
    'cluster.max-join-peers',
    'cluster.name',
    'cluster.tls-ca-path',
    'cluster.tls-cert-path',
    'cluster.tls-key-path',
    'cluster.tls-server-name',
    'cluster.wait-for-size',
    'cluster.wait-timeout',
  ),
  ...values(because.memory, 'server.http.memory-addr'),
  ...values(because.page, 'server.http.ui-path-prefix'),
  ...booleans(because.page, 'server.http.enable-pprof', 'server.http.disable-support-bundle'),
  ...values(because.format, 'config.format', 'config.extra-args'),
  ...booleans(because.format, 'config.bypass-conversion-errors'),
  ...booleans(because.community, 'feature.community-components.enabled'),
  ...values(because.deadline, 'feature.component-shutdown-deadline'),
  ...values(because.metrics, 'feature.prometheus.metric-validation-scheme'),
  ...values(because.windows, 'windows.priority'),
];

function booleans(reason: string, ...names: readonly string[]): IgnoredFlag[] {
  return names.map((name) => ({ name, kind: 'boolean', because: reason }));
}

function values(reason: string, ...names: readonly string[]): IgnoredFlag[] {
  return names.map((name) => ({ name, kind: 'value', because: reason }));
}

/** Adds the flags to a command; its help does not list them. */
export function addIgnoredFlags(command: Command): void {
  for (const { name, kind } of ignoredFlags) {
    command.addOption(new Option(kind === 'boolean' ? `--${name}` : `--${name} <value>`).hideHelp());
  }
}

/** Those that were given on the command line, with the reason why each does nothing. */
export function givenIgnoredFlags(command: Command): { flag: string; because: string }[] {
  return ignoredFlags
    .filter(({ name }) => command.getOptionValue(new Option(`--${name}`).attributeName()) !== undefined)
    .map((flag) => ({ flag: `--${flag.name}`, because: flag.because }));
}

const booleanNames = new Set(ignoredFlags.filter(({ kind }) => kind === 'boolean').map(({ name }) => name));

/** Go's flags take `--flag=true` and `--flag=false` for booleans, which commander does not: the first becomes `--flag`, the second nothing. */
export function withPlainBooleans(args: readonly string[]): string[] {
  return args.flatMap((arg) => {
    const [, name = '', value] = /^--([^=]+)=(true|false)$/.exec(arg) ?? [];
    if (!booleanNames.has(name)) return [arg];
    return value === 'true' ? [`--${name}`] : [];
  });
}
