import { Command, Option } from 'commander';
import type { CommandFactory } from '../command-factory.ts';
import type { FormatMode } from '../fmt/deliveries.ts';

interface Options {
  readonly write?: true;
  readonly test?: true;
  readonly diff?: true;
}

const examples = `
Examples:
  pewter fmt pipeline.alloy             print the file in its standard form
  pewter fmt < pipeline.alloy           the same from standard input, also: pewter fmt -
  pewter fmt --write configs/           format all *.alloy files in and below a directory
  pewter fmt --write 'teams/*/*.alloy'  patterns: * ? [a-z] {a,b}, and ** for any depth
  pewter fmt --check configs/           name what is not formatted and exit 1, for CI
  pewter fmt --diff configs/            show what would change and exit 1 if anything does`;

/** `pewter fmt` */
export const fmtCommand: CommandFactory = (host, finish) =>
  new Command('fmt')
    .alias('format')
    .summary('format configs')
    .description(
      'Formats configs as alloy fmt does. Exit status: 0 fine, 1 not formatted or not parsable, 2 not readable.',
    )
    .argument(
      '[paths...]',
      'files, directories (but not .git and node_modules in them), quoted patterns, or - for standard input',
      ['-'],
    )
    .option('-w, --write', 'write the result to the files instead of standard output')
    .addOption(
      new Option('-t, --test', 'change nothing; exit 1 and name the files that are not formatted').conflicts(
        'write',
      ),
    )
    .addOption(new Option('--check', 'the same as --test').implies({ test: true }).conflicts('write'))
    .addOption(
      new Option('--diff', 'change nothing; exit 1 and print what would change as a unified diff').conflicts(
        'write',
      ),
    )
    .addHelpText('after', examples)
    .action(async (paths: string[], options: Options) => {
      const { formatPaths } = await import('../fmt/format-paths.ts');
      finish(await formatPaths(paths, modeOf(options), host));
    });

function modeOf({ write, test, diff }: Options): FormatMode {
  if (write) return 'write';
  if (diff) return 'diff';
  return test ? 'check' : 'print';
}
