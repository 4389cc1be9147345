import type { Stability } from '@pewter/runtime';
import { Command } from 'commander';
import type { CommandFactory } from '../command-factory.ts';
import { stabilityOption } from './stability-option.ts';

interface Options {
  readonly json?: true;
  readonly 'stability.level': Stability;
}

const examples = `
Examples:
  pewter eval 'string.join(["a", "b"], "-")'     print the value as the language writes it
  pewter eval --json 'encoding.from_json("{}")'  one JSON object: expr, type, value, error
  pewter eval < expressions.txt                  one expression on each line
  pewter eval -- '-7 % 3'                        an expression that begins with a dash
  pewter eval                                    on a terminal: a console with history and completion`;

/** `pewter eval` */
export const evalCommand: CommandFactory = (host, finish) =>
  new Command('eval')
    .summary('evaluate an expression')
    .description(
      'Evaluates an expression with the standard library in scope. Exit status: 0 fine, 1 when one failed, 2 for a wrong call.',
    )
    .argument('[expression]', 'the expression; without one, each line of standard input is one')
    .option('--json', 'print one JSON object a line')
    .addOption(stabilityOption().default('experimental'))
    .addHelpText('after', examples)
    .action(async (expression: string | undefined, options: Options) => {
      const { evaluateAll } = await import('../eval/evaluate-all.ts');
      const form = options.json === true ? 'json' : 'text';
      finish(await evaluateAll(expression, form, options['stability.level'], host));
    });
