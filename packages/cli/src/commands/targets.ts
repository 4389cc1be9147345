import type { Stability } from '@pewter/runtime';
import { Command } from 'commander';
import type { CommandFactory } from '../command-factory.ts';
import { timeOption } from '../parse-duration.ts';
import { stabilityOption } from './stability-option.ts';

interface Options {
  readonly json?: true;
  readonly timeout: number;
  readonly 'stability.level': Stability;
}

const examples = `
Examples:
  pewter targets pipeline.alloy
  pewter targets --json pipeline.alloy | jq '.components[].targets[].url'
  pewter targets --timeout 30s configs/                        discoveries that take their time

Discoveries are started, asked once, and ended. Nothing is scraped. One that fails is told on standard error, and stands in
the failures of the JSON.`;

/** `pewter targets` */
export const targetsCommand: CommandFactory = (host, finish) =>
  new Command('targets')
    .summary('list what a config would scrape')
    .description(
      'Lists what each pyroscope.scrape of a config would scrape, and scrapes nothing: URLs, labels, kinds of profiles, and the service name with where it comes from. Exit status: 0 fine, 1 the config is wrong, or a discovery failed and there is no target, 2 not readable or a wrong call.',
    )
    .argument('<path>', 'a file, or a directory whose *.alloy files are one config')
    .option('--json', 'print JSON')
    .addOption(timeOption('--timeout <duration>', 'how long discoveries may take to answer', '10s'))
    .addOption(stabilityOption())
    .addHelpText('after', examples)
    .action(async (path: string, options: Options) => {
      const { showTargets } = await import('../targets/show-targets.ts');
      const { timeout: timeoutMs, 'stability.level': stability } = options;
      finish(await showTargets({ path, stability, timeoutMs, json: options.json === true }, host));
    });
