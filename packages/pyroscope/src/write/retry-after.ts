/** What a `Retry-After` header asks to wait, milliseconds: a number of seconds or a date (RFC 9110, 10.2.3). Undefined where it is neither. */
export function retryAfter(header: string | readonly string[] | undefined, now: number): number | undefined {
  const [text] = [header ?? []].flat();
  if (text === undefined) return undefined;
  if (/^\s*\d+\s*$/.test(text)) return Number(text) * 1000;
  // Without this, a number below zero would be a year.
  const date = /[a-z]{3}/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
