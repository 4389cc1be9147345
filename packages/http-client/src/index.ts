export { ByteBudget } from './byte-budget.ts';
export {
  createHttpClient,
  type HttpClient,
  type HttpClientOptions,
  type HttpRequest,
  type HttpResponse,
  type HttpStream,
  type StreamingHttpClient,
} from './http-client.ts';
export { HttpClientError, type HttpErrorKind, shownUrl, type TimeoutPhase } from './http-client-error.ts';
export { httpClientRules, oneAuthentication } from './http-client-rules.ts';
export {
  defaultHttpClientArguments,
  type HttpClientArguments,
  httpClientFields,
} from './http-client-schema.ts';
export { linesOf } from './lines.ts';
export { type TlsArguments, tlsConfigBody } from './tls-schema.ts';
export { urlKind } from './url-kind.ts';
export { userAgent } from './user-agent.ts';
