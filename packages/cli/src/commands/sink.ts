import { Command } from 'commander';
import type { CommandFactory } from '../program.ts';

const examples = `
Examples:
  pewter sink                                  listen on 127.0.0.1:4040, where a Pyroscope would
  pewter sink --listen 0.0.0.0:4041            listen elsewhere

In a config:
  pyroscope.write "sink" {
    endpoint {
      url = "http://127.0.0.1:4040"
    }
  }`;

/** `pewter sink` */
export const sinkCommand: CommandFactory = (host, finish) =>
  new Command('sink')
    .summary('receive profiles and print a line for each')
    .description("Receives profiles over Pyroscope's push API and prints a line for each. It keeps nothing.")
    .option('--listen <address>', 'address to listen on, HOST:PORT', '127.0.0.1:4040')
    .addHelpText('after', examples)
    .action(async ({ listen }: { listen: string }) => {
      const { runSink } = await import('../sink/run-sink.ts');
      finish(await runSink(listen, host));
    });
