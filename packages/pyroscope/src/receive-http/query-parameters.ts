/** A name and its value. */
export type Parameter = readonly [name: string, value: string];

/**
 * The parameters of a URL as Go reads them: one that has a `;` in it or is escaped wrongly is left out, as it would be
 * by the server behind.
 */
export function queryParameters(url: string): readonly Parameter[] {
  const [, query = ''] = /\?([^#]*)/.exec(url) ?? [];
  return query
    .split('&')
    .filter((part) => part !== '' && !part.includes(';'))
    .flatMap((part) => {
      const [, name = '', value = ''] = /^([^=]*)=?(.*)$/s.exec(part) ?? [];
      const parameter = [unescaped(name), unescaped(value)] as const;
      return isWhole(parameter) ? [parameter] : [];
    });
}

function isWhole(parameter: readonly (string | undefined)[]): parameter is Parameter {
  return parameter.every((text) => text !== undefined);
}

/** Undefined where a `%` is not followed by two digits. */
function unescaped(text: string): string | undefined {
  if (/%(?![0-9a-f]{2})/i.test(text)) return undefined;
  // What is not UTF-8 is replaced here; decodeURIComponent would throw.
  return new URLSearchParams(`x=${text}`).get('x') ?? '';
}
