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

/** Where the time ran out. */
export type TimeoutPhase = 'connect' | 'headers' | 'body';

/** A request that got no usable response. The message names the URL without credentials. */
export class HttpClientError extends Error {
  override readonly name = 'HttpClientError';
  readonly kind: HttpErrorKind;
  /** Only where `kind` is `timeout`. */
  readonly phase: TimeoutPhase | undefined;
  /** The URL that was asked first, where this came of one that it redirects to. */
  readonly redirectedFrom: string | undefined;

  constructor(
    kind: HttpErrorKind,
    message: string,
    options: { cause?: unknown; phase?: TimeoutPhase; redirectedFrom?: string } = {},
  ) {
    super(message, { cause: options.cause });
    this.kind = kind;
    this.phase = options.phase;
    this.redirectedFrom = options.redirectedFrom;
  }

  /** The same as what came of a redirect. */
  after(firstUrl: string): HttpClientError {
    const { kind, message, cause, phase } = this;
    const redirectedFrom = shownUrl(firstUrl);
    const text = `${message}, where ${redirectedFrom} redirects to`;
    return new HttpClientError(kind, text, { cause, ...(phase && { phase }), redirectedFrom });
  }

  /** The error for whatever a request to `url` threw. */
  static from(error: unknown, url: string): HttpClientError {
    if (error instanceof HttpClientError) return error;
    const [code, said] = codeAndText(error);
    const text = readable(said);
    const kind =
      kinds.get(code) ?? (tlsCode.test(code) ? 'tls' : code.startsWith('HPE_') ? 'protocol' : 'other');
    const phase = phases.get(code);
    const message = `${texts[kind] ?? text}: ${shownUrl(url)}${texts[kind] === undefined ? '' : ` (${text})`}`;
    return new HttpClientError(kind, message, { cause: error, ...(phase && { phase }) });
  }
}

/** The URL as it may be shown: without user and password. */
export function shownUrl(url: string): string {
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
