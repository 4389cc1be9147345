import { dirname } from 'node:path';
import { profileLine, type Sink, type SinkOptions, startSink } from '@pewter/sink';
import { CommandError, systemReason } from '../command-error.ts';
import { exitCode } from '../exit-code.ts';
import type { Host } from '../host.ts';
import { type ListenAddress, parseListenAddress } from '../listen-address.ts';
import { plural } from '../print-diagnostics.ts';
import { aborted, stopSignal } from '../stop-signal.ts';

/** The options of the command. */
export interface SinkFlags {
  readonly listen: string;
  readonly store?: string;
  readonly maxMegabytes: number;
  readonly maxHours: number;
}

/** Runs a sink until it is interrupted; prints a line for each profile. */
export async function runSink({ listen, store, ...limits }: SinkFlags, host: Host): Promise<number> {
  const stop = stopSignal(host);
  try {
    const sink = await listenAt(parseListenAddress(listen), {
      storePath: store,
      retention: { maxBytes: limits.maxMegabytes * 1e6, maxAgeMs: limits.maxHours * 3_600_000 },
      onProfile: (received) => host.stdout.write(`${profileLine(received)}\n`),
      logger: {
        warn: (fields, message) => host.stderr.write(`${message}: ${Object.values(fields).join(' ')}\n`),
      },
    });
    host.stderr.write(`pewter sink: profiles are received at ${sink.url}, and shown there; Ctrl-C ends\n`);
    await aborted(stop.signal);
    await sink.close();
    host.stderr.write(
      `pewter sink: ${plural(sink.counts.profiles, 'profile')} received, ${sink.counts.refused} refused\n`,
    );
    return exitCode.ok;
  } finally {
    stop.release();
  }
}

async function listenAt(
  address: ListenAddress,
  options: Omit<SinkOptions, keyof ListenAddress>,
): Promise<Sink> {
  try {
    return await startSink({ ...address, ...options });
  } catch (error) {
    if (isDatabaseFault(error))
      throw new CommandError(
        `cannot keep profiles in ${options.storePath}: ${storeReason(error, options.storePath ?? '')}`,
        exitCode.failed,
        { cause: error },
      );
    const place = `${address.host}:${address.port}`;
    throw new CommandError(`cannot listen on ${place}: ${systemReason(error)}`, exitCode.failed, {
      cause: error,
    });
  }
}

/** What SQLite says, by its primary result codes, in words that say what to do. */
const storeReasons: Readonly<Record<number, (path: string) => string>> = {
  5: () => 'another program has it open: end that, or give another file',
  8: () => 'this user may not write it: give another file',
  14: (path) => `it cannot be opened or made: look whether ${dirname(path)} is there and may be written`,
  26: () => 'it is a file of another kind: give one of an earlier sink, or one that is not there yet',
};

function storeReason(error: DatabaseFault, path: string): string {
  return storeReasons[(error.errcode ?? 0) & 0xff]?.(path) ?? systemReason(error);
}

interface DatabaseFault extends Error {
  readonly errcode?: number;
}

function isDatabaseFault(error: unknown): error is DatabaseFault {
  return error instanceof Error && 'code' in error && error.code === 'ERR_SQLITE_ERROR';
}
