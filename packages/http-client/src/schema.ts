// The arguments of an HTTP client and their rules, without the client.
export { type HttpClientCode, httpClientCodes } from './codes.ts';
export { httpClientRules, lenientHttpClientRules, oneAuthentication } from './http-client-rules.ts';
export {
  defaultHttpClientArguments,
  type HttpClientArguments,
  httpClientFields,
} from './http-client-schema.ts';
export { type TlsArguments, tlsConfigBody } from './tls-schema.ts';
export { sendableHeaders } from './unusable-arguments.ts';
export { urlKind, usableUrl } from './url-kind.ts';
