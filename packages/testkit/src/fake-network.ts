import type { Network } from '@pewter/runtime';
import { Dispatcher } from 'undici';

/** What a fake server answers. */
export interface FakeReply {
  readonly contentType: string;
  readonly body: Uint8Array;
}

/** A network without sockets: every request is answered at once, in the same turn of the event loop. */
export class FakeNetwork implements Network {
  /** Connection pools that were made and not closed. */
  open = 0;
  /** Requests that were answered. */
  answered = 0;
  readonly #reply: (url: string) => FakeReply;

  constructor(reply: (url: string) => FakeReply) {
    this.#reply = reply;
  }

  dispatcher(): Dispatcher {
    this.open++;
    const answer = (url: string) => {
      this.answered++;
      return this.#reply(url);
    };
    return new FakeDispatcher(answer, () => void this.open--);
  }

  nameClient(): never {
    throw new Error('there are no name servers here');
  }

  listen(): Promise<never> {
    return Promise.reject(new Error('nothing listens here'));
  }
}

class FakeDispatcher extends Dispatcher {
  readonly #answer: (url: string) => FakeReply;
  readonly #closed: () => void;
  #open = true;

  constructor(answer: (url: string) => FakeReply, closed: () => void) {
    super();
    this.#answer = answer;
    this.#closed = closed;
  }

  override dispatch(request: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    const { contentType, body } = this.#answer(`${request.origin}${request.path}`);
    const controller = new FakeController();
    queueMicrotask(() => {
      handler.onRequestStart?.(controller, {});
      if (controller.aborted) return;
      handler.onResponseStart?.(controller, 200, { 'content-type': contentType }, 'OK');
      handler.onResponseData?.(controller, Buffer.from(body));
      handler.onResponseEnd?.(controller, {});
    });
    return true;
  }

  override async close(): Promise<void> {
    this.#end();
  }

  override async destroy(): Promise<void> {
    this.#end();
  }

  #end(): void {
    if (this.#open) this.#closed();
    this.#open = false;
  }
}

class FakeController implements Dispatcher.DispatchController {
  aborted = false;
  paused = false;
  reason: Error | null = null;

  abort(reason: Error): void {
    this.aborted = true;
    this.reason = reason;
  }

  pause(): void {
    this.paused = true;
  }

  resume(): void {
    this.paused = false;
  }
}
