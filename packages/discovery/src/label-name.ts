/** A label name from a key of an upstream's: each character outside of `[a-zA-Z0-9_]` becomes `_`, one for one. */
export function labelName(prefix: string, key: string): string {
  return prefix + key.replace(/[^a-zA-Z0-9_]/gu, '_');
}

/** The texts with the separator between them, before the first and after the last, so that rules can match any one. */
export function surrounded(texts: readonly string[], separator: string): string {
  return `${separator}${texts.join(separator)}${separator}`;
}

/** `host:port`, the host in brackets where it holds a colon. */
export function hostPort(host: string, port: number | string): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
