import type { Stability } from '@pewter/runtime';
import { Command } from 'commander';
import type { CommandFactory } from '../command-factory.ts';
import { timeOption } from '../parse-duration.ts';
import { stabilityOption } from './stability-option.ts';

interface Options {
  readonly json?: true;
  readonly timeout: number;
  readonly requestTimeout: number;
  readonly 'stability.level': Stability;
}

const examples = `
Examples:
  pewter probe pipeline.alloy
  pewter probe --json pipeline.alloy | jq -r '.components[].profiling_config'

Each target is asked once for every kind of profile, enabled or not; those that are measured, for a second and one after the
other, unless none of the others is answered. A Go process takes one CPU profile at a time: while it is probed, a scrape of
its CPU profile may fail once, and the other way round.
Credentials, TLS and proxies are those of the config. Nothing is pushed.`;

/** `pewter probe` */
export const probeCommand: CommandFactory = (host, finish) =>
  new Command('probe')
    .summary('ask the targets of a config which profiles they serve')
    .description(
      'Fetches every endpoint that the targets of a config may have once, and prints what it got and the profiling_config block that fits. Exit status: 0 some endpoint gave a profile, 1 none did or the config is wrong, 2 not readable or a wrong call.',
    )
    .argument('<path>', 'a file, or a directory whose *.alloy files are one config')
    .option('--json', 'print JSON')
    .addOption(timeOption('--timeout <duration>', 'how long discoveries may take to answer', '10s'))
    .addOption(
      timeOption(
        '--request-timeout <duration>',
        'how long an endpoint may take to answer, and no longer than scrape_timeout',
        '5s',
      ),
    )
    .addOption(stabilityOption())
    .addHelpText('after', examples)
    .action(async (path: string, options: Options) => {
      const { probeTargets } = await import('../probe/probe-targets.ts');
      const { timeout: timeoutMs, requestTimeout: requestMs, 'stability.level': stability } = options;
      finish(
        await probeTargets({ path, stability, timeoutMs, requestMs, json: options.json === true }, host),
      );
    });
