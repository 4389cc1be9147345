import { Command, InvalidArgumentError } from 'commander';
import type { CommandFactory } from '../command-factory.ts';
import type { SinkFlags } from '../sink/run-sink.ts';

const examples = `
Examples:
  pewter sink                                  listen on 127.0.0.1:4040, where a Pyroscope would
  pewter sink --listen 0.0.0.0:4041            listen elsewhere
  pewter sink --store profiles.db              keep what is received

In a config:
  pyroscope.write "sink" {
    endpoint {
      url = "http://127.0.0.1:4040"
    }
  }`;

/** `pewter sink` */
export const sinkCommand: CommandFactory = (host, finish) =>
  new Command('sink')
    .summary('receive profiles and show them in a page')
    .description(
      "Receives profiles over Pyroscope's push API and /ingest, prints a line for each, and serves a page with their series and flame graphs.",
    )
    .option('--listen <address>', 'address to listen on, HOST:PORT', '127.0.0.1:4040')
    .option('--store <file>', 'keep profiles in this file; without it they are gone when the sink ends')
    .option('--max-megabytes <n>', 'how much is kept; the oldest profiles go first', atLeast(1), 256)
    .option('--max-hours <n>', 'how long profiles are kept', atLeast(1), 24)
    .addHelpText('after', examples)
    .action(async (options: SinkFlags) => {
      const { runSink } = await import('../sink/run-sink.ts');
      finish(await runSink(options, host));
    });

function atLeast(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!(value >= least)) throw new InvalidArgumentError(`give a number of at least ${least}`);
    return value;
  };
}
