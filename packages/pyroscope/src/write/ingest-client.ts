import { posix } from 'node:path';
import { ConnectError } from '@connectrpc/connect';
import { firstBytes } from '@pewter/pprof';
import { appNameText } from '../app-name.ts';
import type { IngestRequest, Profile } from '../profiles-receiver.ts';
import { commonHeaders, maxAnswerBytes, type PushClientOptions, type PushResult } from './push-client.ts';
import { hintOf, pushFailure } from './push-failure.ts';

/** Makes one attempt to pass an `/ingest` request on, its body as it came. Never rejects. */
export async function ingestOnce(
  options: PushClientOptions,
  profile: Profile,
  ingest: IngestRequest,
  signal: AbortSignal,
): Promise<PushResult> {
  try {
    const answer = await options.http.request({
      method: 'POST',
      url: ingestUrl(options.url, profile, ingest),
      headers: headersOf(options, ingest),
      body: profile.bytes,
      signal,
      timeouts: { total: options.timeoutMs },
      maxBodyBytes: maxAnswerBytes,
    });
    const { status, body } = answer;
    if (status >= 200 && status < 300) return { ok: true };
    const said = body.length === 0 ? '' : `: ${firstBytes(body)}`;
    const retryAfter = answer.headers['retry-after'];
    return { ok: false, status, reason: `HTTP ${status}${said}`, hint: hintOf(answer), retryAfter };
  } catch (error) {
    return pushFailure(ConnectError.from(error), undefined, options.timeoutMs);
  }
}

/** The host is that of the URL, whatever the headers of the endpoint say. */
function headersOf(options: PushClientOptions, { contentType }: IngestRequest): Record<string, string> {
  const { host, ...headers } = commonHeaders(options);
  return contentType === undefined ? headers : { ...headers, 'content-type': contentType };
}

/** Below the path of the endpoint, with the query of the client in sorted order and the labels in `name`. */
function ingestUrl(base: string, { labels }: Profile, { query }: IngestRequest): string {
  const url = new URL(base);
  url.pathname = posix.join(url.pathname, 'ingest');
  const all = new URLSearchParams(query.map(([name, value]) => [name, value]));
  all.set('name', appNameText(labels));
  all.sort();
  url.search = all.toString();
  return url.href;
}
