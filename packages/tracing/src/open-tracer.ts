import {
  type Context,
  DiagLogLevel,
  diag,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  trace,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { Span, SpanOptions } from '@pewter/runtime';
import type { TracingOptions } from './tracing.ts';

/** A tracer with OpenTelemetry behind it. */
export interface OpenTracer {
  /** The part of traces that is kept from now on. */
  sample(fraction: number): void;
  start(name: string, options: SpanOptions, sendTraceparent: boolean): Span | undefined;
  /** Sends what is left. Never rejects. */
  close(): Promise<void>;
}

export interface OpenTracerOptions extends Pick<TracingOptions, 'service' | 'warn'> {
  /** Where spans are sent to, `…/v1/traces`. */
  readonly url: string;
}

/** Spans go out in batches, and what cannot be sent is told of and forgotten. */
export function openTracer({ url, service, warn }: OpenTracerOptions): OpenTracer {
  tellProblems(warn);
  const sampler = new FractionSampler();
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': service.name, 'service.version': service.version }),
    sampler: new ParentBasedSampler({ root: sampler }),
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url }) })],
  });
  const tracer = provider.getTracer(service.name, service.version);
  const contexts = new WeakMap<Span, Context>();
  return {
    sample: (fraction) => sampler.set(fraction),
    start(name, { kind = 'internal', attributes = {}, parent }, sendTraceparent) {
      const above = (parent && contexts.get(parent)) ?? ROOT_CONTEXT;
      const kinds = { internal: SpanKind.INTERNAL, client: SpanKind.CLIENT };
      const made = tracer.startSpan(name, { kind: kinds[kind], attributes: { ...attributes } }, above);
      const { traceId, spanId, traceFlags } = made.spanContext();
      const flags = (traceFlags & TraceFlags.SAMPLED).toString(16).padStart(2, '0');
      const span: Span = {
        headers: sendTraceparent ? { traceparent: `00-${traceId}-${spanId}-${flags}` } : {},
        end({ error, attributes: more } = {}) {
          if (more !== undefined) made.setAttributes({ ...more });
          if (error !== undefined) made.setStatus({ code: SpanStatusCode.ERROR, message: error });
          made.end();
        },
      };
      contexts.set(span, trace.setSpan(above, made));
      return span;
    },
    close: () => provider.shutdown().catch((error: unknown) => warn({ err: error }, 'spans were not sent')),
  };
}

/** A share of the traces that begin here; the share can change. */
class FractionSampler implements Sampler {
  #current = new TraceIdRatioBasedSampler(0);

  set(fraction: number): void {
    this.#current = new TraceIdRatioBasedSampler(Math.min(1, Math.max(0, fraction)));
  }

  shouldSample(...given: Parameters<Sampler['shouldSample']>): ReturnType<Sampler['shouldSample']> {
    return this.#current.shouldSample(given[0], given[1]);
  }

  toString(): string {
    return this.#current.toString();
  }
}

function tellProblems(warn: TracingOptions['warn']): void {
  const tell = (message: string) => warn({ err: message }, 'spans were not sent');
  const silent = () => undefined;
  const logger = { error: tell, warn: tell, info: silent, debug: silent, verbose: silent };
  diag.setLogger(logger, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
}
