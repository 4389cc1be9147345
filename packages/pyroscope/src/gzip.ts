import { promisify } from 'node:util';
import { gunzip as gunzipCallback, gzip as gzipCallback } from 'node:zlib';
import { Code, ConnectError } from '@connectrpc/connect';
import type { Compression } from '@connectrpc/connect/protocol';

const [gzipBytes, gunzipBytes] = [promisify(gzipCallback), promisify(gunzipCallback)];

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

/** Packed messages of the Connect protocol. */
export const gzipMessages: Compression = {
  name: 'gzip',
  compress: async (bytes) => new Uint8Array(await gzipBytes(bytes)),
  async decompress(bytes, most) {
    const unpacked = bytes.length === 0 ? new Uint8Array() : await gunzip(bytes, most);
    if (unpacked === 'too large')
      throw new ConnectError(`message is larger than ${most} bytes`, Code.ResourceExhausted);
    if (unpacked === 'damaged') throw new ConnectError('message is not gzip', Code.InvalidArgument);
    return unpacked;
  },
};
