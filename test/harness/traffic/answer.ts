import type { ServerResponse } from 'node:http';
import type { Http2ServerResponse } from 'node:http2';
import type { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { bodyBytes, type ScriptAnswer } from './scenario.ts';

/** A response over either version of HTTP. */
export type AnyResponse = ServerResponse | Http2ServerResponse;

/** Answers as a script says. */
export async function sendAnswer(
  response: AnyResponse,
  answer: ScriptAnswer,
  fill: (text: string) => string,
): Promise<void> {
  await sleep(answer.delay_ms ?? 0, undefined, { ref: false });
  if (answer.drop === true) return cut(response);
  const plain = bodyBytes(answer.body, fill);
  const body = answer.gzip_encoding === true ? gzipSync(plain) : plain;
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, fill(value));
  if (answer.no_content_type === true) response.removeHeader('content-type');
  if (answer.gzip_encoding === true) response.setHeader('content-encoding', 'gzip');
  if (answer.chunked !== true) response.setHeader('content-length', body.length);
  response.statusCode = answer.status;
  if (answer.body_delay_ms !== undefined) {
    const half = Math.floor(body.length / 2);
    writeTo(response, body.subarray(0, half));
    await sleep(answer.body_delay_ms, undefined, { ref: false });
    writeTo(response, body.subarray(half));
  } else if (body.length > 0) {
    writeTo(response, body);
  }
  response.end();
}

/** Both kinds of response are streams; their own signatures do not unite. */
function writeTo(response: Writable, bytes: Buffer): void {
  response.write(bytes);
}

function cut(response: AnyResponse): void {
  if ('stream' in response) response.stream.close();
  else response.socket?.destroy();
}
