import { Command, InvalidArgumentError } from 'commander';
import type { CommandFactory } from '../program.ts';

const examples = `
Examples:
  pewter queue ls                                             the queue files below data-pewter/
  pewter queue drain --url http://127.0.0.1:4040 data-pewter/ send what is in them, oldest first
  pewter queue export --to profiles/ data-pewter/             save it as pprof files, with their labels

Queue files are those of the block queue of an endpoint of pyroscope.write. A process that has one open keeps it to itself: stop it first.`;

const anyPath = 'a queue file, or a directory with some below it';

/** `pewter queue` */
export const queueCommand: CommandFactory = (host, finish) => {
  const command = new Command('queue')
    .summary('look into, send or save durable queues')
    .description('Looks into the files of durable queues, sends or saves what is in them.')
    .addHelpText('after', examples);
  command
    .command('ls')
    .description('Prints a line for each queue file.')
    .argument('[path]', anyPath, 'data-pewter/')
    .action(async (path: string) => {
      const { listQueues } = await import('../queue/list-queues.ts');
      finish(await listQueues(path, host));
    });
  command
    .command('drain')
    .description(
      'Sends what is in queue files; each profile is removed once the server has taken it. Status 1 when one is not taken.',
    )
    .argument('[path]', anyPath, 'data-pewter/')
    .requiredOption('--url <url>', 'base URL of a Pyroscope server')
    .option(
      '--header <name=value>',
      'a header of each request; may be given more than once',
      header,
      new Map<string, string>(),
    )
    .action(
      async (
        path: string,
        { url, header: headers }: { url: string; header: ReadonlyMap<string, string> },
      ) => {
        const { drainQueues } = await import('../queue/drain-queues.ts');
        finish(await drainQueues(path, { url, headers }, host));
      },
    );
  command
    .command('export')
    .description('Writes each profile and its labels into a directory; the queue files stay as they are.')
    .argument('[path]', anyPath, 'data-pewter/')
    .requiredOption('--to <directory>', 'where to')
    .action(async (path: string, { to }: { to: string }) => {
      const { exportQueues } = await import('../queue/export-queues.ts');
      finish(await exportQueues(path, to, host));
    });
  return command;
};

function header(text: string, before: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const equals = text.indexOf('=');
  if (equals < 1) throw new InvalidArgumentError('give NAME=VALUE');
  return new Map([...before, [text.slice(0, equals), text.slice(equals + 1)]]);
}
