/**
 * Path and query of a request as Go's `net/url` writes them: the query untouched but for what can not be sent, the path
 * untouched where it is well-formed, and else escaped anew.
 */
export function requestTarget(url: string): string {
  const [, path = '', query] = /^[^:/?#]+:\/\/[^/?#]*([^?#]*)(\?[^#]*)?/s.exec(url) ?? [];
  const escaped = wellFormed.test(path)
    ? path
    : unescaped(path).replace(/[^\w\-.~$&+,/:;=@]/gu, percentEncoded);
  return (escaped || '/') + (query ?? '').replace(/[^!-~]/gu, percentEncoded);
}

const wellFormed = /^(?:[\w\-.~!$&'()*+,;=:@/[\]]|%[0-9A-Fa-f]{2})*$/;

/** A sequence that stands for no character stays, and its percent sign is escaped. */
function unescaped(path: string): string {
  return path.replace(/(?:%[0-9A-Fa-f]{2})+/g, (sequence) => {
    try {
      return decodeURIComponent(sequence);
    } catch {
      return sequence;
    }
  });
}

function percentEncoded(character: string): string {
  return Buffer.from(character).reduce(
    (text, byte) => `${text}%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
    '',
  );
}
