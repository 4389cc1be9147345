import { promisify } from 'node:util';
import { gunzip as gunzipCallback, gzip as gzipCallback } from 'node:zlib';

/** Requests larger than this are refused, whether as they come or unpacked; bytes. */
export const maxBodyBytes = 64 * 1024 * 1024;

const gunzipBytes = promisify(gunzipCallback);
/** Packs bytes. */
export const gzip = promisify(gzipCallback);

/** The body of a request, undefined where it is larger than `most`. Rejects when the client goes away. */
export async function readBody(
  body: AsyncIterable<Uint8Array>,
  most: number,
): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > most) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Unpacks bytes: `too large` where that gives more than `most`, `damaged` where they are not gzip. */
export async function gunzip(
  bytes: Uint8Array,
  most: number,
): Promise<Uint8Array<ArrayBuffer> | 'too large' | 'damaged'> {
  try {
    return new Uint8Array(await gunzipBytes(bytes, { maxOutputLength: most }));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return code === 'ERR_BUFFER_TOO_LARGE' ? 'too large' : 'damaged';
  }
}
