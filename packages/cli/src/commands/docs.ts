import { Command } from 'commander';
import type { CommandFactory } from '../program.ts';

const examples = `
Examples:
  pewter docs                                          what there are pages of
  pewter docs pyroscope.scrape                         arguments, blocks, exports, defaults, stability
  pewter docs pyroscope.scrape.profiling_config        a block of it
  pewter docs --json discovery.kubernetes              for programs`;

/** `pewter docs` */
export const docsCommand: CommandFactory = (host, finish) =>
  new Command('docs')
    .summary('show what a component takes and exports')
    .description(
      'Shows arguments, blocks, exports, defaults and stability of any component or block of Alloy.',
    )
    .argument('[name]', 'a component, or a block of one')
    .option('--json', 'as JSON')
    .addHelpText('after', examples)
    .action(async (name: string | undefined, options: { readonly json?: true }) => {
      const { showDocs } = await import('../docs/show-docs.ts');
      finish(showDocs(name, options.json === true, host));
    });
