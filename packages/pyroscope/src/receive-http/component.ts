import type { Component, ComponentContext, Files } from '@pewter/runtime';
import { createFanout, createFanoutMetrics } from '../fanout.ts';
import { sameArguments } from '../same-arguments.ts';
import { untilAborted } from '../until-aborted.ts';
import { admitting } from './admission.ts';
import type { ReceiveHttpArguments } from './arguments.ts';
import { registerConnectionMetrics } from './connection-metrics.ts';
import type { Forwarding } from './forward.ts';
import { handleIngest } from './ingest-handler.ts';
import { checkTlsFiles, isPlain, tlsProblem } from './listen-options.ts';
import { createPushHandler } from './push-handler.ts';
import { createRouter, overloaded, routeOf } from './router.ts';
import { ServerKeeper } from './server-keeper.ts';
import { createServerMetrics, measured } from './server-metrics.ts';

/** Builds pyroscope.receive_http; see its definition. */
export function build(
  context: ComponentContext<unknown>,
  args: ReceiveHttpArguments,
): Component<ReceiveHttpArguments> {
  return new ReceiveHttpComponent(context, args);
}

class ReceiveHttpComponent implements Component<ReceiveHttpArguments> {
  readonly #files: Files;
  readonly #keeper: ServerKeeper;
  #args: ReceiveHttpArguments;
  #running = false;

  constructor(context: ComponentContext<unknown>, args: ReceiveHttpArguments) {
    checkArguments(args);
    this.#args = args;
    this.#files = context.files;
    const { clock, logger } = context;
    const receiver = createFanout(() => this.#args.forward_to, createFanoutMetrics(context.metrics), clock);
    const forwarding = (): Forwarding => ({
      receiver,
      clock,
      timeoutMs: this.#args.http.server_write_timeout,
      timeoutFrom: 'server_write_timeout',
    });
    const push = createPushHandler(forwarding, logger);
    const router = createRouter(push, (request) => handleIngest(request, forwarding(), logger));
    const metrics = createServerMetrics(context.metrics);
    const refuse = (url: string) => {
      metrics.refused.inc();
      return overloaded(url);
    };
    this.#keeper = new ServerKeeper(context, measured(admitting(router, refuse), routeOf, metrics, clock));
    registerConnectionMetrics(context.metrics, () => ({
      connections: this.#keeper.connections,
      limit: this.#args.http.conn_limit,
    }));
    if (args.grpc !== undefined) logger.warn('the grpc block is not used here: profiles come over http');
    if (args.http.tls !== undefined && isPlain(args.http.tls))
      logger.warn('tls has no certificate, or no key for it: profiles come in without TLS');
  }

  begin(): Promise<void> {
    return checkTlsFiles(this.#args.http, this.#files);
  }

  async run(signal: AbortSignal): Promise<void> {
    this.#running = true;
    this.#keeper.want(this.#args.http);
    await untilAborted(signal);
    this.#running = false;
    await this.#keeper.stop(this.#args.graceful_shutdown_timeout);
  }

  /** The server goes on, unless its own arguments change. */
  update(args: ReceiveHttpArguments): void {
    checkArguments(args);
    const before = this.#args;
    this.#args = args;
    if (this.#running && !sameArguments(before.http, args.http)) this.#keeper.want(args.http);
  }

  health() {
    return this.#keeper.health;
  }
}

function checkArguments({ http }: ReceiveHttpArguments): void {
  const problem = http.tls && tlsProblem(http.tls);
  if (problem !== undefined) throw new Error(problem);
}
