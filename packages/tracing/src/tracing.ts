import type { Span, SpanOptions, Tracer } from '@pewter/runtime';
import type { OpenTracer } from './open-tracer.ts';

/** The `tracing` block, as far as it means something here. */
export interface TracingSettings {
  /** The part of traces that is kept: 1 and more for all, 0 and less for none. */
  readonly sampling_fraction: number;
  /** Whether requests carry on the trace that they belong to. */
  readonly send_traceparent: boolean;
}

export interface TracingOptions {
  /** A variable of the environment; those of OpenTelemetry say where spans go. */
  readonly variable: (name: string) => string | undefined;
  /** What the program is called and its version. */
  readonly service: { readonly name: string; readonly version: string };
  /** Told of what keeps spans from being sent. */
  readonly warn: (fields: Readonly<Record<string, unknown>>, message: string) => void;
}

/** Spans of this program, from the moment that a `tracing` block asks for them. */
export class Tracing implements Tracer {
  readonly #options: TracingOptions;
  #opened: Promise<OpenTracer | undefined> | undefined;
  #open: OpenTracer | undefined;
  #settings: TracingSettings | undefined;
  #closed = false;

  constructor(options: TracingOptions) {
    this.#options = options;
  }

  /**
   * Takes the block of a config; undefined where it has none. The first one that has somewhere to send to loads
   * OpenTelemetry; spans are made from when that is done.
   */
  configure(settings: TracingSettings | undefined): void {
    this.#settings = settings;
    if (settings !== undefined && settings.sampling_fraction > 0) this.#opened ??= this.#load();
    this.#open?.sample(settings?.sampling_fraction ?? 0);
  }

  get enabled(): boolean {
    return this.#open !== undefined && this.#settings !== undefined && !this.#closed;
  }

  start(name: string, options: SpanOptions = {}): Span | undefined {
    if (this.#settings === undefined || this.#closed) return undefined;
    return this.#open?.start(name, options, this.#settings.send_traceparent);
  }

  /** Sends what is still to be sent, for as long as `signal` lets it. Never rejects. */
  async close(signal: AbortSignal): Promise<void> {
    this.#closed = true;
    const open = await this.#opened;
    if (open === undefined || signal.aborted) return;
    const aborted = new Promise<void>((resolve) =>
      signal.addEventListener('abort', () => resolve(), { once: true }),
    );
    await Promise.race([open.close(), aborted]);
  }

  async #load(): Promise<OpenTracer | undefined> {
    const { variable, service, warn } = this.#options;
    const { otlpEndpoint } = await import('./otlp-endpoint.ts');
    const url = otlpEndpoint(variable);
    if (url === undefined) {
      const hint = 'set OTEL_EXPORTER_OTLP_ENDPOINT to an OTLP/HTTP endpoint such as http://127.0.0.1:4318';
      warn({ block: 'tracing', hint }, 'no spans are sent: there is no endpoint');
      return undefined;
    }
    try {
      const { openTracer } = await import('./open-tracer.ts');
      this.#open = openTracer({ url, service, warn });
      this.#open.sample(this.#settings?.sampling_fraction ?? 0);
      return this.#open;
    } catch (error) {
      warn({ err: error }, 'no spans are sent: OpenTelemetry could not be loaded');
      return undefined;
    }
  }
}
