import type { HttpClient, HttpRequest, HttpResponse } from '@pewter/http-client';

/** The parsed body of an answer with status 200. Rejects with an Error that says what is wrong with any other. */
export async function fetchJson(client: HttpClient, request: HttpRequest): Promise<unknown> {
  return jsonOf(await client.request(request));
}

/** The parsed body; throws an Error where the status is not 200 or the body no JSON. */
export function jsonOf(response: HttpResponse): unknown {
  if (response.status !== 200)
    throw new Error(`${response.url} answered with status ${response.status}, not 200`);
  try {
    return JSON.parse(Buffer.from(response.body).toString('utf8'));
  } catch (cause) {
    throw new Error(`${response.url} answered with invalid JSON: ${(cause as Error).message}`, { cause });
  }
}
