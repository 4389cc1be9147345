import { CommandError } from './command-error.ts';
import { exitCode } from './exit-code.ts';

export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** Reads `HOST:PORT`, `[IPv6]:PORT` or `:PORT` (all addresses, as Go has it). Throws {@link CommandError}. */
export function parseListenAddress(text: string): ListenAddress {
  const match = /^(?:\[(?<six>[^\]]+)\]|(?<host>[^:]*)):(?<port>\d{1,5})$/.exec(text);
  const port = Number(match?.groups?.port);
  if (!match || port > 65535) {
    throw new CommandError(
      `${text} is not an address to listen on: give HOST:PORT, such as 127.0.0.1:12345`,
      exitCode.unusable,
    );
  }
  return { host: match.groups?.six ?? (match.groups?.host || '0.0.0.0'), port };
}
