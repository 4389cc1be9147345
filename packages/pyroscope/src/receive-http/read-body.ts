/** Requests larger than this are refused, whether as they come or unpacked; bytes. */
export const maxBodyBytes = 64 * 1024 * 1024;

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
