import type { Stability } from '@pewter/runtime';
import { Command } from 'commander';
import type { CommandFactory } from '../command-factory.ts';
import { timeOption } from '../parse-duration.ts';
import { stabilityOption } from './stability-option.ts';

interface Options {
  readonly component?: string;
  readonly trace?: true;
  readonly targets?: string;
  readonly json?: true;
  readonly wait: number;
  readonly 'stability.level': Stability;
}

const examples = `
Examples:
  pewter relabel --trace pipeline.alloy                                  the config has one component with rules
  pewter relabel --trace pipeline.alloy --component discovery.relabel.pods
  pewter relabel --trace pipeline.alloy --component discovery.relabel.pods --targets targets.json
  echo '[{"__address__": "a:80"}]' | pewter relabel p.alloy --component prometheus.relabel.x --targets -

Targets are a JSON list of objects of labels, or of groups as in Prometheus' file discovery. Without them those of the
config are used: what the component depends on is started, asked once, and ended; nothing else is.`;

/** `pewter relabel` */
export const relabelCommand: CommandFactory = (host, finish) =>
  new Command('relabel')
    .summary('show what relabel rules do to targets')
    .description(
      'Shows what the rules of a component make of targets, through all discovery.relabel components on the way. Exit status: 0 fine, 1 the config is wrong, or a discovery failed and there is no target, 2 not readable or a wrong call.',
    )
    .argument('<path>', 'a file, or a directory whose *.alloy files are one config')
    .option(
      '--component <id>',
      'the component, as in discovery.relabel.pods (default: the only one of its kind)',
    )
    .option('--trace', 'show each rule: labels before and after, and which rule dropped a target')
    .option('--targets <file>', 'a JSON file of targets instead of those of the config; - for standard input')
    .option('--json', 'print JSON')
    .addOption(timeOption('--wait <duration>', 'how long a discovery may take', '10s'))
    .addOption(stabilityOption())
    .addHelpText('after', examples)
    .action(async (path: string, options: Options) => {
      const { relabelTargets } = await import('../relabel/relabel-targets.ts');
      finish(
        await relabelTargets(
          {
            path,
            component: options.component,
            targets: options.targets,
            trace: options.trace === true,
            json: options.json === true,
            waitMs: options.wait,
            stability: options['stability.level'],
          },
          host,
        ),
      );
    });
