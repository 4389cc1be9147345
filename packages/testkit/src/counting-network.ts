import type { Network } from '@pewter/runtime';
import { realDispatcher, realListen, realNameClient } from '@pewter/runtime/running';
import type { Agent, Dispatcher } from 'undici';

/** The real network, which knows how many requests wait for their answer. */
export class CountingNetwork implements Network {
  /** Requests that have begun and not ended. */
  underWay = 0;
  /** Requests that have ever begun. */
  begun = 0;
  readonly nameClient = realNameClient;
  readonly listen = realListen;

  dispatcher(options: Agent.Options): Dispatcher {
    return realDispatcher(options).compose((dispatch) => (request, handler) => {
      this.underWay++;
      this.begun++;
      return dispatch(request, new EndHandler(handler, () => void this.underWay--));
    });
  }
}

/** Passes everything on, and tells when it is over. */
class EndHandler implements Dispatcher.DispatchHandler {
  readonly #inner: Dispatcher.DispatchHandler;
  readonly #ended: () => void;

  constructor(inner: Dispatcher.DispatchHandler, ended: () => void) {
    this.#inner = inner;
    this.#ended = ended;
  }

  onRequestStart(...args: Event<'onRequestStart'>): void {
    this.#inner.onRequestStart?.(...args);
  }

  onResponseStart(...args: Event<'onResponseStart'>): void {
    this.#inner.onResponseStart?.(...args);
  }

  onResponseData(...args: Event<'onResponseData'>): void {
    this.#inner.onResponseData?.(...args);
  }

  onResponseEnd(...args: Event<'onResponseEnd'>): void {
    this.#ended();
    this.#inner.onResponseEnd?.(...args);
  }

  onResponseError(...args: Event<'onResponseError'>): void {
    this.#ended();
    this.#inner.onResponseError?.(...args);
  }
}

type Event<K extends keyof Dispatcher.DispatchHandler> = Parameters<
  NonNullable<Dispatcher.DispatchHandler[K]>
>;
