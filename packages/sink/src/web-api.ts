import { FlameTree, isGzip, readProfile } from '@pewter/pprof';
import { pageAssets } from './gen/page-assets.ts';
import type { ProfileStore } from './profile-store.ts';

/** What is answered to a request for the page or its data. */
export interface WebAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** So many profiles are merged at most, the newest. */
const mostMerged = 500;
const mostListed = 1000;
/** Frames of less than this part of the whole would be narrower than a pixel. */
const leastPart = 1 / 4000;

/** Nothing of what clients send may run as script, and no other site may show or read this one. */
const security = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

type Route = (query: URLSearchParams, store: ProfileStore) => WebAnswer | Promise<WebAnswer>;

const routes: ReadonlyMap<string, Route> = new Map<string, Route>([
  ['/', () => asset('text/html; charset=utf-8', pageAssets.html)],
  ['/page.js', () => asset('text/javascript; charset=utf-8', pageAssets.script)],
  ['/page.css', () => asset('text/css; charset=utf-8', pageAssets.style)],
  ['/api/series', (_query, store) => json(store.series())],
  [
    '/api/profiles',
    (query, store) => json(store.profiles(number(query, 'series'), ...range(query), mostListed)),
  ],
  ['/api/flame', flame],
  ['/api/raw', raw],
]);

/** Answers a GET for the page or its data; undefined for any other path. */
export async function answerWeb(url: URL, store: ProfileStore): Promise<WebAnswer | undefined> {
  return await routes.get(url.pathname)?.(url.searchParams, store);
}

/** The flame graph of one profile (`profile`), or of those of a series between two times, merged. */
async function flame(query: URLSearchParams, store: ProfileStore): Promise<WebAnswer> {
  const one = query.get('profile');
  const ids =
    one === null
      ? store.profiles(number(query, 'series'), ...range(query), mostMerged).map(({ id }) => id)
      : [Number(one)];
  const tree = new FlameTree(query.get('type') ?? '');
  let profiles = 0;
  for (const id of ids) {
    const body = store.body(id);
    const read = body && (await readProfile(body));
    if (read === undefined || 'error' in read) continue;
    tree.add(read.profile);
    profiles++;
  }
  return json({ profiles, most: mostMerged, tree: tree.tree(leastPart) });
}

function raw(query: URLSearchParams, store: ProfileStore): WebAnswer {
  const id = number(query, 'profile');
  const body = store.body(id);
  if (body === undefined) return json({ error: 'there is no such profile' }, 404);
  const name = `profile-${id}.pb${isGzip(body) ? '.gz' : ''}`;
  const headers = {
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename="${name}"`,
  };
  return { status: 200, headers: { ...security, ...headers }, body };
}

function asset(type: string, body: string): WebAnswer {
  return { status: 200, headers: { ...security, 'content-type': type }, body };
}

function json(value: unknown, status = 200): WebAnswer {
  return {
    status,
    headers: { ...security, 'content-type': 'application/json' },
    body: JSON.stringify(value),
  };
}

/** A whole number; what is none finds nothing. */
function number(query: URLSearchParams, name: string): number {
  const value = Number(query.get(name) ?? -1);
  return Number.isSafeInteger(value) ? value : -1;
}

function range(query: URLSearchParams): [from: number, until: number] {
  const until = number(query, 'until');
  return [Math.max(0, number(query, 'from')), until < 0 ? Number.MAX_SAFE_INTEGER : until];
}
