import type { ComponentContext, ServerAnswer, ServerRequest } from '@pewter/runtime';
import { parseAppName } from '../app-name.ts';
import { gunzip } from '../gzip.ts';
import { shortened } from '../log-text.ts';
import type { Profile } from '../profiles-receiver.ts';
import { retryAfterSeconds } from './admission.ts';
import { type Forwarding, forward } from './forward.ts';
import { queryParameters } from './query-parameters.ts';
import { maxBodyBytes, readBody } from './read-body.ts';
import { withServiceName } from './service-name.ts';

/** A short answer in plain text. */
export function plainAnswer(status: number, text: string): ServerAnswer {
  return {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' },
    body: `${text}\n`,
  };
}

/** A refusal for want of room. */
export function comeBack(reason: string): ServerAnswer {
  const { headers, ...answer } = plainAnswer(503, reason);
  return { ...answer, headers: { ...headers, 'retry-after': String(retryAfterSeconds) } };
}

/**
 * `POST /ingest`, the API of Pyroscope's SDKs. Labels come from `name`; everything else goes on as it came, so that
 * every format that a server knows passes. Answers with the status of the server behind.
 */
export async function handleIngest(
  request: ServerRequest,
  forwarding: Forwarding,
  logger: ComponentContext['logger'],
): Promise<ServerAnswer> {
  const { client } = request;
  const app = shortened(nameOf(queryParameters(request.url)));
  const read = await readIngest(request);
  if ('status' in read) {
    const err = String(read.body).trimEnd();
    logger.warn({ client, app, err, status: read.status }, 'ingest request refused');
    return read;
  }
  const result = await forward([read], forwarding);
  if (result.delivered) return { status: 200, headers: {}, body: '' };
  logger.warn({ client, app, err: result.reason }, 'Failed to ingest profiles');
  if (result.overloaded) return comeBack(result.reason);
  const { status = 0, reason } = result;
  return plainAnswer(status >= 300 ? status : 500, reason);
}

function nameOf(parameters: ReturnType<typeof queryParameters>): string {
  return parameters.find(([key]) => key === 'name')?.[1] ?? '';
}

async function readIngest({ url, headers, body }: ServerRequest): Promise<Profile | ServerAnswer> {
  const parameters = queryParameters(url);
  const name = nameOf(parameters);
  if (name === '') return plainAnswer(400, 'the query has no name: give ?name=app or ?name=app{label=value}');
  const parsed = parseAppName(name);
  if ('problem' in parsed) return plainAnswer(400, `name ${JSON.stringify(name)}: ${parsed.problem}`);
  const labels = withServiceName(parsed.labels);
  const bytes = await plainBody(body, headers.get('content-encoding') ?? 'identity');
  if (!(bytes instanceof Uint8Array)) return bytes;
  const query = parameters.filter(([key]) => key !== 'name');
  return { labels, bytes, id: '', ingest: { query, contentType: headers.get('content-type') ?? undefined } };
}

/** The body without the encoding of its transport, which does not go on. */
async function plainBody(
  body: AsyncIterable<Uint8Array>,
  encoding: string,
): Promise<Uint8Array | ServerAnswer> {
  const tooLarge = plainAnswer(413, `the profile is larger than ${maxBodyBytes} bytes`);
  const bytes = await readBody(body, maxBodyBytes);
  if (bytes === undefined) return tooLarge;
  if (encoding === 'identity') return bytes;
  if (encoding !== 'gzip')
    return plainAnswer(415, `content encoding ${encoding} is not known here: use gzip`);
  const unpacked = await gunzip(bytes, maxBodyBytes);
  if (unpacked === 'too large') return tooLarge;
  return unpacked === 'damaged'
    ? plainAnswer(400, 'the body is not gzip, as its content encoding says')
    : unpacked;
}
