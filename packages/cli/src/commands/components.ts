import { Command, Option } from 'commander';
import type { CommandFactory } from '../command-factory.ts';
import type { ComponentFilter } from '../docs/list-components.ts';

const examples = `
Examples:
  pewter components 'discovery.*'                      by name
  pewter components --runnable                         what pewter run runs
  pewter components --exports pyroscope.receiver       what profiles can be sent to
  pewter components --accepts target --json            what takes targets, for programs`;

/** `pewter components` */
export const componentsCommand: CommandFactory = (host, finish) =>
  new Command('components')
    .summary('list components')
    .description('Lists the components of Alloy. Exit status: 0 found some, 1 none.')
    .argument('[pattern]', 'a pattern of names, quoted, or a part of the name')
    .addOption(
      new Option('--stability <level>', 'only of this level').choices([
        'generally-available',
        'public-preview',
        'experimental',
      ]),
    )
    .option('--exports <type>', 'only with an export of this type: target, pyroscope.receiver, …')
    .option('--accepts <type>', 'only with an argument of this type, also in its blocks')
    .option('--runnable', 'only what pewter run runs')
    .option('--json', 'as JSON')
    .addHelpText('after', examples)
    .action(
      async (pattern: string | undefined, options: Omit<ComponentFilter, 'pattern'> & { json?: true }) => {
        const { listComponents } = await import('../docs/list-components.ts');
        finish(listComponents({ ...options, pattern }, options.json === true, host));
      },
    );
