/** What a span says of itself, under the names of OpenTelemetry's conventions where these have one. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

export interface SpanOptions {
  /** `client` for a request to another program; `internal` when absent. */
  readonly kind?: 'internal' | 'client';
  readonly attributes?: SpanAttributes;
  readonly parent?: Span | undefined;
}

/** Some work with its beginning and end. */
export interface Span {
  /** What a request made under it carries on, in the form of W3C Trace Context; empty where it is to carry nothing. */
  readonly headers: Readonly<Record<string, string>>;
  /** Called once. */
  end(outcome?: { readonly error?: string; readonly attributes?: SpanAttributes }): void;
}

/** Tells how long work took and what led to it. */
export interface Tracer {
  /** False while nobody wants spans, so that nothing need be made ready for one. */
  readonly enabled: boolean;
  /** Begins a span; undefined while nobody wants any. */
  start(name: string, options?: SpanOptions): Span | undefined;
}
