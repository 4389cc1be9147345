/** What went wrong with a request. */
export type HttpErrorKind =
  | 'refused'
  | 'dns'
  | 'unreachable'
  | 'tls'
  | 'timeout'
  | 'reset'
  | 'aborted'
  | 'too-large'
  | 'memory'
  | 'redirect'
  | 'protocol'
  | 'url'
  | 'file'
  | 'proxy'
  | 'oauth2'
  | 'other';

/** How far a request had come. */
export type TimeoutPhase = 'connect' | 'headers' | 'body';

/** A request that got no usable response. The message names the URL as {@link shownUrl} gives it. */
export class HttpClientError extends Error {
  override readonly name = 'HttpClientError';
  readonly kind: HttpErrorKind;
  /** What it waited for when it failed, where that is known. */
  readonly phase: TimeoutPhase | undefined;
  /** The proxy that was asked, without user and password. */
  readonly proxy: string | undefined;
  /** The URL that was asked first, where this came of one that it redirects to. */
  readonly redirectedFrom: string | undefined;

  constructor(
    kind: HttpErrorKind,
    message: string,
    options: { cause?: unknown; redirectedFrom?: string } & Partial<RequestCourse> = {},
  ) {
    super(message, { cause: options.cause });
    this.kind = kind;
    this.phase = options.phase;
    this.proxy = options.proxy;
    this.redirectedFrom = options.redirectedFrom;
  }

  /** The same as what came of a redirect. */
  after(firstUrl: string): HttpClientError {
    const { kind, message, cause, phase, proxy } = this;
    const redirectedFrom = shownUrl(firstUrl);
    const text = `${message}, where ${redirectedFrom} redirects to`;
    return new HttpClientError(kind, text, { cause, phase, proxy, redirectedFrom });
  }

  /** The error for whatever a request to `url` threw that had come so far. */
  static from(error: unknown, url: string, course: Partial<RequestCourse> = {}): HttpClientError {
    if (error instanceof HttpClientError) return error;
    const [code, said] = codeAndText(error);
    const text = readable(said);
    const kind = kindOf(code);
    const { proxy } = course;
    const phase = phases.get(code) ?? course.phase;
    const what = texts[kind] ?? text;
    const detail = texts[kind] === undefined ? '' : ` (${text})`;
    if (proxy !== undefined && isOfProxy(kind, phase, url)) {
      const message = `proxy ${proxy}: ${what}, asked for ${shownUrl(url)}${detail}`;
      return new HttpClientError('proxy', message, { cause: error, phase, proxy });
    }
    return new HttpClientError(kind, `${what}: ${shownUrl(url)}${detail}`, { cause: error, phase, proxy });
  }
}

/** Where a request goes, and how far it has come. */
export interface RequestCourse {
  readonly phase: TimeoutPhase | undefined;
  /** Without user and password; undefined where none is asked. */
  readonly proxy: string | undefined;
}

/** The only connection that is made is the one to the proxy; behind it there is TLS of the server at most. */
function isOfProxy(kind: HttpErrorKind, phase: TimeoutPhase | undefined, url: string): boolean {
  if (kind === 'timeout') return phase === 'connect';
  return connecting.has(kind) || (kind === 'tls' && url.startsWith('http:'));
}

const connecting: ReadonlySet<HttpErrorKind> = new Set(['refused', 'dns', 'unreachable']);

function kindOf(code: string): HttpErrorKind {
  const kind = kinds.get(code);
  if (kind !== undefined) return kind;
  if (tlsCode.test(code)) return 'tls';
  return code.startsWith('HPE_') ? 'protocol' : 'other';
}

/** The URL as messages show it: without user and password, and `…` for the query, which may hold a token. */
export function shownUrl(url: string): string {
  const shown = withoutUser(url).replace(/#.*$/s, '');
  const query = shown.indexOf('?');
  return query < 0 ? shown : `${shown.slice(0, query)}?…`;
}

/** The URL without user and password, as it may go to another server. */
export function withoutUser(url: string): string {
  if (!URL.canParse(url)) return url.replace(/\/\/[^/]*@/, '//');
  const shown = new URL(url);
  shown.username = '';
  shown.password = '';
  return shown.href;
}

const tlsCode =
  /^(?:CERT_|ERR_TLS_|ERR_SSL_|EPROTO$|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|ERR_OSSL_)/;

const kinds: ReadonlyMap<string, HttpErrorKind> = new Map([
  ['ECONNREFUSED', 'refused'],
  ['ENOTFOUND', 'dns'],
  ['EAI_AGAIN', 'dns'],
  ['EHOSTUNREACH', 'unreachable'],
  ['ENETUNREACH', 'unreachable'],
  ['ECONNRESET', 'reset'],
  ['EPIPE', 'reset'],
  ['UND_ERR_SOCKET', 'reset'],
  ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'reset'],
  ['ETIMEDOUT', 'timeout'],
  ['UND_ERR_CONNECT_TIMEOUT', 'timeout'],
  ['UND_ERR_HEADERS_OVERFLOW', 'too-large'],
  ['UND_ERR_ABORTED', 'aborted'],
  ['UND_ERR_DESTROYED', 'aborted'],
  ['UND_ERR_CLOSED', 'aborted'],
  ['ABORT_ERR', 'aborted'],
  ['UND_ERR_INVALID_ARG', 'url'],
]);

const phases: ReadonlyMap<string, TimeoutPhase> = new Map([
  ['ETIMEDOUT', 'connect'],
  ['UND_ERR_CONNECT_TIMEOUT', 'connect'],
]);

const texts: Readonly<Partial<Record<HttpErrorKind, string>>> = {
  refused: 'connection refused',
  dns: 'host not found',
  unreachable: 'host unreachable',
  tls: 'TLS failed',
  timeout: 'timed out',
  reset: 'connection closed before the response was complete',
  'too-large': 'response too large',
  protocol: 'the answer is no valid HTTP',
  aborted: 'request aborted',
};

const adviceOfNode = /; if the root CA is installed locally, try running Node\.js with --use-system-ca$/;
/** `4073…:error:0A00010B:SSL routines:tls_validate_record_header:wrong version number:../deps/….c:77:` */
const lineOfOpenSsl = /^[0-9A-F]+:error:[0-9A-F]+:[^:]*:[^:]*:([^:]+):.*$/s;

/** What a library says, without what is only for those who write programs. */
function readable(text: string): string {
  const said = text.replace(adviceOfNode, '').replace(lineOfOpenSsl, '$1').trim();
  return said === 'wrong version number' ? 'the other side does not speak TLS' : said;
}

function codeAndText(error: unknown): readonly [string, string] {
  const inner = error instanceof AggregateError ? (error.errors[0] as unknown) : error;
  if (!(inner instanceof Error)) return ['', String(inner)];
  const named = 'code' in inner && typeof inner.code === 'string' ? inner.code : '';
  // undici gives its parser's errors a code only for some of what can be wrong.
  const code = inner.name === 'HTTPParserError' ? 'HPE_INVALID' : named;
  return [code, inner.message];
}
