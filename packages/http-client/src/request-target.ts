import { escapeUnsafe, goPath } from '@pewter/language';

/** Path and query of a request as Go sends them: the query is untouched but for what can not be sent. */
export function requestTarget(url: string): string {
  const [, path = '', query = ''] = /^[^:/?#]+:\/\/[^/?#]*([^?#]*)(\?[^#]*)?/s.exec(url) ?? [];
  return (goPath(path) || '/') + escapeUnsafe(query, /[^!-~]/gu);
}
