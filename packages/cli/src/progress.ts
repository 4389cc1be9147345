import type { Output, TextStream } from './host.ts';

/** How far a command is with its files, on the last line of a terminal. */
export interface Progress {
  /** To write to meanwhile: the line makes way for what is written. */
  readonly output: Output;
  /** One more is done. */
  step(): void;
  /** Takes the line away. */
  end(): void;
}

/** Fewer than this are done before anyone wonders. */
const few = 50;
const eraseLine = '\r\u001b[2K';

/** Shows progress where standard error is a terminal and there are more than 50 files; else nothing. */
export function showProgress(total: number, { stdout, stderr }: Output): Progress {
  if (stderr.terminal !== true || total <= few) return { output: { stdout, stderr }, step() {}, end() {} };
  let done = 0;
  let shown = false;
  const erase = () => {
    if (shown) stderr.write(eraseLine);
    shown = false;
  };
  return {
    output: { stdout: after(erase, stdout), stderr: after(erase, stderr) },
    step() {
      done++;
      if (done % Math.ceil(total / 100) !== 0) return;
      stderr.write(`${eraseLine}${done} of ${total} files`);
      shown = true;
    },
    end: erase,
  };
}

function after(first: () => void, stream: TextStream): TextStream {
  return {
    ...stream,
    write(text) {
      first();
      return stream.write(text);
    },
  };
}
