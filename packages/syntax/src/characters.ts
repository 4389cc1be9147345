const WORD = /[\p{L}_][\p{L}\p{Nd}_]*/uy;

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isAsciiWord(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || isDigit(code);
}

/** Whether a name may begin here. */
export function isWordStart(code: number, text: string, at: number): boolean {
  return code < 128 ? isAsciiWord(code) && !isDigit(code) : endOf(WORD, text, at) > at;
}

/** The end of the word at `at`: ASCII by hand, which is most of every config, the rest by the Unicode classes. */
export function wordEnd(text: string, at: number): number {
  let end = at;
  while (isAsciiWord(text.charCodeAt(end))) end++;
  return text.charCodeAt(end) < 128 || end === text.length ? end : endOf(WORD, text, at);
}

/** Where a sticky pattern ends that is tried at `at`; `at` itself where it does not match. */
export function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

/** The end of a line, before its newline. */
export function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}
