import { Command, CommanderError, Help, type Option } from 'commander';
import { CommandError } from './command-error.ts';
import type { CommandFactory } from './command-factory.ts';
import { componentsCommand } from './commands/components.ts';
import { demoCommand } from './commands/demo.ts';
import { docsCommand } from './commands/docs.ts';
import { evalCommand } from './commands/eval.ts';
import { fmtCommand } from './commands/fmt.ts';
import { withPlainBooleans } from './commands/ignored-flags.ts';
import { probeCommand } from './commands/probe.ts';
import { queueCommand } from './commands/queue.ts';
import { relabelCommand } from './commands/relabel.ts';
import { runCommand } from './commands/run.ts';
import { sinkCommand } from './commands/sink.ts';
import { targetsCommand } from './commands/targets.ts';
import { validateCommand } from './commands/validate.ts';
import { exitCode } from './exit-code.ts';
import type { Host } from './host.ts';
import { version } from './version.ts';

const commands: Readonly<Record<string, CommandFactory>> = {
  run: runCommand,
  validate: validateCommand,
  fmt: fmtCommand,
  eval: evalCommand,
  docs: docsCommand,
  components: componentsCommand,
  demo: demoCommand,
  sink: sinkCommand,
  queue: queueCommand,
  relabel: relabelCommand,
  targets: targetsCommand,
  probe: probeCommand,
};

const examples = `
Examples:
  pewter validate pipeline.alloy      check a config, start nothing
  pewter run pipeline.alloy           run it
  pewter demo                         see a pipeline work on real profiles

Each command has its own --help. Documentation of the language: https://grafana.com/docs/alloy/latest/get-started/configuration-syntax/`;

/** Runs a command line and gives its exit status. What a command finds wrong is printed; what it rejects with otherwise is a bug. */
export async function runProgram(args: readonly string[], host: Host): Promise<number> {
  let status: number = exitCode.ok;
  const program = createProgram(wanted(args), host, (code) => {
    status = code;
  });
  try {
    await program.parseAsync(withPlainBooleans(args), { from: 'user' });
    return status;
  } catch (error) {
    return explain(error, host);
  }
}

/** The command that is named, or all where none is: describing the options of each takes time that only help needs. */
function wanted(args: readonly string[]): readonly CommandFactory[] {
  const [first = ''] = args;
  const named = Object.hasOwn(commands, first) ? commands[first] : undefined;
  return named === undefined ? Object.values(commands) : [named];
}

function createProgram(
  offered: readonly CommandFactory[],
  host: Host,
  finish: (code: number) => void,
): Command {
  const program = new Command('pewter')
    .description('Runs, checks and formats profile pipelines written in the Alloy configuration language.')
    .version(version, '-v, --version', 'print the version')
    .addHelpText('after', examples);
  for (const create of offered) program.addCommand(create(host, finish));
  withHost(program, host);
  return program;
}

function withHost(command: Command, host: Host): void {
  command.configureHelp({ optionDescription: describeOption });
  command.exitOverride().showHelpAfterError(`(${fullName(command)} --help shows the usage)`);
  command.configureOutput({
    writeOut: (text) => host.stdout.write(text),
    writeErr: (text) => host.stderr.write(text),
    getOutHasColors: () => host.stdout.colors,
    getErrHasColors: () => host.stderr.colors,
  });
  for (const inner of command.commands) withHost(inner, host);
}

/** As commander has it, with what must be given marked, and without defaults that are only the absence of a value. */
function describeOption(this: Help, option: Option): string {
  const { defaultValue: standard } = option;
  const isEmpty = typeof standard === 'object' && Object.keys(standard ?? {}).length === 0;
  const shown = isEmpty ? Object.create(option, { defaultValue: { value: undefined } }) : option;
  const text = Help.prototype.optionDescription.call(this, shown);
  return option.mandatory ? `${text} (required)` : text;
}

/** `pewter queue ls`: the command with those that it is in. */
function fullName(command: Command): string {
  return command.parent ? `${fullName(command.parent)} ${command.name()}` : command.name();
}

function explain(error: unknown, host: Host): number {
  // Commander has printed what it has to say, be it an error or the help that was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.ok : exitCode.unusable;
  if (!(error instanceof CommandError)) throw error;
  host.stderr.write(`pewter: ${error.message}\n`);
  return error.exitCode;
}
