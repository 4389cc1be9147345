import { compareText } from '@pewter/language';
import type { Clock, Files } from '@pewter/runtime';
import { basicHeader, secretText } from './credentials.ts';
import type { HttpClient, HttpResponse } from './http-client.ts';
import { HttpClientError, shownUrl } from './http-client-error.ts';
import type { OAuth2Arguments } from './http-client-schema.ts';

interface Token {
  readonly header: string;
  /** On the monotonic clock. */
  readonly refreshAt: number;
  readonly secret: string;
}

/** What a {@link TokenSource} works with. */
export interface TokenSourceOptions {
  readonly clock: Clock;
  readonly files: Files;
  /** The client for the token's server; the source closes it. */
  readonly client: HttpClient;
  readonly args: OAuth2Arguments;
}

/** A token is renewed this long before its end, as Go's oauth2 package does. */
const marginMs = 10_000;
const timeoutMs = 30_000;
const maxAnswerBytes = 1 << 20;

/** Tokens by client credentials (RFC 6749, section 4.4): kept until shortly before their end, asked for one at a time. */
export class TokenSource {
  readonly #options: TokenSourceOptions;
  readonly #closing = new AbortController();
  #token: Token | undefined;
  #pending: Promise<Token> | undefined;
  /** How the server takes the credentials; undefined until it has taken them once. */
  #style: CredentialStyle | undefined;

  constructor(options: TokenSourceOptions) {
    this.#options = options;
  }

  /** The value of the Authorization header. */
  async header(): Promise<string> {
    const { args, clock, files } = this.#options;
    const secret = await secretText(args.client_secret, args.client_secret_file, files);
    const known = this.#token;
    if (known !== undefined && known.secret === secret && clock.monotonic() < known.refreshAt)
      return known.header;
    this.#pending ??= this.#fetch(secret).finally(() => {
      this.#pending = undefined;
    });
    this.#token = await this.#pending;
    return this.#token.header;
  }

  close(): Promise<void> {
    this.#closing.abort();
    return this.#options.client.close();
  }

  /** Some servers take the credentials only in the form (RFC 6749, section 2.3.1): whatever fails is tried so as well. */
  async #fetch(secret: string): Promise<Token> {
    const style = this.#style ?? 'header';
    try {
      return await this.#ask(secret, style);
    } catch (error) {
      if (this.#style !== undefined || this.#closing.signal.aborted) throw error;
      return await this.#ask(secret, 'form');
    }
  }

  async #ask(secret: string, style: CredentialStyle): Promise<Token> {
    const { args, client, clock } = this.#options;
    const asked = clock.monotonic();
    const basic = { authorization: basicHeader(queryEscaped(args.client_id), queryEscaped(secret)) };
    const answer = await client.request({
      method: 'POST',
      url: args.token_url,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        ...(style === 'header' && basic),
      },
      body: this.#form(secret, style),
      signal: this.#closing.signal,
      maxBodyBytes: maxAnswerBytes,
      timeouts: { total: timeoutMs },
    });
    const token = { ...tokenOf(answer, asked), secret };
    this.#style = style;
    return token;
  }

  #form(secret: string, style: CredentialStyle): string {
    const { args } = this.#options;
    const form = new Map([['grant_type', 'client_credentials']]);
    if (args.scopes !== undefined && args.scopes.length > 0) form.set('scope', args.scopes.join(' '));
    for (const [name, value] of args.endpoint_params ?? []) form.set(name, value);
    if (style === 'form') {
      form.set('client_id', args.client_id);
      if (secret !== '') form.set('client_secret', secret);
    }
    const sorted = [...form].sort(([left], [right]) => compareText(left, right));
    return sorted.map(([name, value]) => `${queryEscaped(name)}=${queryEscaped(value)}`).join('&');
  }
}

type CredentialStyle = 'header' | 'form';

const types: Readonly<Record<string, string>> = { bearer: 'Bearer', mac: 'MAC', basic: 'Basic' };

/** The answer may hold a token: nothing of its body goes into a message but the standard error name. */
function tokenOf(answer: HttpResponse, asked: number): Omit<Token, 'secret'> {
  const { access_token: token, token_type: type, expires_in: seconds, error } = fieldsOf(answer);
  const accepted = answer.status >= 200 && answer.status <= 299;
  if (!accepted || error || typeof token !== 'string' || token === '') {
    const name = typeof error === 'string' && /^[a-z_]{1,40}$/.test(error) ? ` (${error})` : '';
    const why = accepted ? 'without a token' : `with status ${answer.status}`;
    throw new HttpClientError(
      'oauth2',
      `can not get a token: ${shownUrl(answer.url)} answered ${why}${name}`,
    );
  }
  const scheme = typeof type === 'string' && type !== '' ? (types[type.toLowerCase()] ?? type) : 'Bearer';
  const life = Number(seconds ?? 0) * 1000 || 0;
  return {
    header: `${scheme} ${token}`,
    refreshAt: life === 0 ? Number.POSITIVE_INFINITY : asked + life - marginMs,
  };
}

const formTypes = /^(?:application\/x-www-form-urlencoded|text\/plain)\s*(?:;|$)/i;

function fieldsOf({ body, headers }: HttpResponse): Record<string, unknown> {
  const text = Buffer.from(body).toString('utf8');
  if (formTypes.test(String(headers['content-type']))) {
    return Object.fromEntries(new URLSearchParams(text));
  }
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
  } catch {
    return {};
  }
}

/** As Go's `url.QueryEscape`. */
function queryEscaped(text: string): string {
  const hex = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(text)
    .replace(/[!'()*]/g, hex)
    .replaceAll('%20', '+');
}
