import type { Stability } from '@pewter/runtime';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { CommandFactory } from '../command-factory.ts';
import { parseDuration } from '../parse-duration.ts';
import { addIgnoredFlags, givenIgnoredFlags } from './ignored-flags.ts';
import { stabilityOption } from './stability-option.ts';

interface Options {
  readonly 'stability.level': Stability;
  readonly 'storage.path': string;
  readonly 'server.http.listenAddr': string;
  readonly 'server.http.uiPathPrefix': string;
  readonly 'server.http.enablePprof': boolean;
  readonly 'cluster.nodeName'?: string;
  readonly 'feature.componentShutdownDeadline'?: number;
  readonly 'feature.communityComponents.enabled'?: boolean;
  readonly unsupported: 'refuse' | 'skip';
  readonly dryRun?: boolean;
  readonly watch?: boolean;
}

const examples = `
Examples:
  pewter run pipeline.alloy
  pewter run configs/                                          all *.alloy files of the directory as one config
  pewter run --watch pipeline.alloy                            read it again whenever it changes
  pewter run --dry-run pipeline.alloy | jq .top                see the profiles, send none
  pewter run --unsupported=skip mixed.alloy                    the part of a config that runs here
  pewter run --server.http.listen-addr=127.0.0.1:0 p.alloy     the API on any free port

Signals: SIGHUP reads the config again, SIGINT and SIGTERM end it (the second time at once).
The other flags of alloy run are accepted, and a line of the log says for each that it has no effect.`;

/** `pewter run` */
export const runCommand: CommandFactory = (host, finish) => {
  const command = new Command('run')
    .summary('run a config')
    .description(
      'Runs a config until it is interrupted. Takes the flags of alloy run; those without a meaning here are accepted.',
    )
    .argument('<path>', 'a file, or a directory whose *.alloy files are one config');
  for (const option of runOptions()) command.addOption(option);
  addIgnoredFlags(command);
  return command.addHelpText('after', examples).action(async (path: string, options: Options) => {
    const { runConfig } = await import('../run/run-config.ts');
    const { dryRun = false, watch = false, unsupported } = options;
    const run = {
      path,
      stability: options['stability.level'],
      storagePath: options['storage.path'],
      listenAddress: options['server.http.listenAddr'],
      webPrefix: options['server.http.uiPathPrefix'],
      pprof: options['server.http.enablePprof'],
      nodeName: options['cluster.nodeName'],
      shutdownDeadline: options['feature.componentShutdownDeadline'],
      community: options['feature.communityComponents.enabled'] ?? false,
      ...{ dryRun, watch, unsupported },
      ignoredFlags: givenIgnoredFlags(command),
    };
    finish(await runConfig(run, host));
  });
};

function runOptions(): Option[] {
  return [
    new Option('--watch', 'read the config again whenever it changes'),
    new Option('--dry-run', 'write profiles as lines of JSON to standard output, and send none'),
    new Option(
      '--unsupported <what>',
      'what to do with components that do not run here, and with what depends on them',
    )
      .choices(['refuse', 'skip'])
      .default('refuse'),
    stabilityOption(),
    new Option('--storage.path <path>', 'directory in which components keep data').default('data-pewter/'),
    new Option('--server.http.listen-addr <address>', 'address of the HTTP API, HOST:PORT').default(
      '127.0.0.1:12345',
    ),
    new Option(
      '--server.http.ui-path-prefix <prefix>',
      'what stands before /api/v0/web in its paths',
    ).default('/'),
    new Option('--no-server.http.enable-pprof', 'serve no profiles of pewter itself at /debug/pprof/'),
    new Option('--cluster.node-name <name>', 'name of this node in the API (default: that of the machine)'),
    new Option(
      '--feature.component-shutdown-deadline <duration>',
      'how long a stop waits for components (default: 4s)',
    ).argParser(parseDuration),
    new Option('--feature.community-components.enabled', 'let a config name community components'),
    new Option('--config.format <format>', 'form of the config; none but alloy is read here')
      .argParser(parseFormat)
      .hideHelp(),
  ];
}

/** Another form would have to be converted first, which is another program's work. */
function parseFormat(format: string): string {
  if (format === 'alloy') return format;
  throw new InvalidArgumentError(
    `Only configs in the form "alloy" are read. Convert it first: alloy convert --source-format=${format} …`,
  );
}
