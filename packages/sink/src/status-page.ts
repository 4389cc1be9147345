import type { connectNodeAdapter } from '@connectrpc/connect-node';

/** What the sink has seen since it started. */
export interface SinkCounts {
  profiles: number;
  bytes: number;
  refused: number;
}

/** Answers everything that is not a push: `/` with a short text, `/ready` for probes. */
export function statusPage(counts: SinkCounts): ReturnType<typeof connectNodeAdapter> {
  const texts: Readonly<Record<string, () => string>> = {
    '/': () =>
      `pewter sink: push profiles to /push.v1.PusherService/Push\nreceived ${counts.profiles} profiles, ${counts.bytes} bytes; refused ${counts.refused} requests\n`,
    '/ready': () => 'ready\n',
  };
  return (request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const text = Object.hasOwn(texts, path) ? texts[path] : undefined;
    const status = text ? 200 : 404;
    response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
    response.end(text?.() ?? `nothing is served at ${path}\n`);
  };
}
