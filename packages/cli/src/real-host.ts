import type { WriteStream } from 'node:tty';
import { systemReason } from './command-error.ts';
import { exitCode } from './exit-code.ts';
import type { Host, TextStream } from './host.ts';

/** The process as it is. */
export function realHost(): Host {
  let stderr: TextStream | undefined;
  return {
    stdout: textStream(process.stdout),
    // Made when they are asked for: each of them takes time that most commands can do without.
    get stderr() {
      stderr ??= textStream(process.stderr);
      return stderr;
    },
    async readInput() {
      const { buffer } = await import('node:stream/consumers');
      return buffer(process.stdin);
    },
    get inputIsTerminal() {
      return process.stdin.isTTY === true;
    },
    env: process.env,
    onSignal(signal, callback) {
      process.on(signal, callback);
      return () => process.off(signal, callback);
    },
    onFault(callback) {
      // A rejection that nobody handles arrives here too.
      process.on('uncaughtException', callback);
      return () => process.off('uncaughtException', callback);
    },
    exit: (code) => process.exit(code),
  };
}

function textStream(stream: WriteStream): TextStream {
  stream.on('error', endWhenReaderIsGone);
  return {
    write: (chunk) => stream.write(chunk),
    colors: showsColors(stream),
    terminal: stream.isTTY === true,
  };
}

/** `hasColors` knows of NO_COLOR and FORCE_COLOR, but is missing where the stream is a pipe or a file. */
function showsColors(stream: Partial<WriteStream>): boolean {
  return stream.hasColors?.() ?? !['', '0', 'false', undefined].includes(process.env.FORCE_COLOR);
}

/** `pewter … | head` closes the pipe: that is no mistake of anyone. Of any other failure standard error may still tell, and it alone. */
function endWhenReaderIsGone(this: WriteStream, error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(exitCode.ok);
  if (this === process.stdout) {
    process.stderr.write(`pewter: cannot write to standard output: ${systemReason(error)}\n`);
  }
  process.exit(exitCode.unusable);
}
