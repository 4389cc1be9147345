import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Recoverable, start } from 'node:repl';
import type { Scope } from '@pewter/language';
import type { Host } from '../host.ts';
import { completeName } from './complete-name.ts';
import { evaluateText } from './evaluate-text.ts';
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
      if (text !== '') report[form](evaluated, host);
      done(null, undefined);
    },
  });
  const exit = once(server, 'exit');
  // At once, before any input is read. Where the file cannot be kept the console says so and works as well.
  await new Promise<void>((resolve) => server.setupHistory(history, () => resolve()));
  await exit;
}
