import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Scope } from '@pewter/language';
import type { Host } from '../host.ts';
import { completeName } from './complete-name.ts';
import { evaluateText } from './evaluate-text.ts';
import { historyPath, readHistory, writeHistory } from './history-file.ts';
import { type EvalForm, report } from './report.ts';

/** Where a console reads and writes; the process's own terminal when absent. */
export interface ConsoleStreams {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  readonly terminal: boolean;
}

/** Evaluates line by line what is typed, until the input ends (Ctrl-D) or Ctrl-C is pressed. */
export async function openConsole(
  scope: Scope,
  form: EvalForm,
  host: Host,
  streams: ConsoleStreams = { input: process.stdin, output: process.stdout, terminal: true },
): Promise<void> {
  const path = historyPath(host);
  let history = await readHistory(path);
  const lines = createInterface({
    ...streams,
    history,
    prompt: '> ',
    removeHistoryDuplicates: true,
    completer: (line: string) => completeName(line, scope),
  });
  lines.on('history', (now: string[]) => {
    history = [...now];
  });
  lines.on('SIGINT', () => lines.close());
  lines.on('line', (line) => {
    if (line.trim() !== '') report[form](evaluateText(line, scope), host);
    lines.prompt();
  });
  lines.prompt();
  await once(lines, 'close');
  await writeHistory(path, history);
}
