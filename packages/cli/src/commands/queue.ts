import { Command, InvalidArgumentError } from 'commander';
import type { CommandFactory } from '../command-factory.ts';

const examples = `
Examples:
  pewter queue ls                                              the queue files below data-pewter/
  pewter queue drain --url http://127.0.0.1:4040 data-pewter/  send what is in them, oldest first
  pewter queue export --to profiles/ data-pewter/              save it as pprof files, with their labels

Queue files are those of the block queue of an endpoint of pyroscope.write. A process that has one open keeps it to itself: stop it first.`;

const examplesOf = {
  ls: `
Examples:
  pewter queue ls                                  the queue files in and below data-pewter/
  pewter queue ls /var/lib/pewter/queue-main.db    one of them

Exit status: 0 fine, 1 when one could not be opened, 2 when there is none.`,
  drain: `
Examples:
  pewter queue drain --url http://127.0.0.1:4040
  pewter queue drain --url https://profiles.example.com --header "Authorization=Bearer $TOKEN" /var/lib/pewter

What the server refuses as wrong stays in its file and is listed; the others are sent. Where the server is down, or
refuses whoever asks, no more is sent.
Exit status: 0 all is sent, 1 when something stays or could not be opened, 2 when there is no queue file.`,
  export: `
Examples:
  pewter queue export --to profiles/
  pewter queue export --to profiles/ /var/lib/pewter/queue-main.db && go tool pprof -top profiles/000001.pb.gz

A directory with profiles of an earlier export is refused.
Exit status: 0 fine, 1 when a file could not be opened or a profile is damaged, 2 when there is no queue file.`,
} as const;

const anyPath = 'a queue file, or a directory with some in or below it, whatever their names';

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
    .addHelpText('after', examplesOf.ls)
    .action(async (path: string) => {
      const { listQueues } = await import('../queue/list-queues.ts');
      finish(await listQueues(path, host));
    });
  command
    .command('drain')
    .description('Sends what is in queue files; each profile is removed once the server has taken it.')
    .argument('[path]', anyPath, 'data-pewter/')
    .requiredOption('--url <url>', 'base URL of a Pyroscope server', httpUrl)
    .option(
      '--header <name=value>',
      'a header of each request; may be given more than once',
      header,
      new Map<string, string>(),
    )
    .addHelpText('after', examplesOf.drain)
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
    .addHelpText('after', examplesOf.export)
    .action(async (path: string, { to }: { to: string }) => {
      const { exportQueues } = await import('../queue/export-queues.ts');
      finish(await exportQueues(path, to, host));
    });
  return command;
};

function httpUrl(text: string): string {
  const url = URL.parse(text);
  if (/^https?:$/.test(url?.protocol ?? '')) return text;
  throw new InvalidArgumentError('Give a URL with its scheme, as in http://127.0.0.1:4040.');
}

function header(text: string, before: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const equals = text.indexOf('=');
  if (equals < 1) throw new InvalidArgumentError('give NAME=VALUE');
  return new Map([...before, [text.slice(0, equals), text.slice(equals + 1)]]);
}
