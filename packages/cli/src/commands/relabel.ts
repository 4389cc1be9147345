import type { Stability } from '@pewter/runtime';
import { Command } from 'commander';
import { CommandError } from '../command-error.ts';
import { exitCode } from '../exit-code.ts';
import type { CommandFactory } from '../program.ts';
import { stabilityOption } from './stability-option.ts';

interface Options {
  readonly component: string;
  readonly trace?: true;
  readonly targets?: string;
  readonly json?: true;
  readonly wait: string;
  readonly 'stability.level': Stability;
}

const examples = `
Examples:
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
      'Shows what the rules of a component make of targets, through all discovery.relabel components on the way. Exit status: 0 fine, 1 the config is wrong, 2 for a wrong call.',
    )
    .argument('<path>', 'a file, or a directory whose *.alloy files are one config')
    .requiredOption('--component <id>', 'the component, as in discovery.relabel.pods')
    .option('--trace', 'show each rule: labels before and after, and which rule dropped a target')
    .option('--targets <file>', 'a JSON file of targets instead of those of the config; - for standard input')
    .option('--json', 'print JSON')
    .option('--wait <seconds>', 'how long a discovery may take', '10')
    .addOption(stabilityOption())
    .addHelpText('after', examples)
    .action(async (path: string, options: Options) => {
      const wait = Number(options.wait);
      if (!(wait > 0)) throw new CommandError('--wait takes a number of seconds above 0', exitCode.unusable);
      const { relabelTargets } = await import('../relabel/relabel-targets.ts');
      finish(
        await relabelTargets(
          {
            path,
            component: options.component,
            targets: options.targets,
            trace: options.trace === true,
            json: options.json === true,
            waitMs: wait * 1000,
            stability: options['stability.level'],
          },
          host,
        ),
      );
    });
