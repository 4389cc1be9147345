/** The diagnostic codes of rules between HTTP client arguments, each with a short title. */
export const httpClientCodes = {
  E0521: 'more than one way to authenticate',
  E0522: 'reserved header in http_headers',
  E0523: 'a value given both directly and as a file',
  E0524: 'incomplete or unfit credentials',
  E0525: 'proxy arguments that do not fit together',
  E0526: 'incomplete client certificate',
} as const;

/** A code of {@link httpClientCodes}. */
export type HttpClientCode = keyof typeof httpClientCodes;
