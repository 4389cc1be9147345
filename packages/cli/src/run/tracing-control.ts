import type { LogControl } from '@pewter/runtime';
import { Tracing, type TracingSettings } from '@pewter/tracing';
import { version } from '../version.ts';

/** The `tracing` block as the catalogue decodes it. */
export type TracingBlock = TracingSettings & {
  readonly sampler?: { readonly jaeger_remote?: unknown };
  readonly write_to?: readonly unknown[];
};

/** Milliseconds that the end of the program waits for the last spans. */
const patience = 1000;

/** Spans of the program, as the `tracing` block and the environment say. */
export class TracingControl {
  readonly tracer: Tracing;
  readonly #logger: LogControl['logger'];

  constructor(env: Readonly<Record<string, string | undefined>>, logger: LogControl['logger']) {
    this.#logger = logger;
    this.tracer = new Tracing({
      variable: (name) => env[name],
      service: { name: env.OTEL_SERVICE_NAME || 'pewter', version },
      warn: (fields, message) => logger.warn(fields, message),
    });
  }

  /** Takes the block of a config; undefined where it has none. */
  take(block: TracingBlock | undefined): void {
    if (block?.sampler?.jaeger_remote !== undefined) {
      const message = '`sampler` of `tracing` has no effect here: `sampling_fraction` says what is kept';
      this.#logger.warn(message);
    }
    if (block?.write_to !== undefined && block.write_to.length > 0) {
      const message =
        '`write_to` of `tracing` has no effect here: OTEL_EXPORTER_OTLP_ENDPOINT says where spans go';
      this.#logger.warn(message);
    }
    this.tracer.configure(block);
  }

  close(): Promise<void> {
    return this.tracer.close(AbortSignal.timeout(patience));
  }
}
