import type { HttpClient } from '@pewter/http-client';

/** A request as the vendor's client hands it over. */
export interface AwsRequest {
  readonly method: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | string[] | null>>;
  readonly headers: Record<string, string>;
  // The vendor's own type; what EC2 and STS send is text.
  readonly body?: unknown;
}

interface AwsResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

/** Sends what the vendor's client has signed over our HTTP client, so that proxies, TLS and limits are those of all components. */
export function awsRequestHandler(client: HttpClient, timeoutMs: number) {
  return {
    async handle(
      request: AwsRequest,
      { abortSignal }: { abortSignal?: unknown } = {},
    ): Promise<{ response: AwsResponse }> {
      const { status, headers, body } = await client.request({
        method: request.method,
        url: urlOf(request),
        headers: request.headers,
        ...(typeof request.body === 'string' && { body: request.body }),
        signal: abortSignal instanceof AbortSignal ? abortSignal : new AbortController().signal,
        timeouts: { total: timeoutMs },
      });
      const flat = Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')]);
      return { response: { statusCode: status, headers: Object.fromEntries(flat), body } };
    },
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
  };
}

function urlOf({ protocol, hostname, port, path, query = {} }: AwsRequest): string {
  const parameters = Object.entries(query).flatMap(([name, value]) =>
    [value].flat().map((one) => `${encodeURIComponent(name)}=${encodeURIComponent(one ?? '')}`),
  );
  const search = parameters.length === 0 ? '' : `?${parameters.join('&')}`;
  return `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}${path}${search}`;
}
