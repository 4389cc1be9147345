import { exitCode } from '../exit-code.ts';
import type { Host } from '../host.ts';

/** What goes wrong with one of several queue files is told at once, and shows in the exit status. */
export interface Problems {
  tell(problem: string): void;
  readonly status: number;
}

/** Problems on the standard error of a command. */
export function problemsTo(host: Host): Problems {
  let status: number = exitCode.ok;
  return {
    tell(problem) {
      status = exitCode.failed;
      host.stderr.write(`pewter: ${problem}\n`);
    },
    get status() {
      return status;
    },
  };
}
