import type { Stability } from '@pewter/runtime';
import { Command } from 'commander';
import type { CommandFactory } from '../program.ts';
import { addIgnoredFlags, givenIgnoredFlags } from './ignored-flags.ts';
import { stabilityOption } from './stability-option.ts';

interface Options {
  readonly 'stability.level': Stability;
  readonly 'storage.path': string;
  readonly 'server.http.listenAddr': string;
}

const examples = `
Examples:
  pewter run pipeline.alloy
  pewter run configs/                                          all *.alloy files of the directory as one config
  pewter run --server.http.listen-addr=127.0.0.1:0 p.alloy     the API on any free port

Signals: SIGHUP reads the config again, SIGINT and SIGTERM end it (the second time at once).`;

/** `pewter run` */
export const runCommand: CommandFactory = (host, finish) => {
  const command = new Command('run')
    .summary('run a config')
    .description(
      'Runs a config until it is interrupted. Takes the flags of alloy run; those without a meaning here are accepted.',
    )
    .argument('<path>', 'a file, or a directory whose *.alloy files are one config')
    .addOption(stabilityOption())
    .option('--storage.path <path>', 'directory in which components keep data', 'data-pewter/')
    .option('--server.http.listen-addr <address>', 'address of the HTTP API, HOST:PORT', '127.0.0.1:12345')
    .addHelpText('after', examples)
    .action(async (path: string, options: Options) => {
      const { runConfig } = await import('../run/run-config.ts');
      finish(
        await runConfig(
          {
            path,
            stability: options['stability.level'],
            storagePath: options['storage.path'],
            listenAddress: options['server.http.listenAddr'],
            ignoredFlags: givenIgnoredFlags(command),
          },
          host,
        ),
      );
    });
  addIgnoredFlags(command);
  return command;
};
