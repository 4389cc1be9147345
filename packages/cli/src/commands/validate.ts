import type { Stability } from '@pewter/runtime';
import { Command, Option } from 'commander';
import type { CommandFactory } from '../program.ts';
import { stabilityOption } from './stability-option.ts';

export type ReportFormat = 'text' | 'json';

interface Options {
  readonly format: ReportFormat;
  readonly 'stability.level': Stability;
}

const examples = `
Examples:
  pewter validate pipeline.alloy
  pewter validate configs/ other.alloy                        a directory is one config, made of its *.alloy files
  pewter validate 'teams/**/*.alloy'                          each file that matches is a config of its own
  render-config | pewter validate -                           standard input
  pewter validate --format json pipeline.alloy                for programs
  pewter validate --stability.level=experimental new.alloy`;

/** `pewter validate` */
export const validateCommand: CommandFactory = (host, finish) =>
  new Command('validate')
    .summary('check configs without starting anything')
    .description(
      'Checks configs and starts nothing: no connection is opened. Exit status: 0 fine or only warnings, 1 errors, 2 not readable.',
    )
    .argument(
      '<paths...>',
      'files, directories, quoted patterns, or - for standard input; each is a config of its own',
    )
    .addOption(stabilityOption())
    .addOption(
      new Option('--format <format>', 'form of the report').choices(['text', 'json']).default('text'),
    )
    .addHelpText('after', examples)
    .action(async (paths: string[], options: Options) => {
      const { validatePaths } = await import('../validate/validate-paths.ts');
      finish(await validatePaths(paths, options.format, options['stability.level'], host));
    });
