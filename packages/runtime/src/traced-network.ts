import type { Dispatcher } from 'undici';
import type { Network } from './outside.ts';
import type { Span, SpanAttributes, Tracer } from './tracer.ts';

/**
 * The same network, with a span for each request that a component sends: a scrape, a push, a poll. The request carries on
 * what the span says it is to. Neither query nor headers are told, for they can hold secrets.
 */
export function tracedNetwork(network: Network, tracer: Tracer, attributes: SpanAttributes): Network {
  return {
    ...network,
    dispatcher: (options) =>
      network.dispatcher(options).compose((dispatch) => traced(dispatch, tracer, attributes)),
  };
}

function traced(dispatch: Dispatcher.Dispatch, tracer: Tracer, more: SpanAttributes): Dispatcher.Dispatch {
  return (options, handler) => {
    if (!tracer.enabled) return dispatch(options, handler);
    const span = tracer.start(options.method, {
      kind: 'client',
      attributes: { ...requestAttributes(options), ...more },
    });
    if (span === undefined) return dispatch(options, handler);
    try {
      return dispatch(
        { ...options, headers: withHeaders(options.headers, span) },
        new TracedHandler(handler, span),
      );
    } catch (error) {
      span.end({ error: String(error) });
      throw error;
    }
  };
}

function requestAttributes({ method, origin, path }: Dispatcher.DispatchOptions): SpanAttributes {
  const { hostname = '', port = '', protocol = '' } = origin === undefined ? {} : new URL(origin);
  return {
    'http.request.method': method,
    'server.address': hostname,
    'server.port': Number(port || (protocol === 'https:' ? 443 : 80)),
    'url.scheme': protocol.replace(':', ''),
    'url.path': path.split('?', 1)[0] ?? '',
  };
}

function withHeaders(headers: Dispatcher.DispatchOptions['headers'], span: Span) {
  if (Array.isArray(headers)) return [...headers, ...Object.entries(span.headers).flat()];
  if (headers === undefined || headers === null) return { ...span.headers };
  const given = Symbol.iterator in headers ? Object.fromEntries(headers) : headers;
  return { ...given, ...span.headers };
}

class TracedHandler implements Dispatcher.DispatchHandler {
  readonly #handler: Dispatcher.DispatchHandler;
  readonly #span: Span;
  #status = 0;

  constructor(handler: Dispatcher.DispatchHandler, span: Span) {
    this.#handler = handler;
    this.#span = span;
  }

  onRequestStart(...given: Parameters<NonNullable<Dispatcher.DispatchHandler['onRequestStart']>>): void {
    this.#handler.onRequestStart?.(...given);
  }

  onRequestUpgrade(...given: Parameters<NonNullable<Dispatcher.DispatchHandler['onRequestUpgrade']>>): void {
    this.#span.end();
    this.#handler.onRequestUpgrade?.(...given);
  }

  onResponseStart(...given: Parameters<NonNullable<Dispatcher.DispatchHandler['onResponseStart']>>): void {
    this.#status = given[1];
    this.#handler.onResponseStart?.(...given);
  }

  onResponseData(...given: Parameters<NonNullable<Dispatcher.DispatchHandler['onResponseData']>>): void {
    this.#handler.onResponseData?.(...given);
  }

  onResponseEnd(...given: Parameters<NonNullable<Dispatcher.DispatchHandler['onResponseEnd']>>): void {
    const error = this.#status >= 400 ? { error: `status ${this.#status}` } : {};
    this.#span.end({ ...error, attributes: { 'http.response.status_code': this.#status } });
    this.#handler.onResponseEnd?.(...given);
  }

  onResponseError(...given: Parameters<NonNullable<Dispatcher.DispatchHandler['onResponseError']>>): void {
    this.#span.end({ error: given[1].message });
    this.#handler.onResponseError?.(...given);
  }
}
