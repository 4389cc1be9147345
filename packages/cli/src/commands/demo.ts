import { Command } from 'commander';
import type { CommandFactory } from '../command-factory.ts';

const examples = `
Examples:
  pewter demo             run until Ctrl-C
  pewter demo --once      end with status 0 when a CPU and a heap profile of each service have arrived`;

/** `pewter demo` */
export const demoCommand: CommandFactory = (host, finish) =>
  new Command('demo')
    .summary('a pipeline at work on real profiles')
    .description(
      'Starts two services, a service discovery that lists them and a sink, and runs an ordinary config between them: discovery.http → discovery.relabel → pyroscope.scrape → pyroscope.write. Nothing leaves this machine.',
    )
    .option(
      '--once',
      'end when each kind of profile has arrived from each service; status 1 when that takes longer than a minute',
    )
    .addHelpText('after', examples)
    .action(async ({ once }: { once?: boolean }) => {
      const { runDemo } = await import('../demo/run-demo.ts');
      finish(await runDemo({ once: once === true }, host));
    });
