import { Command, Option } from 'commander';
import type { CommandFactory } from '../program.ts';

const examples = `
Examples:
  pewter fmt pipeline.alloy             print the file in its standard form
  pewter fmt < pipeline.alloy           the same from standard input, also: pewter fmt -
  pewter fmt --write configs/           format all *.alloy files in and below a directory
  pewter fmt --check configs/           name what is not formatted and exit 1, for CI`;

/** `pewter fmt` */
export const fmtCommand: CommandFactory = (host, finish) =>
  new Command('fmt')
    .alias('format')
    .summary('format configs')
    .description(
      'Formats configs as alloy fmt does. Exit status: 0 fine, 1 not formatted or not parsable, 2 not readable.',
    )
    .argument('[paths...]', 'files, directories, or - for standard input', ['-'])
    .option('-w, --write', 'write the result to the files instead of standard output')
    .addOption(
      new Option('-t, --test', 'change nothing; exit 1 and name the files that are not formatted').conflicts(
        'write',
      ),
    )
    .addOption(new Option('--check', 'the same as --test').implies({ test: true }).conflicts('write'))
    .addHelpText('after', examples)
    .action(async (paths: string[], { write, test }: { write?: boolean; test?: boolean }) => {
      const { formatPaths } = await import('../fmt/format-paths.ts');
      finish(await formatPaths(paths, write ? 'write' : test ? 'check' : 'print', host));
    });
