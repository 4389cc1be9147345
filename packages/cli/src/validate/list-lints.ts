import { namedLints } from '@pewter/lint';
import { exitCode } from '../exit-code.ts';
import type { Output } from '../host.ts';

/** Lists every warning that can be turned off, and how; gives the exit status. */
export function listLints({ stdout }: Output): number {
  const width = Math.max(...namedLints.map(({ name }) => name.length));
  for (const { name, code, about } of namedLints) stdout.write(`${name.padEnd(width)}  ${code}  ${about}\n`);
  stdout.write(
    '\nTurn one off with --lint NAME=off, for a block or line with a comment above it: // pewter:ignore NAME,\nfor a file: // pewter:ignore-file NAME\n',
  );
  return exitCode.ok;
}
