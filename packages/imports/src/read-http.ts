import { createHttpClient, defaultHttpClientArguments, shownUrl, userAgent } from '@pewter/http-client';
import type { Imported, ImportOutside } from '@pewter/runtime';
import { sourceFromBytes } from '@pewter/syntax';
import type { HttpArguments } from './http.ts';

/** Asks once for a module. Rejects where the answer is not 200, with the URL without its credentials. */
export async function readHttp(
  outside: ImportOutside,
  args: HttpArguments,
  signal: AbortSignal,
): Promise<Imported> {
  const client = createHttpClient(outside, args.client ?? defaultHttpClientArguments, { userAgent });
  try {
    const { status, body } = await client.request({
      method: args.method || 'GET',
      url: args.url,
      headers: Object.fromEntries(args.headers ?? []),
      ...(args.body !== '' && { body: args.body }),
      timeouts: { total: args.poll_timeout },
      signal,
    });
    const shown = shownUrl(args.url);
    if (status !== 200) throw new Error(`${shown} answered with status ${status}, not 200`);
    return { texts: [sourceFromBytes(shown, body)], folder: folderOf(args.url) };
  } finally {
    await client.close();
  }
}

/** Everything up to the last slash, as the reference has it. */
function folderOf(url: string): string {
  return new URL('.', url).href;
}
