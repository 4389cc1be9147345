import { hostname } from 'node:os';
import type { LogControl, Pipeline, Stability } from '@pewter/runtime';
import { realOutside } from '@pewter/runtime/running';
import type { HttpSettings } from '@pewter/server';
import { runVocabulary } from '../components.ts';
import { exitCode } from '../exit-code.ts';
import type { Host } from '../host.ts';
import { parseListenAddress } from '../listen-address.ts';
import { countText } from '../print-diagnostics.ts';
import { aborted, stopSignal } from '../stop-signal.ts';
import { loadConfig, type ReloadOutcome, reloadConfig, type Tell } from './config-reload.ts';
import { dryVocabulary } from './dry-run.ts';
import { goVariables } from './go-environment.ts';
import { HttpControl } from './http-control.ts';
import { servedPipeline } from './served-pipeline.ts';
import { createLogs, createPipeline } from './start-pipeline.ts';
import { stopAndTell } from './stop-and-tell.ts';
import { tellDiagnostics } from './tell-diagnostics.ts';
import { type TracingBlock, TracingControl } from './tracing-control.ts';
import { configTexts, watchConfig } from './watch-config.ts';

export interface RunOptions {
  readonly path: string;
  readonly stability: Stability;
  readonly storagePath: string;
  readonly listenAddress: string;
  /** What stands before `/api/v0/web` in the paths of the web API. */
  readonly webPrefix: string;
  /** Whether `/debug/pprof/` is served. */
  readonly pprof: boolean;
  /** The name of this node; that of the machine when absent. */
  readonly nodeName?: string | undefined;
  /** How long a stop waits for components, in milliseconds. */
  readonly shutdownDeadline?: number | undefined;
  readonly unsupported: 'refuse' | 'skip';
  readonly community: boolean;
  /** Profiles go to standard output instead of the network. */
  readonly dryRun: boolean;
  /** The config is read again whenever it changes. */
  readonly watch: boolean;
  readonly ignoredFlags: readonly { readonly flag: string; readonly because: string }[];
}

/** A config that is loaded, with what belongs to it. */
interface Loaded {
  readonly pipeline: Pipeline;
  readonly logs: LogControl;
  readonly http: HttpControl;
  readonly tracing: TracingControl;
  readonly tell: Tell;
  /** Reads the config again; what is wrong with it is a result. */
  reload(): Promise<ReloadOutcome>;
}

/** Runs a config until it is interrupted; gives the exit status. Rejects with {@link CommandError} when it cannot be read or its port is taken. */
export async function runConfig(options: RunOptions, host: Host): Promise<number> {
  const address = parseListenAddress(options.listenAddress);
  const stop = stopSignal(host);
  await using started = new AsyncDisposableStack();
  started.defer(() => stop.release());
  const outside = realOutside();
  const loaded = prepare(options, outside, host);
  const { pipeline, logs, http, tracing } = loaded;
  started.defer(() => tracing.close());
  tellOfOptions(options, host, logs);
  // The last defence: a mistake in one component's code, somewhere that its instance does not guard, ends no other's work.
  started.defer(
    host.onFault((error) => logs.logger.error({ err: error }, 'a fault of the program; it goes on')),
  );
  const seen = options.watch ? await configTexts(options.path) : '';
  const outcome = await loadConfig(pipeline, options.path, loaded.tell);
  if (!outcome.ok) {
    const why = `${options.path} was not loaded: ${countText(outcome.diagnostics)}`;
    if (host.stderr.terminal === true) host.stderr.write(`pewter: ${why}\n`);
    else logs.logger.error({ err: why }, 'config not loaded: nothing runs');
    return exitCode.failed;
  }
  started.defer(() => stopAndTell(pipeline, logs.logger));
  const reloadAndTell = () => tellOutcome(loaded);
  const server = await http.start({
    ...address,
    runtime: servedPipeline(pipeline, reloadAndTell),
    logger: logs.logger,
    nodeName: options.nodeName ?? hostname(),
    webPrefix: options.webPrefix,
    pprof: options.pprof,
  });
  started.defer(() => server.close());
  logs.logger.info({ url: server.url }, 'HTTP API listens');
  started.defer(host.onSignal('SIGHUP', () => void reloadAndTell()));
  if (options.watch)
    started.defer(await watchConfig(options.path, { ...outside, seen, reload: reloadAndTell }));
  pipeline.start();
  await aborted(stop.signal);
  logs.logger.info('stopping');
  return exitCode.ok;
}

function prepare(options: RunOptions, outside: ReturnType<typeof realOutside>, host: Host): Loaded {
  const { path, stability, storagePath, shutdownDeadline } = options;
  const http = new HttpControl();
  const logs = createLogs(outside, host);
  const tracing = new TracingControl(host.env, logs.logger);
  const named = runVocabulary(options);
  const { pipeline } = createPipeline(
    {
      outside,
      stability,
      storagePath,
      vocabulary: options.dryRun ? dryVocabulary(named, host.stdout) : named,
      ...(shutdownDeadline !== undefined && { patience: shutdownDeadline }),
      settings: {
        http: (decoded) => http.take(decoded as HttpSettings | undefined),
        tracing: (decoded) => tracing.take(decoded as TracingBlock | undefined),
      },
      unsettled: (name) => {
        if (name === 'http') http.hold();
      },
      tracer: tracing.tracer,
      logs,
    },
    host,
  );
  const tell: Tell = (diagnostics) => tellDiagnostics(diagnostics, host, logs);
  const reload = () => reloadConfig({ pipeline, path, tell, problem: () => http.problem });
  return { pipeline, logs, http, tracing, tell, reload };
}

function tellOfOptions({ ignoredFlags, dryRun }: RunOptions, { env }: Host, { logger }: LogControl): void {
  if (dryRun) logger.info('dry run: profiles are written to standard output, and none is sent');
  for (const fields of ignoredFlags) logger.info(fields, 'flag accepted and without effect');
  for (const fields of goVariables(env)) logger.info(fields, 'environment variable without effect');
}

/** Reads the config again, and says what came of it. Never rejects: a fault of the program while it reloads must not end what runs. */
async function tellOutcome({ reload, logs }: Loaded): Promise<ReloadOutcome> {
  const outcome = await reload().catch(faultOutcome);
  if (outcome.ok) return outcome;
  const what = outcome.applied
    ? 'config reloaded with errors: what has them goes on with the arguments it had'
    : 'config not reloaded, the last one goes on';
  const err = outcome.message.replace(/:\n\s*/, ': ').replace(/\n\s*/g, '; ');
  logs.logger.error({ err }, what);
  return outcome;
}

function faultOutcome(error: unknown): ReloadOutcome {
  return {
    ok: false,
    applied: false,
    message: `the reload broke: ${error instanceof Error ? error.message : String(error)}`,
  };
}
