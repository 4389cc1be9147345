import type { HttpRequest, HttpResponse } from '@pewter/http-client';
import type { Clock } from '@pewter/runtime';
import type { RequestClient } from '../request-client.ts';

/** An answer as a test gives it: a body under a good type, a whole response, or an error to reject with. */
export type FakeResponse = Uint8Array | Partial<HttpResponse> | Error;

/** An HTTP client without a network: answers each URL in sequence, the last answer repeats. */
export class FakeHttp implements RequestClient {
  readonly requests: { readonly url: string; readonly at: number; readonly request: HttpRequest }[] = [];
  readonly #clock: Clock;
  readonly #answers = new Map<string, FakeResponse[]>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  serve(url: string, ...answers: readonly FakeResponse[]): void {
    this.#answers.set(url, [...answers]);
  }

  /** When a URL was asked for, on the clock that never jumps. */
  timesOf(url: string): readonly number[] {
    return this.requests.filter((one) => one.url === url).map(({ at }) => at);
  }

  async request(request: HttpRequest): Promise<HttpResponse> {
    const { url } = request;
    this.requests.push({ url, at: this.#clock.monotonic(), request });
    const answers = this.#answers.get(url) ?? [{ status: 404 }];
    const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? {};
    if (answer instanceof Error) throw answer;
    const given = answer instanceof Uint8Array ? { body: answer } : answer;
    return { status: 200, headers: {}, body: new Uint8Array(), url, ...given };
  }

  async close(): Promise<void> {}
}
