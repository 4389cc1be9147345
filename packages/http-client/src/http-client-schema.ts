import {
  block,
  body,
  bool,
  type Infer,
  list,
  map,
  optional,
  secret,
  string,
  text,
  withDefault,
} from '@pewter/language';
import { proxyRule } from './http-client-rules.ts';
import { tlsConfigBody } from './tls-schema.ts';
import { urlKind } from './url-kind.ts';

const proxyFields = {
  proxy_url: withDefault(text(urlKind), ''),
  no_proxy: withDefault(string, ''),
  proxy_from_environment: withDefault(bool, false),
  proxy_connect_header: optional(map(list(secret))),
};

const oauth2Fields = {
  client_id: withDefault(string, ''),
  client_secret: optional(secret),
  client_secret_file: withDefault(string, ''),
  scopes: optional(list(string)),
  token_url: withDefault(string, ''),
  endpoint_params: optional(map(string)),
  ...proxyFields,
  tls_config: block(tlsConfigBody),
};

const oauth2Body = body(oauth2Fields, [proxyRule]);

/**
 * The arguments that every component with an HTTP client takes, to be spread into its body; names, types and defaults
 * are the reference's. Use them together with the rules of `http-client-rules.ts`.
 */
export const httpClientFields = {
  basic_auth: block(
    body({
      username: withDefault(string, ''),
      password: optional(secret),
      password_file: withDefault(string, ''),
    }),
  ),
  authorization: block(
    body({
      type: withDefault(string, ''),
      credentials: optional(secret),
      credentials_file: withDefault(string, ''),
    }),
  ),
  oauth2: block(oauth2Body),
  bearer_token: optional(secret),
  bearer_token_file: withDefault(string, ''),
  ...proxyFields,
  tls_config: block(tlsConfigBody),
  follow_redirects: withDefault(bool, true),
  enable_http2: withDefault(bool, true),
  http_headers: optional(map(list(secret))),
};

/** The decoded arguments of an HTTP client. */
export type HttpClientArguments = Infer<ReturnType<typeof body<typeof httpClientFields>>>;

/** The decoded arguments of an `oauth2` block. */
export type OAuth2Arguments = Infer<typeof oauth2Body>;

/** What an empty body decodes to: no credentials, no proxy, redirects followed, HTTP/2 where the server has it. */
export const defaultHttpClientArguments: HttpClientArguments = {
  basic_auth: undefined,
  authorization: undefined,
  oauth2: undefined,
  bearer_token: undefined,
  bearer_token_file: '',
  proxy_url: '',
  no_proxy: '',
  proxy_from_environment: false,
  proxy_connect_header: undefined,
  tls_config: undefined,
  follow_redirects: true,
  enable_http2: true,
  http_headers: undefined,
};
