import { Command } from 'commander';
import type { CommandFactory } from '../command-factory.ts';

const examples = `
Examples:
  pewter docs                                          what there are pages of
  pewter docs pyroscope.scrape                         arguments, blocks, exports, defaults, stability
  pewter docs pyroscope.scrape.profiling_config        a block of it
  pewter docs E0302                                    what a diagnostic means, with an example
  pewter docs string.format                            what a function gives
  pewter docs --json discovery.kubernetes              for programs`;

/** `pewter docs` */
export const docsCommand: CommandFactory = (host, finish) =>
  new Command('docs')
    .summary('show what a component takes and exports, or what a diagnostic means')
    .description(
      'Shows arguments, blocks, exports, defaults and stability of any component or block of Alloy, what a function gives, and what a diagnostic means.',
    )
    .argument('[name]', 'a component, a block of one, a function, or the code of a diagnostic')
    .option('--json', 'as JSON')
    .addHelpText('after', examples)
    .action(async (name: string | undefined, options: { readonly json?: true }) => {
      const { showDocs } = await import('../docs/show-docs.ts');
      finish(showDocs(name, options.json === true, host));
    });
