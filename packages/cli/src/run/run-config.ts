import { hostname } from 'node:os';
import type { LogControl, Pipeline, Stability } from '@pewter/runtime';
import { realOutside } from '@pewter/runtime/running';
import { type RunningServer, ServerError, startServer } from '@pewter/server';
import { CommandError } from '../command-error.ts';
import { exitCode } from '../exit-code.ts';
import type { Host } from '../host.ts';
import { parseListenAddress } from '../listen-address.ts';
import { countText } from '../print-diagnostics.ts';
import { aborted, stopSignal } from '../stop-signal.ts';
import { loadConfig, reloadConfig } from './config-reload.ts';
import { servedPipeline } from './served-pipeline.ts';
import { createPipeline } from './start-pipeline.ts';

export interface RunOptions {
  readonly path: string;
  readonly stability: Stability;
  readonly storagePath: string;
  readonly listenAddress: string;
  readonly ignoredFlags: readonly { readonly flag: string; readonly because: string }[];
}

/** Runs a config until it is interrupted; gives the exit status. Rejects with {@link CommandError} when it cannot be read or its port is taken. */
export async function runConfig(options: RunOptions, host: Host): Promise<number> {
  const stop = stopSignal(host);
  await using started = new AsyncDisposableStack();
  started.defer(() => stop.release());
  const { pipeline, logs } = createPipeline({ ...options, outside: realOutside() }, host);
  for (const fields of options.ignoredFlags) logs.logger.info(fields, 'flag accepted and without effect');
  const { ok, diagnostics } = await loadConfig(pipeline, options.path, host);
  if (!ok) {
    host.stderr.write(`pewter: ${options.path} was not loaded: ${countText(diagnostics)}\n`);
    return exitCode.failed;
  }
  started.defer(async () => void (await pipeline.stop()));
  const server = await serve(pipeline, logs, options, host);
  started.defer(() => server.close());
  started.defer(reloadAtHangup(pipeline, logs, options, host));
  pipeline.start();
  await aborted(stop.signal);
  logs.logger.info('stopping');
  return exitCode.ok;
}

async function serve(
  pipeline: Pipeline,
  logs: LogControl,
  options: RunOptions,
  host: Host,
): Promise<RunningServer> {
  try {
    const server = await startServer({
      ...parseListenAddress(options.listenAddress),
      runtime: servedPipeline(pipeline, () => reloadConfig(pipeline, options.path, host)),
      logger: logs.logger,
      nodeName: hostname(),
    });
    logs.logger.info({ url: server.url }, 'HTTP API listens');
    return server;
  } catch (error) {
    if (!(error instanceof ServerError)) throw error;
    throw new CommandError(`${error.message}; ${error.hint}`, exitCode.failed, { cause: error });
  }
}

/** Reads the config again at each SIGHUP, until the returned function is called. */
function reloadAtHangup(pipeline: Pipeline, logs: LogControl, { path }: RunOptions, host: Host): () => void {
  return host.onSignal('SIGHUP', async () => {
    const outcome = await reloadConfig(pipeline, path, host);
    if (outcome.ok) return;
    const what = outcome.applied
      ? 'config reloaded with errors: what has them goes on with the arguments it had'
      : 'config not reloaded, the last one goes on';
    logs.logger.error({ err: outcome.message }, what);
  });
}
