import type { ResolveImports, Stability } from '@pewter/runtime';
import { Command, Option } from 'commander';
import type { CommandFactory } from '../command-factory.ts';
import { type ReportFormat, reportFormats } from '../validate/formats/format.ts';
import { stabilityOption } from './stability-option.ts';

interface Options {
  readonly format: ReportFormat;
  readonly 'stability.level': Stability;
  readonly 'feature.communityComponents.enabled'?: true;
  readonly denyWarnings?: true;
  readonly all?: true;
  readonly asOne?: true;
  readonly resolveImports: ResolveImports;
  readonly slice?: string;
  readonly only?: string;
  readonly lint: readonly string[];
  readonly listLints?: true;
}

const examples = `
Examples:
  pewter validate pipeline.alloy
  pewter validate configs/ other.alloy                        a directory is one config, made of its *.alloy files
  pewter validate 'teams/**/*.alloy'                          each file that matches is a config of its own
  pewter validate --as-one base.alloy team.alloy              all of them are one config
  render-config | pewter validate -                           standard input
  pewter validate --format sarif . > findings.sarif           for programs; docs/ci.md has more
  pewter validate --stability.level=experimental new.alloy
  pewter validate --slice pyroscope config.alloy              only what the profile pipeline needs
  pewter validate --lint unused-component=off config.alloy    without a lint; // pewter:ignore NAME does it in the text

Warnings do not change the exit status, unless --deny-warnings is given.`;

/** `pewter validate` */
export const validateCommand: CommandFactory = (host, finish) =>
  new Command('validate')
    .summary('check configs without starting anything')
    .description(
      'Checks configs and starts nothing: no connection is opened, nothing is written. Exit status: 0 fine or only warnings, 1 errors, 2 not readable.',
    )
    .argument(
      '[paths...]',
      'files, directories, quoted patterns, or - for standard input; each is a config of its own',
    )
    .addOption(stabilityOption())
    .option('--feature.community-components.enabled', 'allow community components')
    .addOption(new Option('--format <format>', 'form of the report').choices(reportFormats).default('text'))
    .option('--deny-warnings', 'exit with 1 on warnings too')
    .option('--all', 'show all errors of a file in the report for people, not the first 20')
    .option('--as-one', 'take all paths together as one config')
    .addOption(
      new Option('--resolve-imports <reach>', 'how far imported modules are looked at; all fetches them')
        .choices(['off', 'file', 'all'])
        .default('file'),
    )
    .option('--slice <family>', 'check only what components of this family need, such as pyroscope')
    .addOption(new Option('--only <family>', 'the same as --slice').hideHelp())
    .option(
      '--lint <name=off>',
      'turn a lint off by its name or code; may be given more than once',
      collect,
      [],
    )
    .option('--list-lints', 'list the lints and end')
    .addHelpText('after', examples)
    .action(async (paths: string[], options: Options, command: Command) => {
      if (options.listLints) {
        const { listLints } = await import('../validate/list-lints.ts');
        return finish(listLints(host));
      }
      if (paths.length === 0) command.error("error: missing required argument 'paths'");
      const { validate } = await import('../validate/validate.ts');
      finish(await validate(paths, options, host));
    });

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}
