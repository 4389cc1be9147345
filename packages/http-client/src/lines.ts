import { HttpClientError } from './http-client-error.ts';

const lineFeed = 10;

/**
 * The lines of a body as they come, without their ends; a last line without an end counts as well. Throws a
 * {@link HttpClientError} of kind `too-large` for a line of more than `maxLineBytes`.
 */
export async function* linesOf(
  chunks: AsyncIterable<Uint8Array>,
  maxLineBytes: number,
): AsyncGenerator<string, void> {
  let parts: Uint8Array[] = [];
  let length = 0;
  const keep = (part: Uint8Array) => {
    length += part.length;
    if (length > maxLineBytes) {
      throw new HttpClientError('too-large', `a line of the answer exceeds ${maxLineBytes} bytes`);
    }
    parts.push(part);
  };
  const take = () => {
    const line = Buffer.concat(parts, length).toString('utf8');
    parts = [];
    length = 0;
    return line;
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, start)) {
      keep(chunk.subarray(start, end));
      start = end + 1;
      yield take();
    }
    keep(chunk.subarray(start));
  }
  if (length > 0) yield take();
}
