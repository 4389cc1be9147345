import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type REPLServer, Recoverable, start } from 'node:repl';
import type { Scope } from '@pewter/language';
import type { Host } from '../host.ts';
import { completeName } from './complete-name.ts';
import { evaluateText, isBlank } from './evaluate-text.ts';
import { goesOn } from './goes-on.ts';
import { historyPath } from './history-path.ts';
import { type EvalForm, report } from './report.ts';

/** Where a console reads and writes; the process's own terminal when absent. */
export interface ConsoleStreams {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  readonly terminal: boolean;
}

/** Evaluates what is typed, over several lines where one does not complete it, until the input ends (Ctrl-D) or `.exit`. */
export async function openConsole(
  scope: Scope,
  form: EvalForm,
  host: Host,
  streams: ConsoleStreams = { input: process.stdin, output: process.stdout, terminal: true },
): Promise<void> {
  const history = historyPath(host);
  await mkdir(dirname(history), { recursive: true, mode: 0o700 }).catch(() => undefined);
  streams.output.write('An expression on each line; Tab completes, .help lists commands, Ctrl-D ends.\n');
  const server = start({
    ...streams,
    prompt: '> ',
    ignoreUndefined: true,
    preview: false,
    completer: (line: string) => completeName(line, scope),
    eval(typed, _context, _file, done) {
      // Between the lines of one input stand carriage returns.
      const text = typed.replaceAll('\r', '\n').trimEnd();
      const evaluated = evaluateText(text, scope);
      if (goesOn(evaluated)) return done(new Recoverable(new SyntaxError('goes on')), undefined);
      if (!isBlank(text)) report[form](evaluated, host);
      done(null, undefined);
    },
  });
  keepCommands(server);
  const exit = once(server, 'exit');
  // At once, before any input is read. Where the file cannot be kept the console says so and works as well.
  await new Promise<void>((resolve) => server.setupHistory(history, () => resolve()));
  await exit;
}

const commands: Readonly<Record<string, string>> = {
  break: 'Leave an expression that is not complete (also Ctrl-C)',
  editor: 'Write an expression of several lines, ended with Ctrl-D',
  exit: 'Leave the console (also Ctrl-D)',
  help: 'Print this list',
};

/** Of the commands of Node's console those that have a meaning here, in its words. */
function keepCommands(server: REPLServer): void {
  for (const [name, command] of Object.entries(server.commands)) {
    if (commands[name] === undefined) Reflect.deleteProperty(server.commands, name);
    else if (command !== undefined) server.defineCommand(name, { ...command, help: commands[name] });
  }
}
